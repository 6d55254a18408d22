import type { Migration } from "../../shared/migration.js";

/** Dead letters are put back into the log, and told to others, each at its time. */
export const deadLettersMigration: Migration = {
  number: 2,
  name: "dead-letters",
  sql: `
ALTER TABLE dead_letters ADD COLUMN replayed_at timestamptz, ADD COLUMN published_at timestamptz;
CREATE INDEX dead_letters_unpublished ON dead_letters (partition) WHERE published_at IS NULL;
`,
};
