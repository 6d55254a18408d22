import type { Migration } from "../../shared/migration.js";

/** Instants are epoch milliseconds; lists and objects are JSON text. `docs/reference/schema.md` explains the tables. */
export const initialMigration: Migration = {
  number: 1,
  name: "initial",
  sql: `
CREATE TABLE event_log (
  topic      TEXT    NOT NULL,
  "offset"   INTEGER NOT NULL,
  stream_id  TEXT    NOT NULL,
  event_id   TEXT    NOT NULL,
  value      TEXT    NOT NULL,
  written_at INTEGER NOT NULL,
  PRIMARY KEY (topic, "offset")
) STRICT;

CREATE TABLE event_log_heads (
  topic       TEXT    PRIMARY KEY,
  next_offset INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE event_ids (
  stream_id  TEXT    NOT NULL,
  event_id   TEXT    NOT NULL,
  written_at INTEGER NOT NULL,
  PRIMARY KEY (stream_id, event_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE log_positions (
  topic       TEXT    NOT NULL,
  partition   INTEGER NOT NULL,
  epoch       INTEGER NOT NULL,
  owner       TEXT    NOT NULL,
  next_offset INTEGER NOT NULL DEFAULT 0,
  low_offset  INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (topic, partition)
) STRICT, WITHOUT ROWID;

CREATE TABLE dead_letters (
  topic      TEXT    NOT NULL,
  partition  INTEGER NOT NULL,
  "offset"   INTEGER NOT NULL,
  value      TEXT    NOT NULL,
  code       TEXT    NOT NULL,
  detail     TEXT    NOT NULL,
  written_at INTEGER NOT NULL,
  PRIMARY KEY (topic, partition, "offset")
) STRICT;

CREATE TABLE streams (
  stream_id     TEXT    PRIMARY KEY,
  streamer_name TEXT,
  title         TEXT,
  game_category TEXT,
  started_at    INTEGER,
  is_live       INTEGER NOT NULL,
  viewer_count  INTEGER,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  facts         TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE stream_state (
  stream_id  TEXT    PRIMARY KEY,
  partition  INTEGER NOT NULL,
  state      TEXT    NOT NULL,
  written_at INTEGER NOT NULL
) STRICT;
CREATE INDEX stream_state_partition ON stream_state (partition);

CREATE TABLE chat_summary_minute (
  stream_id             TEXT    NOT NULL,
  window_start          INTEGER NOT NULL,
  window_end            INTEGER NOT NULL,
  chat_count            INTEGER NOT NULL,
  chat_rate             REAL    NOT NULL,
  unique_chatters       INTEGER NOT NULL,
  unique_chatters_exact INTEGER NOT NULL,
  top_emotes            TEXT    NOT NULL,
  avg_sentiment         REAL,
  positive_count        INTEGER NOT NULL,
  negative_count        INTEGER NOT NULL,
  viewer_count          INTEGER,
  avg_viewers           REAL,
  revenue               TEXT    NOT NULL,
  z_score               REAL,
  is_anomaly            INTEGER NOT NULL,
  revision              INTEGER NOT NULL,
  written_at            INTEGER NOT NULL,
  PRIMARY KEY (stream_id, window_end, window_start)
) STRICT;
CREATE INDEX chat_summary_minute_written ON chat_summary_minute (written_at);

CREATE TABLE viewer_timeseries (
  stream_id      TEXT    NOT NULL,
  event_id       TEXT    NOT NULL,
  timestamp      INTEGER NOT NULL,
  viewer_count   INTEGER NOT NULL,
  unique_viewers INTEGER,
  peak_viewers   INTEGER,
  written_at     INTEGER NOT NULL,
  PRIMARY KEY (stream_id, event_id)
) STRICT;
CREATE INDEX viewer_timeseries_newest ON viewer_timeseries (stream_id, timestamp DESC);
CREATE INDEX viewer_timeseries_written ON viewer_timeseries (written_at);

CREATE TABLE transactions (
  stream_id        TEXT    NOT NULL,
  event_id         TEXT    NOT NULL,
  timestamp        INTEGER NOT NULL,
  user_id          TEXT    NOT NULL,
  username         TEXT    NOT NULL,
  transaction_type TEXT    NOT NULL,
  amount           REAL    NOT NULL,
  currency         TEXT    NOT NULL,
  message          TEXT,
  written_at       INTEGER NOT NULL,
  PRIMARY KEY (stream_id, event_id)
) STRICT;
CREATE INDEX transactions_newest ON transactions (stream_id, timestamp DESC);
CREATE INDEX transactions_written ON transactions (written_at);

CREATE TABLE moments (
  moment_id    TEXT    PRIMARY KEY,
  stream_id    TEXT    NOT NULL,
  timestamp    INTEGER NOT NULL,
  detected_at  INTEGER NOT NULL,
  peaked_at    INTEGER NOT NULL,
  ended_at     INTEGER,
  moment_type  TEXT    NOT NULL,
  description  TEXT    NOT NULL,
  metric_name  TEXT    NOT NULL,
  metric_value REAL    NOT NULL,
  threshold    REAL    NOT NULL,
  z_score      REAL,
  severity     REAL    NOT NULL,
  metadata     TEXT    NOT NULL,
  written_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX moments_newest ON moments (stream_id, timestamp DESC, moment_id DESC);
CREATE INDEX moments_written ON moments (written_at);
`,
};
