import { kafka } from "./kafka.mjs";
import { postgres } from "./postgres.mjs";
import { redis } from "./redis.mjs";
import { obtainService } from "./service.mjs";

/**
 * @typedef {object} Services
 * @property {Record<string, string>} addresses Environment variable → address, of those that run.
 * @property {{ name: string, variable: string, reason: string }[]} missing
 * @property {() => Promise<void>} stop Ends those that were started here.
 */

/**
 * Everything the server can use instead of its built-in parts, all at once.
 *
 * @returns {Promise<Services>}
 */
export async function obtainServices() {
  const recipes = [kafka, postgres, redis];
  const outcomes = await Promise.all(
    recipes.map(async (recipe) => ({ ...recipe, service: await obtainService(recipe) })),
  );
  /** @type {Services["addresses"]} */
  const addresses = {};
  /** @type {Services["missing"]} */
  const missing = [];
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  for (const { name, variable, service } of outcomes) {
    if (service.address === undefined) {
      missing.push({ name, variable, reason: service.reason });
    } else {
      addresses[variable] = service.address;
      stops.push(service.stop);
    }
  }
  return { addresses, missing, stop: async () => void (await Promise.all(stops.map((stop) => stop()))) };
}
