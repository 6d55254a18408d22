import { compileSchema, streamIdSchema } from "@telemetra/core";

const check = compileSchema(streamIdSchema);

/** Whether a stream could have this id (F13, F16). */
export function isStreamId(value: string): boolean {
  return check(value, "") === undefined;
}
