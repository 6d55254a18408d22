/** Something to be told in one line. */
export class BenchError extends Error {}
