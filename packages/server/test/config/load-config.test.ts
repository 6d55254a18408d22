import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { ConfigError, loadConfig, readEnvFile, type ConfigInput } from "../../src/config/load-config.js";
import { renderConfig } from "../../src/config/render-config.js";
import { settings, type SettingName } from "../../src/config/settings.js";
import { makeTempFolder } from "../support/temp-folder.js";

function faultsOf(input: ConfigInput): readonly string[] {
  try {
    loadConfig(input);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

describe("loading", () => {
  it("needs nothing: the defaults are embedded, local and simulated", () => {
    const { config, origins } = loadConfig({ env: {} });
    expect(config).toMatchObject({
      host: "127.0.0.1",
      port: 8_000,
      dataDir: resolve(".telemetra"),
      ephemeral: false,
      databaseUrl: undefined,
      redisUrl: undefined,
      kafkaBootstrapServers: undefined,
      source: "simulated",
      logLevel: "info",
      chatWindowDurationSeconds: 60,
      chatWindowSlideSeconds: 10,
      anomalyDetectionThreshold: 3,
      chatRetentionDays: 7,
      wsIntervalMs: 1_500,
      corsOrigins: [],
    });
    expect(new Set(Object.values(origins))).toEqual(new Set(["default"]));
    expect(Object.isFrozen(config)).toBe(true);
  });

  it("lets flags win over the environment, it over the file, and that over the default", () => {
    const file = { PORT: "1", LOG_LEVEL: "error", API_TITLE: "From file" };
    const env = { PORT: "2", LOG_LEVEL: "warn" };
    const { config, origins } = loadConfig({ env, file, flags: { port: "3" } });
    expect([config.port, config.logLevel, config.apiTitle, config.host]).toEqual([3, "warn", "From file", "127.0.0.1"]);
    expect([origins.port, origins.logLevel, origins.apiTitle, origins.host]).toEqual([
      "flag",
      "environment",
      "file",
      "default",
    ]);
  });

  it("takes an empty variable for unset", () => {
    expect(loadConfig({ env: { PORT: "", REDIS_URL: "  " }, file: { PORT: "9" } }).config).toMatchObject({
      port: 9,
      redisUrl: undefined,
    });
  });

  it("names every fault at once, with the value and what is allowed", () => {
    const env = {
      PORT: "70000",
      DEBUG: "perhaps",
      LOG_LEVEL: "loud",
      CHAT_WINDOW_DURATION_SECONDS: "1.5",
      REDIS_URL: "http://x",
    };
    expect(faultsOf({ env, flags: { replaySpeed: "fast" } })).toEqual([
      'PORT is "70000", but must be a whole number from 0 to 65535',
      'LOG_LEVEL is "loud", but must be one of trace, debug, info, warn, error, fatal, silent',
      'DEBUG is "perhaps", but must be true or false',
      "REDIS_URL is http://x/, but must be a URL that begins with redis:// or rediss://",
      '--speed is "fast", but must be a number from 0.01 to 100000',
      'CHAT_WINDOW_DURATION_SECONDS is "1.5", but must be a whole number from 1 to 86400',
    ]);
  });

  it("never shows a secret in a fault", () => {
    const env = { DATABASE_URL: "mysql://user:hunter2@host/db?password=hunter2", REDIS_URL: "hunter2 is no url" };
    const faults = faultsOf({ env }).join("\n");
    expect(faults).toContain("DATABASE_URL is mysql://user:********@host/db?password=********, but");
    expect(faults).toContain("REDIS_URL is ********, but");
    expect(faults).not.toContain("hunter2");
  });

  it("finds settings that do not go together", () => {
    expect(faultsOf({ env: { CHAT_WINDOW_SLIDE_SECONDS: "61" } })).toEqual([
      "CHAT_WINDOW_SLIDE_SECONDS is 61, but must be at most CHAT_WINDOW_DURATION_SECONDS (60), or seconds would fall between windows",
    ]);
    expect(faultsOf({ env: { REPLAY_FILE: "a.jsonl" }, flags: { source: "simulated" } })).toEqual([
      "REPLAY_FILE and --source simulated exclude each other: choose one",
    ]);
    expect(faultsOf({ env: {}, flags: { replaySpeed: "2" } })).toEqual([
      "--speed says how to replay, but there is nothing to replay: add --replay <file>",
    ]);
    expect(faultsOf({ env: { REPLAY_SPEED: "2" } })).toEqual([]);
  });

  it.each([
    [
      "PORT",
      ["0", "65535", "+1"],
      ["-1", "65536", "1e3", "0x10", "", " ", "８０"].filter((text) => text.trim() !== ""),
    ],
    ["DEBUG", ["true", "FALSE", "1", "0", "yes", "off"], ["2", "truthy"]],
    ["ANOMALY_DETECTION_THRESHOLD", ["3", "2.5", "100"], ["0", "-3", "Infinity", "NaN", "1e1", "3,0"]],
    ["LOG_LEVEL", ["INFO", "debug", "Silent"], ["verbose", "warning2"]],
    ["HOST", ["0.0.0.0", "::", "::1", "my-host.local"], ["has space", "a/b", "host;rm"]],
    [
      "CORS_ORIGINS",
      ["https://a.example", "http://localhost:3000, https://b.example", "null,file://"],
      ["*", "a.example", "https://a.example/path", "ftp://a"],
    ],
    ["ALLOWED_HOSTS", ["example.org", "[::1],Example.ORG"], ["example.org:8000", "https://example.org", "a b"]],
    ["TRUSTED_PROXIES", ["10.0.0.0/8", "::1, 127.0.0.1"], ["proxy.local", "10.0.0.0/"]],
    ["KAFKA_BOOTSTRAP_SERVERS", ["kafka:29092", "a:1,b:2"], ["kafka", "kafka:port"]],
    ["KAFKA_TOPIC_CHAT", ["telemetra.events.chat"], ["has space", "..", "x".repeat(250)]],
    ["PRODUCER_CHANNELS", ["demo_stream", "a,b.c:d-e"], ["health", "..", "a b", "é"]],
    ["DATABASE_URL", ["postgres://h/d", "postgresql://u:p@h:1/d?sslmode=require"], ["sqlite://x", "h/d"]],
    ["WS_INTERVAL_MS", ["50", "60000"], ["49", "60001"]],
  ])("takes for %s what is right and nothing else", (variable, right, wrong) => {
    for (const value of right) expect([value, faultsOf({ env: { [variable]: value } })]).toEqual([value, []]);
    for (const value of wrong) expect([value, faultsOf({ env: { [variable]: value } }).length]).toEqual([value, 1]);
  });

  it("never fails otherwise, whatever the environment holds", () => {
    const variable = fc.constantFrom(...Object.values(settings).map(({ env }) => env));
    fc.assert(
      fc.property(fc.dictionary(variable, fc.string({ unit: "binary" })), (env) => {
        for (const fault of faultsOf({ env })) expect(fault).toMatch(/^[A-Z_]+ .+/s);
      }),
    );
  });
});

describe("what follows from other settings", () => {
  it("makes the database URL of the POSTGRES_ parts, whatever they hold", () => {
    const url = (env: Record<string, string>): string | undefined => loadConfig({ env }).config.databaseUrl;
    expect(url({ POSTGRES_HOST: "db" })).toBe("postgresql://telemetra@db:5432/telemetra");
    expect(
      url({
        POSTGRES_USER: "u",
        POSTGRES_PASSWORD: "p@:/?#",
        POSTGRES_DB: "d d",
        POSTGRES_PORT: "1",
        POSTGRES_HOST: "::1",
      }),
    ).toBe("postgresql://u:p%40%3A%2F%3F%23@[::1]:1/d%20d");
    expect(url({ POSTGRES_HOST: "db", DATABASE_URL: "postgres://other/x" })).toBe("postgres://other/x");
    expect(url({})).toBeUndefined();
  });

  it("simulates only when there is no other source", () => {
    const source = (env: Record<string, string>): string => loadConfig({ env }).config.source;
    expect(source({})).toBe("simulated");
    expect(source({ REPLAY_FILE: "a" })).toBe("none");
    expect(source({ KAFKA_BOOTSTRAP_SERVERS: "k:1" })).toBe("none");
    expect(source({ KAFKA_BOOTSTRAP_SERVERS: "k:1", SOURCE: "simulated" })).toBe("simulated");
  });

  it("serves only this machine's names while only this machine can connect", () => {
    const hosts = (env: Record<string, string>): readonly string[] | undefined =>
      loadConfig({ env }).config.allowedHosts;
    expect(hosts({})).toEqual(["localhost", "127.0.0.1", "[::1]"]);
    expect(hosts({ HOST: "0.0.0.0" })).toBeUndefined();
    expect(hosts({ HOST: "0.0.0.0", ALLOWED_HOSTS: "Example.org" })).toEqual(["example.org"]);
  });

  it("logs more with DEBUG unless a level is named", () => {
    const level = (env: Record<string, string>): string => loadConfig({ env }).config.logLevel;
    expect([level({ DEBUG: "true" }), level({ DEBUG: "true", LOG_LEVEL: "error" })]).toEqual(["debug", "error"]);
  });
});

describe("environment files", () => {
  const folder = makeTempFolder();
  afterEach(() => folder.remove());

  it("are read as Node reads them", () => {
    mkdirSync(folder.path, { recursive: true });
    const file = join(folder.path, "x.env");
    writeFileSync(file, "# comment\nPORT=81\nAPI_TITLE=\"Two words\" # why\nexport LOG_LEVEL='warn'\n");
    expect(loadConfig({ env: {}, file: readEnvFile(file) }).config).toMatchObject({
      port: 81,
      apiTitle: "Two words",
      logLevel: "warn",
    });
  });

  it("are named when they cannot be read", () => {
    expect(() => readEnvFile(join(folder.path, "nothing.env"))).toThrow(/nothing\.env does not exist$/);
    mkdirSync(folder.path, { recursive: true });
    expect(() => readEnvFile(folder.path)).toThrow(/cannot be read$/);
  });
});

describe("showing the configuration", () => {
  it("hides what is secret and says where everything comes from", () => {
    const env = {
      DATABASE_URL: "postgresql://user:hunter2@db/telemetra?sslpassword=hunter2&application_name=x",
      POSTGRES_PASSWORD: "hunter2",
      REDIS_URL: "rediss://:hunter2@cache:6380/1",
    };
    const text = renderConfig(loadConfig({ env, file: { PORT: "81" }, flags: { logLevel: "warn" } }));
    expect(text).not.toContain("hunter2");
    expect(text).toMatch(
      /^DATABASE_URL=postgresql:\/\/user:\*{8}@db\/telemetra\?sslpassword=\*{8}&application_name=x +# environment$/m,
    );
    expect(text).toMatch(/^POSTGRES_PASSWORD=\*{8} +# environment$/m);
    expect(text).toMatch(/^REDIS_URL=rediss:\/\/:\*{8}@cache:6380\/1 +# environment$/m);
    expect(text).toMatch(/^PORT=81 +# environment file$/m);
    expect(text).toMatch(/^LOG_LEVEL=warn +# command line$/m);
    expect(text).toMatch(/^HOST=127\.0\.0\.1 +# default$/m);
    expect(text).toMatch(/^REPLAY_FILE= +# unset: nothing is replayed$/m);
  });

  it("hides the password also in the URL that is made of the parts", () => {
    const text = renderConfig(loadConfig({ env: { POSTGRES_PASSWORD: "hunter2", POSTGRES_HOST: "db" } }));
    expect(text).not.toContain("hunter2");
    expect(text).toContain("DATABASE_URL=postgresql://telemetra:********@db:5432/telemetra");
  });

  it("shows paths as they will be used", () => {
    const { config } = loadConfig({ env: {}, flags: { dataDir: "some/folder" } });
    expect(config.dataDir).toBe(resolve("some/folder"));
  });
});

describe("the table of settings", () => {
  it("has one variable, and one flag, for each setting", () => {
    const all = Object.values(settings);
    expect(new Set(all.map(({ env }) => env)).size).toBe(all.length);
    const flags = all.flatMap((setting) => ("flag" in setting ? [setting.flag] : []));
    expect(new Set(flags.map((flag) => flag?.split(" ")[0])).size).toBe(flags.length);
  });

  it("has the variables that design and predecessors know", () => {
    const names = new Set<string>(Object.values(settings).map(({ env }) => env));
    const promised =
      "DATABASE_URL POSTGRES_HOST POSTGRES_PORT POSTGRES_DB POSTGRES_USER POSTGRES_PASSWORD REDIS_URL KAFKA_BOOTSTRAP_SERVERS " +
      "KAFKA_TOPIC_CHAT KAFKA_TOPIC_VIEWER KAFKA_TOPIC_TRANSACTIONS KAFKA_TOPIC_STREAM_META PRODUCER_RATE_PER_SEC " +
      "PRODUCER_CHANNELS CHAT_WINDOW_DURATION_SECONDS CHAT_WINDOW_SLIDE_SECONDS ANOMALY_DETECTION_THRESHOLD " +
      "CHAT_RETENTION_DAYS CORS_ORIGINS LOG_LEVEL API_TITLE DEBUG HOST PORT DATA_DIR WS_INTERVAL_MS";
    expect(promised.split(" ").filter((name) => !names.has(name))).toEqual([]);
  });

  it("has defaults that its own rules take", () => {
    for (const [name, setting] of Object.entries(settings) as [SettingName, (typeof settings)["port"]][]) {
      if (setting.default === undefined) expect([name, setting.defaultNote]).toEqual([name, expect.any(String)]);
      else expect([name, setting.parse(setting.print(setting.default)) !== undefined]).toEqual([name, true]);
    }
  });
});
