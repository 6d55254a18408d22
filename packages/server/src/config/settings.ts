import { DEFAULT_CHANNELS } from "@telemetra/producer";
import { choice, integer, list, number, path, text, toggle, url } from "./setting.js";

const HOUR_MS = 3_600_000;
const MIB = 1_048_576;

/**
 * Every setting there is, once. Parsing, `.env.example`, `docs/reference/config.md`, the flags of the command line and
 * `telemetra config` are all made from this table.
 */
export const settings = {
  host: text({
    env: "HOST",
    flag: "--host <address>",
    group: "service",
    default: "127.0.0.1",
    pattern: /^[A-Za-z0-9.:_-]{1,255}$/,
    allowed: "an IP address or a host name",
    doc: "Address to listen on. The default is reachable from this machine only, which is where OBS runs; a container needs 0.0.0.0.",
  }),
  port: integer({
    env: "PORT",
    flag: "--port <number>",
    group: "service",
    default: 8000,
    min: 0,
    max: 65_535,
    doc: "Port of the API, the pages and the sockets; 0 takes any free one.",
  }),
  allowedHosts: list({
    env: "ALLOWED_HOSTS",
    group: "service",
    defaultNote: "localhost, 127.0.0.1 and [::1] while HOST is one of them; any name otherwise",
    allowed: "host names without a port, separated by commas",
    entry: (name) => (/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)$/.test(name) ? name.toLowerCase() : undefined),
    doc: "Host names that requests may ask for. Keeps a foreign page from reaching a local server under a name of its own (DNS rebinding).",
  }),
  corsOrigins: list({
    env: "CORS_ORIGINS",
    group: "service",
    default: [],
    allowed:
      "exact origins such as https://example.org, separated by commas (`null` and `file://` stand for local files; `*` is not taken)",
    entry: readOrigin,
    doc: "Origins of other pages that may read the API and open sockets. The server's own pages and programs without an origin always may.",
  }),
  trustedProxies: list({
    env: "TRUSTED_PROXIES",
    group: "service",
    default: [],
    allowed: "IP addresses or subnets such as 10.0.0.0/8, separated by commas",
    entry: (entry) => (/^[0-9a-fA-F.:]+(\/\d{1,3})?$/.test(entry) ? entry : undefined),
    doc: "Proxies whose X-Forwarded-For is believed when connections are counted per address.",
  }),
  apiTitle: text({
    env: "API_TITLE",
    group: "service",
    default: "Telemetra API",
    allowed: "1 to 100 characters",
    pattern: /^[^\0\r\n]{1,100}$/u,
    doc: "Title of the API and its documentation.",
  }),
  logLevel: choice({
    env: "LOG_LEVEL",
    flag: "--log-level <level>",
    group: "service",
    values: ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
    defaultNote: "info, or debug when DEBUG is true",
    doc: "Least important log line written to standard error, as JSON.",
  }),
  debug: toggle({ env: "DEBUG", group: "service", default: false, doc: "Shorthand for LOG_LEVEL=debug." }),
  shutdownTimeoutMs: integer({
    env: "SHUTDOWN_TIMEOUT_MS",
    group: "service",
    default: 25_000,
    min: 100,
    max: 600_000,
    doc: "Longest time a stop may take before the process gives up and exits with 1.",
  }),

  dataDir: path({
    env: "DATA_DIR",
    flag: "--data-dir <folder>",
    group: "storage",
    default: ".telemetra",
    doc: "Folder of the embedded database.",
  }),
  ephemeral: toggle({
    env: "EPHEMERAL",
    flag: "--ephemeral",
    group: "storage",
    default: false,
    doc: "Keep the embedded database in memory only; everything is forgotten at the end.",
  }),
  databaseUrl: url({
    env: "DATABASE_URL",
    group: "storage",
    schemes: ["postgres", "postgresql"],
    defaultNote: "made of POSTGRES_* when any of them is set; the embedded database otherwise",
    doc: "PostgreSQL database for results.",
  }),
  postgresHost: text({
    env: "POSTGRES_HOST",
    group: "storage",
    defaultNote: "localhost, when another POSTGRES_* is set",
    doc: "Host of PostgreSQL, for those who name the parts instead of a URL.",
  }),
  postgresPort: integer({
    env: "POSTGRES_PORT",
    group: "storage",
    defaultNote: "5432, when another POSTGRES_* is set",
    min: 1,
    max: 65_535,
    doc: "Port of PostgreSQL.",
  }),
  postgresDb: text({
    env: "POSTGRES_DB",
    group: "storage",
    defaultNote: "telemetra, when another POSTGRES_* is set",
    doc: "Database name in PostgreSQL.",
  }),
  postgresUser: text({
    env: "POSTGRES_USER",
    group: "storage",
    defaultNote: "telemetra, when another POSTGRES_* is set",
    doc: "User in PostgreSQL.",
  }),
  postgresPassword: text({
    env: "POSTGRES_PASSWORD",
    group: "storage",
    secrecy: "whole",
    defaultNote: "no password",
    doc: "Password in PostgreSQL.",
  }),
  redisUrl: url({
    env: "REDIS_URL",
    group: "storage",
    schemes: ["redis", "rediss"],
    defaultNote: "memory of this process",
    doc: "Redis for the cache and for fan-out between several servers.",
  }),
  kafkaBootstrapServers: list({
    env: "KAFKA_BOOTSTRAP_SERVERS",
    group: "storage",
    defaultNote: "the log in the embedded database",
    allowed: "host:port pairs, separated by commas",
    entry: (server) => (/^[A-Za-z0-9._[\]:-]+:\d{1,5}$/.test(server) ? server : undefined),
    doc: "Kafka brokers of the event log.",
  }),
  kafkaTopicChat: topic("KAFKA_TOPIC_CHAT", "telemetra.events.chat", "chat messages"),
  kafkaTopicViewer: topic("KAFKA_TOPIC_VIEWER", "telemetra.events.viewer", "viewer counts"),
  kafkaTopicTransactions: topic("KAFKA_TOPIC_TRANSACTIONS", "telemetra.events.transactions", "transactions"),
  kafkaTopicStreamMeta: topic("KAFKA_TOPIC_STREAM_META", "telemetra.events.stream_meta", "what happens to streams"),
  kafkaTopicDeadLetters: topic(
    "KAFKA_TOPIC_DEAD_LETTERS",
    "telemetra.events.dead_letters",
    "records that could not be taken in",
  ),
  kafkaMissingOffsets: choice({
    env: "KAFKA_MISSING_OFFSETS",
    group: "storage",
    values: ["stop", "continue"],
    default: "stop",
    doc: "When records are gone from a topic before they were read: stop reading, or continue without them.",
  }),
  kafkaGroupId: text({
    env: "KAFKA_GROUP_ID",
    group: "storage",
    default: "telemetra",
    pattern: /^[A-Za-z0-9._-]{1,200}$/,
    allowed: "1 to 200 of A–Z a–z 0–9 . _ -",
    doc: "Consumer group; servers of one group share the partitions.",
  }),
  chatRetentionDays: integer({
    env: "CHAT_RETENTION_DAYS",
    group: "storage",
    default: 7,
    min: 1,
    max: 3_650,
    doc: "Days that results are kept, counted from when they were written.",
  }),

  source: choice({
    env: "SOURCE",
    flag: "--source <kind>",
    group: "source",
    values: ["simulated", "none"],
    defaultNote: "none when a file is replayed or Kafka is used, simulated otherwise",
    doc: "Events of this process's own: simulated streams, or none (events come over HTTP or from Kafka).",
  }),
  producerRatePerSec: number({
    env: "PRODUCER_RATE_PER_SEC",
    group: "source",
    default: 16.8,
    min: 0.1,
    max: 100_000,
    doc: "Usual chat messages per second of all simulated streams together; the first of them gets most.",
  }),
  producerChannels: list({
    env: "PRODUCER_CHANNELS",
    group: "source",
    default: DEFAULT_CHANNELS,
    allowed: "stream ids, separated by commas",
    entry: (id) => (/^(?!\.{1,2}$)(?!health$)[A-Za-z0-9_.:-]{1,128}$/.test(id) ? id : undefined),
    doc: "Streams to simulate.",
  }),
  replayFile: path({
    env: "REPLAY_FILE",
    flag: "--replay <file>",
    group: "source",
    defaultNote: "nothing is replayed",
    doc: "Recording to play: events as JSONL (.jsonl, .jsonl.gz), Twitch IRC lines (.txt, .txt.gz) or a chat download (.json).",
  }),
  replaySpeed: number({
    env: "REPLAY_SPEED",
    flag: "--speed <factor>",
    group: "source",
    default: 1,
    min: 0.01,
    max: 100_000,
    doc: "How many times faster than it happened a recording is played.",
  }),
  replayShift: choice({
    env: "REPLAY_SHIFT",
    flag: "--shift <to>",
    group: "source",
    values: ["none", "now"],
    default: "none",
    doc: "Whether a recording keeps its times or is moved so that it begins now.",
  }),

  chatWindowDurationSeconds: integer({
    env: "CHAT_WINDOW_DURATION_SECONDS",
    group: "engine",
    default: 60,
    min: 1,
    max: 86_400,
    doc: "Length of a metric window.",
  }),
  chatWindowSlideSeconds: integer({
    env: "CHAT_WINDOW_SLIDE_SECONDS",
    group: "engine",
    default: 10,
    min: 1,
    max: 86_400,
    doc: "Time from the beginning of one window to the next; at most the length.",
  }),
  anomalyDetectionThreshold: number({
    env: "ANOMALY_DETECTION_THRESHOLD",
    group: "engine",
    default: 3,
    min: 0.5,
    max: 100,
    doc: "A window is an anomaly when its z-score is beyond this, up or down.",
  }),
  maxOutOfOrdernessMs: integer({
    env: "MAX_OUT_OF_ORDERNESS_MS",
    group: "engine",
    default: 5_000,
    min: 0,
    max: HOUR_MS,
    doc: "How far behind the newest event another may come and still be on time.",
  }),
  allowedLatenessMs: integer({
    env: "ALLOWED_LATENESS_MS",
    group: "engine",
    default: 30_000,
    min: 0,
    max: 24 * HOUR_MS,
    doc: "How long after it closed a window is corrected by late events; later ones are counted and left out.",
  }),
  idleTimeoutMs: integer({
    env: "IDLE_TIMEOUT_MS",
    group: "engine",
    default: 10_000,
    min: 100,
    max: HOUR_MS,
    doc: "Silence after which a stream's windows close by the clock.",
  }),
  streamTimeoutMs: integer({
    env: "STREAM_TIMEOUT_MS",
    group: "engine",
    default: 300_000,
    min: 1_000,
    max: 24 * HOUR_MS,
    doc: "Time without any event after which a stream counts as ended.",
  }),
  maxFutureMs: integer({
    env: "MAX_FUTURE_MS",
    group: "engine",
    default: 300_000,
    min: 1_000,
    max: 24 * HOUR_MS,
    doc: "An event further ahead of the clock than this is refused.",
  }),
  dedupHours: number({
    env: "DEDUP_HOURS",
    group: "engine",
    default: 24,
    min: 0.1,
    max: 720,
    doc: "How long a repeated event_id is recognised.",
  }),

  wsIntervalMs: integer({
    env: "WS_INTERVAL_MS",
    group: "live",
    default: 1_500,
    min: 50,
    max: 60_000,
    doc: "Time between two metrics messages on a live socket.",
  }),
  wsDrainMs: integer({
    env: "WS_DRAIN_MS",
    group: "live",
    default: 10_000,
    min: 0,
    max: 300_000,
    doc: "Longest time over which sockets are closed at a stop, so that their readers do not all come back at once; few sockets take less.",
  }),
  wsMaxConnections: integer({
    env: "WS_MAX_CONNECTIONS",
    group: "live",
    default: 15_000,
    min: 1,
    max: 1_000_000,
    doc: "Most live sockets at once.",
  }),
  wsMaxConnectionsPerAddress: integer({
    env: "WS_MAX_CONNECTIONS_PER_ADDRESS",
    group: "live",
    default: 100,
    min: 1,
    max: 1_000_000,
    doc: "Most live sockets at once from one address; this machine itself is not limited.",
  }),

  httpBodyLimitBytes: integer({
    env: "HTTP_BODY_LIMIT_BYTES",
    group: "limits",
    default: 4 * MIB,
    min: 1_024,
    max: 256 * MIB,
    doc: "Largest body of a request, counted after decompression.",
  }),
  httpMaxEvents: integer({
    env: "HTTP_MAX_EVENTS",
    group: "limits",
    default: 5_000,
    min: 1,
    max: 1_000_000,
    doc: "Most events in one request.",
  }),
} as const;

export type Settings = typeof settings;
export type SettingName = keyof Settings;

/** The value of each setting as the table reads it; `undefined` where it may stay unset. */
export type SettingValues = {
  readonly [K in SettingName]: ValueOf<Settings[K]>;
};

type ValueOf<S> = S extends { parse: (text: string) => infer T }
  ? S extends { default: unknown }
    ? Exclude<T, undefined>
    : T
  : never;

function topic(env: string, name: string, what: string) {
  return text({
    env,
    group: "storage",
    default: name,
    pattern: /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/,
    allowed: "1 to 249 of A–Z a–z 0–9 . _ -",
    doc: `Kafka topic of ${what}.`,
  });
}

function readOrigin(entry: string): string | undefined {
  if (entry === "null" || entry === "file://") return entry;
  const parsed = URL.parse(entry);
  if (parsed === null || !["http:", "https:"].includes(parsed.protocol)) return undefined;
  return parsed.origin === entry.replace(/\/$/, "").toLowerCase() ? parsed.origin : undefined;
}
