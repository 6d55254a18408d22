import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { findProgram, run } from "../../lib/programs.mjs";
import { canInstall, installPackages } from "../debian.mjs";
import { removeFolder } from "../guarded-process.mjs";

const POM = join(import.meta.dirname, "pom.xml");
const CHECKSUMS = join(import.meta.dirname, "jars.sha256");
const OLDEST_JAVA = 17;

/**
 * @typedef {object} KafkaArtifacts
 * @property {string} java Path of the program.
 * @property {string} classPath
 * @property {string} cache Folder that goes with exactly these jars and this Java.
 */

/**
 * The jars of a Kafka broker, fetched once and then kept in the user's cache folder.
 *
 * @returns {Promise<KafkaArtifacts | { reason: string }>}
 */
export async function kafkaArtifacts() {
  const java = await findOrInstallJava();
  if (java === undefined)
    return { reason: `no Java ${OLDEST_JAVA} or newer found; install one or set KAFKA_BOOTSTRAP_SERVERS` };
  const checksums = readFileSync(CHECKSUMS, "utf8");
  const cache = join(
    userCacheFolder(),
    `kafka-${kafkaVersion()}-java-${java.version}-${sha256(checksums).slice(0, 8)}`,
  );
  const lib = join(cache, "lib");
  if (!existsSync(lib)) {
    const maven = await findOrInstallMaven();
    if (maven === undefined) return { reason: "no Maven (mvn) found; install it or set KAFKA_BOOTSTRAP_SERVERS" };
    await download(maven, lib);
  }
  const jars = jarNames(lib);
  const found = jars.map((jar) => `${sha256(readFileSync(join(lib, jar)))}  ${jar}\n`).join("");
  if (found !== checksums) return { reason: `the jars in ${lib} are not those of jars.sha256; delete that folder` };
  return { java: java.path, cache, classPath: jars.map((jar) => join(lib, jar)).join(delimiter) };
}

/**
 * Maven's own settings apply, mirrors and proxies among them.
 *
 * @param {string} maven
 * @param {string} lib Appears in one step, so that a broken download leaves nothing that looks complete.
 */
async function download(maven, lib) {
  console.log("Fetching Kafka …");
  mkdirSync(dirname(lib), { recursive: true });
  const unfinished = mkdtempSync(`${lib}-`);
  try {
    const goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", `-DoutputDirectory=${unfinished}`];
    await run(maven, ["-B", "-q", "-f", POM, ...goal]);
    renameSync(unfinished, lib);
  } catch (error) {
    removeFolder(unfinished);
    if (!existsSync(lib)) throw error; // Otherwise another process was faster.
  }
}

async function findOrInstallJava() {
  const found = await findJava();
  if (found !== undefined || !canInstall()) return found;
  await installPackages(["default-jre-headless"]);
  return findJava();
}

/** @returns {Promise<{ path: string, version: string } | undefined>} */
async function findJava() {
  const { JAVA_HOME: home } = process.env;
  const path = findProgram(["java"], home ? [join(home, "bin")] : []);
  if (path === undefined) return undefined;
  try {
    const version = /version "([^"]+)"/.exec(await run(path, ["-version"]))?.[1];
    return version !== undefined && Number.parseInt(version, 10) >= OLDEST_JAVA ? { path, version } : undefined;
  } catch {
    return undefined; // macOS has a java that only asks for one to be installed.
  }
}

async function findOrInstallMaven() {
  if (findProgram(["mvn"]) === undefined && canInstall()) await installPackages(["maven"]);
  return findProgram(["mvn"]);
}

function kafkaVersion() {
  const version = /<artifactId>kafka_[^<]*<\/artifactId>\s*<version>([^<]+)</.exec(readFileSync(POM, "utf8"))?.[1];
  if (version === undefined) throw new Error(`${POM} names no version of Kafka`);
  return version;
}

function userCacheFolder() {
  const { XDG_CACHE_HOME: chosen } = process.env;
  const mac = process.platform === "darwin";
  return join(chosen || join(homedir(), mac ? "Library/Caches" : ".cache"), "telemetra");
}

/** @param {string} lib */
function jarNames(lib) {
  return readdirSync(lib)
    .filter((name) => name.endsWith(".jar"))
    .sort();
}

/** @param {string | Buffer} data */
function sha256(data) {
  return createHash("sha256").update(data).digest("hex");
}
