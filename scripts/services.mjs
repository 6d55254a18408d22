import { obtainServices } from "./services/all.mjs";

const services = await obtainServices();
for (const [variable, address] of Object.entries(services.addresses)) console.log(`export ${variable}=${address}`);
for (const { name, reason } of services.missing) console.error(`${name} is missing: ${reason}`);

if (Object.keys(services.addresses).length === 0) {
  process.exitCode = 1;
} else {
  console.error("Running until Ctrl-C.");
  const signal = await new Promise((resolve) => ["SIGINT", "SIGTERM"].forEach((name) => process.once(name, resolve)));
  console.error(`Stopping (${signal}).`);
  await services.stop();
}
