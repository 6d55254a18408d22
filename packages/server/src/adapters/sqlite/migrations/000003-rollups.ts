import type { Migration } from "../../shared/migration.js";

const MEASURES = `
  messages         INTEGER NOT NULL,
  scored_messages  INTEGER NOT NULL,
  avg_sentiment    REAL,
  positive_count   INTEGER NOT NULL,
  negative_count   INTEGER NOT NULL,
  peak_chat_rate   REAL,
  covered_seconds  REAL    NOT NULL,
  peak_viewers     INTEGER,
  avg_viewers      REAL,
  viewer_samples   INTEGER NOT NULL,
  transactions     INTEGER NOT NULL,
  revenue          TEXT    NOT NULL,
  moments          TEXT    NOT NULL,
  refreshed_at     INTEGER NOT NULL`;

/** The remainder of a division by whole numbers has the sign of the instant, and those before 1970 count too. */
const hourOf = (instant: string): string => `(${instant}) - (((${instant}) % 3600000) + 3600000) % 3600000`;

/** Roll-ups, and what keeps them up to date. What was stored before is marked, so that the first pass takes it in. */
export const rollupsMigration: Migration = {
  number: 3,
  name: "rollups",
  sql: `
CREATE TABLE chat_tallies (
  stream_id  TEXT    NOT NULL,
  hour_start INTEGER NOT NULL,
  messages   INTEGER NOT NULL,
  written_at INTEGER NOT NULL,
  PRIMARY KEY (stream_id, hour_start)
) STRICT;
CREATE INDEX chat_tallies_written ON chat_tallies (written_at);

CREATE TABLE dirty_hours (
  stream_id  TEXT    NOT NULL,
  hour_start INTEGER NOT NULL,
  version    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (stream_id, hour_start)
) STRICT, WITHOUT ROWID;

CREATE TABLE stream_hourly (
  stream_id        TEXT    NOT NULL,
  hour_start       INTEGER NOT NULL,
  ${MEASURES},
  first_written_at INTEGER NOT NULL,
  is_sealed        INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (stream_id, hour_start)
) STRICT;
CREATE INDEX stream_hourly_unsealed ON stream_hourly (first_written_at) WHERE NOT is_sealed;
CREATE INDEX stream_hourly_refreshed ON stream_hourly (refreshed_at);

CREATE TABLE stream_daily (
  stream_id        TEXT    NOT NULL,
  day_start        INTEGER NOT NULL,
  ${MEASURES},
  PRIMARY KEY (stream_id, day_start)
) STRICT;

CREATE INDEX stream_daily_refreshed ON stream_daily (refreshed_at);

-- Messages of before are not to be had one by one: their windows are counted instead.
INSERT INTO chat_tallies
  SELECT stream_id, ${hourOf("window_end - 1")}, sum(chat_count), min(written_at)
  FROM chat_summary_minute WHERE window_start % (window_end - window_start) = 0 AND chat_count > 0 GROUP BY 1, 2;

INSERT INTO dirty_hours (stream_id, hour_start)
  SELECT stream_id, ${hourOf("window_end - 1")} FROM chat_summary_minute
  UNION SELECT stream_id, ${hourOf("timestamp")} FROM viewer_timeseries
  UNION SELECT stream_id, ${hourOf("timestamp")} FROM transactions
  UNION SELECT stream_id, ${hourOf("timestamp")} FROM moments;
`,
};
