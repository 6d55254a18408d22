import type { Migration } from "../../shared/migration.js";

/** Dead letters are kept as bytes, put back into the log, and told to others, each at its time. */
export const deadLettersMigration: Migration = {
  number: 2,
  name: "dead-letters",
  sql: `
ALTER TABLE dead_letters RENAME TO dead_letters_as_text;
CREATE TABLE dead_letters (
  topic        TEXT    NOT NULL,
  partition    INTEGER NOT NULL,
  "offset"     INTEGER NOT NULL,
  value        BLOB    NOT NULL,
  code         TEXT    NOT NULL,
  detail       TEXT    NOT NULL,
  written_at   INTEGER NOT NULL,
  replayed_at  INTEGER,
  published_at INTEGER,
  PRIMARY KEY (topic, partition, "offset")
) STRICT;
INSERT INTO dead_letters
  SELECT topic, partition, "offset", CAST(value AS BLOB), code, detail, written_at, NULL, NULL FROM dead_letters_as_text;
DROP TABLE dead_letters_as_text;
CREATE INDEX dead_letters_written ON dead_letters (written_at);
CREATE INDEX dead_letters_unpublished ON dead_letters (partition) WHERE published_at IS NULL;

ALTER TABLE event_log ADD COLUMN is_replay INTEGER NOT NULL DEFAULT 0;
`,
};
