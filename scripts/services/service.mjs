/**
 * @typedef {{ address: string, stop: () => Promise<void>, reason?: undefined }} RunningService
 * @typedef {{ reason: string, address?: undefined }} MissingService
 *
 * @typedef {object} ServiceRecipe
 * @property {string} name
 * @property {string} variable The environment variable that holds its address.
 * @property {() => Promise<RunningService | MissingService>} start Finds or installs the program and starts it.
 */

/**
 * The service that the environment names, else one of our own. Never throws: what goes wrong is the reason.
 *
 * @param {ServiceRecipe} recipe
 * @returns {Promise<RunningService | MissingService>}
 */
export async function obtainService(recipe) {
  const given = process.env[recipe.variable];
  if (given) return { address: given, stop: async () => {} };
  if (process.platform === "win32") return { reason: `set ${recipe.variable}: on Windows nothing is set up by itself` };
  try {
    return await recipe.start();
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
