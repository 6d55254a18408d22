/** Something did not answer in time. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
}

/** The value of a promise, or a DeadlineError when it takes too long. What the promise comes to later is nobody's concern. */
export async function withDeadline<T>(promise: Promise<T>, timeoutMs: number, complaint: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(complaint)), Math.max(0, timeoutMs));
  });
  promise.catch(() => {});
  try {
    return await Promise.race([promise, expired]);
  } finally {
    clearTimeout(timer);
  }
}
