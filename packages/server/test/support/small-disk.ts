import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file system of a few megabytes that can be filled, and made read-only. */
export interface SmallDisk {
  readonly path: string;
  freeBytes(): number;
  /** Takes all the space but this much. */
  fill(leaveBytes: number): void;
  /** Gives the space back. */
  empty(): void;
  /** Refused by the system while somebody has a file open for writing. */
  remount(mode: "ro" | "rw"): void;
  remove(): void;
}

/** Mounts a file system in memory, which takes root or a `sudo` that does not ask. @throws Error that says so */
export function mountSmallDisk(sizeBytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), "telemetra-small-disk-"));
  try {
    privileged("mount", ["-t", "tmpfs", "-o", `size=${sizeBytes},mode=1777`, "tmpfs", path]);
  } catch (error) {
    rmSync(path, { recursive: true });
    throw new Error(
      `a small disk cannot be mounted here, so what a full one does is not tested: run the tests on Linux as root (${String(error)})`,
      { cause: error },
    );
  }
  const ballast = join(path, "ballast");
  const freeBytes = (): number => {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  };
  return {
    path,
    freeBytes,
    fill: (leaveBytes) => writeFileSync(ballast, Buffer.alloc(Math.max(0, freeBytes() - leaveBytes))),
    empty: () => rmSync(ballast, { force: true }),
    remount: (mode) => privileged("mount", ["-o", `remount,${mode}`, path]),
    remove() {
      // Lazily: a process that was just killed may still have something open.
      privileged("umount", ["-l", path]);
      rmSync(path, { recursive: true });
    },
  };
}

function privileged(command: string, args: readonly string[]): void {
  const [program, all] = process.getuid?.() === 0 ? [command, args] : ["sudo", ["-n", command, ...args]];
  execFileSync(program, all, { stdio: ["ignore", "ignore", "pipe"] });
}
