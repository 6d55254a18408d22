/** A line without its end; `undefined` in place of one that was longer than the limit. */
type Line = string | undefined;

/** Longer than any event or IRC message can be, and short enough to hold many of them. */
const MAX_LINE_BYTES = 4 * 1024 * 1024;

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * Splits UTF-8 bytes into lines at `\n` or `\r\n` and at nothing else, so that other separators may be part of a message. A
 * byte order mark at the start is dropped. Holds no more than one line at a time: one longer than `maxLineBytes` is passed over.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  maxLineBytes = MAX_LINE_BYTES,
): AsyncGenerator<Line, void, undefined> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let parts: Uint8Array[] = [];
  let length = 0;
  let isFirst = true;

  const take = (last: Uint8Array): Line => {
    const isTooLong = length + last.length > maxLineBytes;
    const line = isTooLong
      ? undefined
      : decodeLine(decoder, parts.length === 0 ? last : join([...parts, last]), isFirst);
    parts = [];
    length = 0;
    isFirst = false;
    return line;
  };

  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield take(chunk.subarray(start, end));
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    length += rest.length;
    if (length > maxLineBytes) parts = [];
    else if (rest.length > 0) parts.push(rest);
  }
  if (length > 0) yield take(new Uint8Array());
}

function decodeLine(decoder: TextDecoder, bytes: Uint8Array, isFirst: boolean): string {
  const text = decoder.decode(bytes.at(-1) === RETURN ? bytes.subarray(0, -1) : bytes);
  return isFirst && text.startsWith("\ufeff") ? text.slice(1) : text;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
