import { createServer } from "node:net";

// Below the range from which Linux takes the ports of outgoing connections, so that none takes this one meanwhile.
const FIRST = 20_000;
const COUNT = 12_000;

/** Ports given out before: whoever got one may not listen yet. @type {Set<number>} */
const taken = new Set();

/**
 * A loopback port that nothing listens on.
 *
 * @returns {Promise<number>}
 */
export async function freePort() {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (taken.has(port)) continue;
    taken.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port found from ${FIRST} to ${FIRST + COUNT}`);
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
