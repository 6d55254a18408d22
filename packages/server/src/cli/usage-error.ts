/** A command line that says something we do not understand. The message is one line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "usage";
}
