import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const POLL_MS = 200;
const SHELLS = new Set(["sh", "bash", "dash", "ash", "zsh", "busybox", "cmd.exe"]);

/**
 * Calls back when npm, or a shell between npm and this process, ends without telling this process.
 *
 * A program that was not started by npm watches nobody: it may be meant to outlive its shell.
 *
 * @param {() => void} onEnd
 */
export function watchNpm(onEnd) {
  if (process.env["npm_lifecycle_event"] === undefined || process.platform === "win32") return;
  const chain = chainToNpm();
  const timer = setInterval(() => {
    if (isWhole(chain)) return;
    clearInterval(timer);
    onEnd();
  }, POLL_MS);
  timer.unref();
}

/** @returns {number[]} This process, its parent, and so on up to the first that is no shell: npm. */
function chainToNpm() {
  const chain = [process.pid];
  for (let pid = process.ppid; pid > 1;) {
    chain.push(pid);
    const { name, parent } = describeProcess(pid);
    if (!SHELLS.has(name)) break;
    pid = parent;
  }
  return chain;
}

/**
 * A process whose parent ends gets another one at once, even while the dead parent still has an entry.
 *
 * @param {number[]} chain
 */
function isWhole(chain) {
  if (process.ppid !== chain[1]) return false;
  return chain.slice(1, -1).every((pid, index) => describeProcess(pid).parent === chain[index + 2]);
}

/**
 * @param {number} pid
 * @returns {{ name: string, parent: number }}
 */
function describeProcess(pid) {
  try {
    if (process.platform === "linux") {
      // pid (name) state parent …, and the name may hold anything.
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const nameEnd = stat.lastIndexOf(")");
      const [, parent] = stat.slice(nameEnd + 2).split(" ");
      return { name: stat.slice(stat.indexOf("(") + 1, nameEnd), parent: Number(parent) };
    }
    const [parent, ...name] = execFileSync("ps", ["-o", "ppid=,comm=", "-p", String(pid)], { encoding: "utf8" })
      .trim()
      .split(/\s+/);
    return { name: name.join(" ").replace(/^.*\/|^-/, ""), parent: Number(parent) };
  } catch {
    return { name: "", parent: 0 };
  }
}
