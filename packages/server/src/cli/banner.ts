import type { Config } from "../config/load-config.js";

/** What a person sees when the service has started: where to look, and how to stop. */
export function renderBanner(config: Config, version: string, port: number): string {
  const base = `http://${displayHost(config.host)}:${port}`;
  const stream = config.source === "simulated" ? config.producerChannels[0] : undefined;
  const lines = [
    ["Dashboard", `${base}/`],
    ["Overlay", `${base}/overlay/pulse-bar?stream=${stream ?? "<stream_id>"}`],
    ["API docs", `${base}/docs`],
    ["Source", describeSource(config)],
    ["Data", describeData(config)],
    ["Stop", "Ctrl-C"],
  ] as const;
  const body = lines.map(([name, value]) => `  ${name.padEnd(11)}${value}`).join("\n");
  return `\nTelemetra ${version} is running\n\n${body}\n\n`;
}

/** An address to listen on is not always one to open. */
function displayHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

function describeSource(config: Config): string {
  if (config.replayFile !== undefined) return `replay of ${config.replayFile} at ${config.replaySpeed}x`;
  if (config.source === "simulated") return `simulated: ${config.producerChannels.join(", ")}`;
  return config.kafkaBootstrapServers === undefined ? "POST /api/v1/events" : "Kafka, POST /api/v1/events";
}

function describeData(config: Config): string {
  if (config.databaseUrl !== undefined) return "PostgreSQL";
  return config.ephemeral ? "in memory, gone at the end" : config.dataDir;
}
