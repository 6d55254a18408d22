import type { Migration } from "../../shared/migration.js";

/**
 * Ids compare byte by byte. Tables that grow are partitioned by the day on which a row was first written, so that
 * retention drops partitions (F8). `docs/reference/schema.md` explains the tables.
 */
export const initialMigration: Migration = {
  number: 1,
  name: "initial",
  sql: `
CREATE TABLE log_positions (
  topic       text    COLLATE "C" NOT NULL,
  partition   integer NOT NULL,
  epoch       bigint  NOT NULL,
  owner       text    NOT NULL,
  next_offset bigint  NOT NULL DEFAULT 0,
  low_offset  bigint  NOT NULL DEFAULT 0,
  PRIMARY KEY (topic, partition)
);

CREATE TABLE dead_letters (
  topic      text        COLLATE "C" NOT NULL,
  partition  integer     NOT NULL,
  "offset"   bigint      NOT NULL,
  value      bytea       NOT NULL,
  code       text        NOT NULL,
  detail     text        NOT NULL,
  written_at timestamptz NOT NULL,
  PRIMARY KEY (topic, partition, "offset")
);
CREATE INDEX dead_letters_written ON dead_letters (written_at);

CREATE TABLE streams (
  stream_id     text        COLLATE "C" PRIMARY KEY,
  streamer_name text,
  title         text,
  game_category text,
  started_at    timestamptz,
  is_live       boolean     NOT NULL,
  viewer_count  integer,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  facts         json        NOT NULL
);

CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END $$;
-- For changes made by hand: the service sets the time itself, and with it new facts.
CREATE TRIGGER streams_updated_at BEFORE UPDATE ON streams FOR EACH ROW
  WHEN (NEW.updated_at = OLD.updated_at AND NEW.facts::text = OLD.facts::text) EXECUTE FUNCTION touch_updated_at();

CREATE TABLE stream_state (
  stream_id  text        COLLATE "C" PRIMARY KEY,
  partition  integer     NOT NULL,
  state      text        NOT NULL,
  written_at timestamptz NOT NULL
);
CREATE INDEX stream_state_partition ON stream_state (partition);

CREATE TABLE chat_summary_minute (
  stream_id             text             COLLATE "C" NOT NULL,
  window_start          timestamptz      NOT NULL,
  window_end            timestamptz      NOT NULL,
  chat_count            integer          NOT NULL,
  chat_rate             double precision NOT NULL,
  unique_chatters       integer          NOT NULL,
  unique_chatters_exact boolean          NOT NULL,
  top_emotes            json             NOT NULL,
  avg_sentiment         double precision,
  positive_count        integer          NOT NULL,
  negative_count        integer          NOT NULL,
  viewer_count          integer,
  avg_viewers           double precision,
  revenue               json             NOT NULL,
  z_score               double precision,
  is_anomaly            boolean          NOT NULL,
  revision              integer          NOT NULL,
  written_at            timestamptz      NOT NULL,
  PRIMARY KEY (stream_id, window_end, window_start, written_at)
) PARTITION BY RANGE (written_at);

CREATE TABLE viewer_timeseries (
  stream_id      text        COLLATE "C" NOT NULL,
  event_id       text        COLLATE "C" NOT NULL,
  timestamp      timestamptz NOT NULL,
  viewer_count   integer     NOT NULL,
  unique_viewers integer,
  peak_viewers   integer,
  written_at     timestamptz NOT NULL,
  PRIMARY KEY (stream_id, event_id, written_at)
) PARTITION BY RANGE (written_at);
CREATE INDEX viewer_timeseries_newest ON viewer_timeseries (stream_id, timestamp DESC);

CREATE TABLE transactions (
  stream_id        text           COLLATE "C" NOT NULL,
  event_id         text           COLLATE "C" NOT NULL,
  timestamp        timestamptz    NOT NULL,
  user_id          text           NOT NULL,
  username         text           NOT NULL,
  transaction_type text           NOT NULL,
  amount           numeric(18, 4) NOT NULL,
  currency         text           COLLATE "C" NOT NULL,
  message          text,
  written_at       timestamptz    NOT NULL,
  PRIMARY KEY (stream_id, event_id, written_at)
) PARTITION BY RANGE (written_at);
CREATE INDEX transactions_newest ON transactions (stream_id, timestamp DESC);

CREATE TABLE moments (
  moment_id    text             COLLATE "C" PRIMARY KEY,
  stream_id    text             COLLATE "C" NOT NULL,
  timestamp    timestamptz      NOT NULL,
  detected_at  timestamptz      NOT NULL,
  peaked_at    timestamptz      NOT NULL,
  ended_at     timestamptz,
  moment_type  text             COLLATE "C" NOT NULL,
  description  text             NOT NULL,
  metric_name  text             NOT NULL,
  metric_value double precision NOT NULL,
  threshold    double precision NOT NULL,
  z_score      double precision,
  severity     double precision NOT NULL,
  metadata     json             NOT NULL,
  written_at   timestamptz      NOT NULL
);
CREATE INDEX moments_newest ON moments (stream_id, timestamp DESC, moment_id DESC);
CREATE INDEX moments_written ON moments (written_at);
`,
};
