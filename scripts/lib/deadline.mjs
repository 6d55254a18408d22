/**
 * The value of a promise, or an error when it takes too long.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {number} timeoutMs
 * @param {() => string} complaint Message of the error.
 * @returns {Promise<T>}
 */
export async function withDeadline(promise, timeoutMs, complaint) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const expired = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(complaint())), timeoutMs);
  });
  try {
    return await Promise.race([promise, /** @type {Promise<never>} */ (expired)]);
  } finally {
    clearTimeout(timer);
  }
}
