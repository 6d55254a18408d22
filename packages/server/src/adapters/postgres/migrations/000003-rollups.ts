import type { Migration } from "../../shared/migration.js";

const MEASURES = `
  messages         bigint           NOT NULL,
  scored_messages  bigint           NOT NULL,
  avg_sentiment    double precision,
  positive_count   bigint           NOT NULL,
  negative_count   bigint           NOT NULL,
  peak_chat_rate   double precision,
  covered_seconds  double precision NOT NULL,
  peak_viewers     integer,
  avg_viewers      double precision,
  viewer_samples   bigint           NOT NULL,
  transactions     bigint           NOT NULL,
  revenue          json             NOT NULL,
  moments          json             NOT NULL,
  refreshed_at     timestamptz      NOT NULL`;

/** Windows that tile the time: see `docs/reference/schema.md` on roll-ups. */
const TILES = `chat_summary_minute WHERE (extract(epoch FROM window_start) * 1000)::bigint
  % (extract(epoch FROM window_end - window_start) * 1000)::bigint = 0`;

/** Roll-ups, and what keeps them up to date. What was stored before is marked, so that the first pass takes it in. */
export const rollupsMigration: Migration = {
  number: 3,
  name: "rollups",
  sql: `
CREATE TABLE chat_tallies (
  stream_id  text        COLLATE "C" NOT NULL,
  hour_start timestamptz NOT NULL,
  messages   bigint      NOT NULL,
  written_at timestamptz NOT NULL,
  PRIMARY KEY (stream_id, hour_start)
);
CREATE INDEX chat_tallies_written ON chat_tallies (written_at);

CREATE TABLE dirty_hours (
  stream_id  text        COLLATE "C" NOT NULL,
  hour_start timestamptz NOT NULL,
  version    bigint      NOT NULL DEFAULT 0,
  PRIMARY KEY (stream_id, hour_start)
);

CREATE TABLE stream_hourly (
  stream_id        text        COLLATE "C" NOT NULL,
  hour_start       timestamptz NOT NULL,
  ${MEASURES},
  first_written_at timestamptz NOT NULL,
  is_sealed        boolean     NOT NULL DEFAULT false,
  PRIMARY KEY (stream_id, hour_start)
);
CREATE INDEX stream_hourly_unsealed ON stream_hourly (first_written_at) WHERE NOT is_sealed;
CREATE INDEX stream_hourly_refreshed ON stream_hourly (refreshed_at);

CREATE TABLE stream_daily (
  stream_id        text        COLLATE "C" NOT NULL,
  day_start        timestamptz NOT NULL,
  ${MEASURES},
  PRIMARY KEY (stream_id, day_start)
);
CREATE INDEX stream_daily_refreshed ON stream_daily (refreshed_at);

-- Messages of before are not to be had one by one: their windows are counted instead.
INSERT INTO chat_tallies
  SELECT stream_id, date_trunc('hour', window_end - interval '1 ms', 'UTC'), sum(chat_count), min(written_at)
  FROM ${TILES} AND chat_count > 0 GROUP BY 1, 2;

INSERT INTO dirty_hours (stream_id, hour_start)
  SELECT stream_id, date_trunc('hour', window_end - interval '1 ms', 'UTC') FROM chat_summary_minute
  UNION SELECT stream_id, date_trunc('hour', timestamp, 'UTC') FROM viewer_timeseries
  UNION SELECT stream_id, date_trunc('hour', timestamp, 'UTC') FROM transactions
  UNION SELECT stream_id, date_trunc('hour', timestamp, 'UTC') FROM moments;
`,
};
