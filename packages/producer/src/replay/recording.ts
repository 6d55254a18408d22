import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { ReplayError } from "./replay-error.js";

/** A file of recorded chat, found to be there and to hold something. */
export interface Recording {
  readonly file: string;
  /** The name without its folder and without `.gz`. */
  readonly plainName: string;
  readonly isGzip: boolean;
}

/**
 * Looks at a file. Whether it is compressed is told by its first bytes, not by its name.
 *
 * @throws ReplayError `not_found`, `not_a_file`, `not_readable`, `empty_file`
 */
export async function openRecording(file: string): Promise<Recording> {
  const handle = await open(file, "r").catch((cause: unknown) => {
    throw accessError(file, cause);
  });
  try {
    const stats = await handle.stat();
    if (stats.isDirectory()) {
      throw new ReplayError("not_a_file", `${file} is a folder; name one recording in it`);
    }
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    if (bytesRead === 0) throw new ReplayError("empty_file", `${file} is empty; record it again or choose another`);
    const isGzip = bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    const baseName = file.split(/[/\\]/).at(-1) ?? file;
    return { file, plainName: baseName.replace(/\.gz$/i, ""), isGzip };
  } catch (error) {
    throw error instanceof ReplayError ? error : accessError(file, error);
  } finally {
    await handle.close();
  }
}

/**
 * The bytes of a recording, decompressed, as far as they are asked for.
 *
 * @throws ReplayError `broken_gzip`, `not_readable`
 */
export async function* readChunks(recording: Recording): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = createReadStream(recording.file);
  // The callback keeps a failure from being thrown at nobody; the loop below gets it too.
  const chunks = recording.isGzip ? pipeline(bytes, createGunzip(), () => {}) : bytes;
  try {
    for await (const chunk of chunks) yield chunk as Uint8Array;
  } catch (cause) {
    const code = errorCode(cause);
    if (code.startsWith("Z_")) {
      const message = `${recording.file} is a damaged gzip file (${(cause as Error).message}); copy or download it again`;
      throw new ReplayError("broken_gzip", message, { cause });
    }
    throw accessError(recording.file, cause);
  } finally {
    bytes.destroy();
  }
}

function accessError(file: string, cause: unknown): ReplayError {
  const code = errorCode(cause);
  if (code === "ENOENT" || code === "ENOTDIR") {
    return new ReplayError("not_found", `${file} does not exist; check the path`, { cause });
  }
  if (code === "EISDIR")
    return new ReplayError("not_a_file", `${file} is a folder; name one recording in it`, { cause });
  return new ReplayError("not_readable", `${file} cannot be read (${code}); check that you may read it`, { cause });
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
