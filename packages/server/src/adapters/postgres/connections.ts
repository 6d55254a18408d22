import pg from "pg";

export interface ConnectionOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly connectionString: string;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** Told about an idle connection that broke; the pool replaces it. */
  readonly onError: (error: Error) => void;
}

export interface PoolLimits {
  readonly connections: number;
  /** Longest time of one statement. */
  readonly statementMs: number;
}

const CONNECT_MS = 2_000;
const LOCK_MS = 2_000;
const IDLE_IN_TRANSACTION_MS = 10_000;
/** The server ends a statement first; this is for a server that no longer answers at all. */
const ANSWER_MARGIN_MS = 500;

/**
 * A pool with an end to every wait. The settings are made once on each new connection and not as start-up parameters,
 * which poolers between us and the database refuse.
 */
export function createPool(options: ConnectionOptions, limits: PoolLimits): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    application_name: options.applicationName,
    max: limits.connections,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: limits.statementMs + ANSWER_MARGIN_MS,
    keepAlive: true,
    onConnect(client) {
      // Between two statements of a transaction nobody else listens, and an error that nobody hears ends the process.
      client.on("error", () => {});
      // The pool waits for the promise, which its type does not say.
      return client.query(settings(limits.statementMs)) as never;
    },
  });
  // Without a listener, an idle connection that the server closes would end the process.
  pool.on("error", options.onError);
  return pool;
}

/** One connection outside any pool, for work that a session-wide lock protects. */
export async function connectAlone(options: ConnectionOptions, statementMs: number): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: options.connectionString,
    application_name: options.applicationName,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
  });
  client.on("error", options.onError);
  await client.connect();
  await client.query(settings(statementMs));
  return client;
}

/** The address without user and password, for people. */
export function describeDatabase(connectionString: string): string {
  try {
    const { host, pathname } = new URL(connectionString);
    return `${host}${pathname}`;
  } catch {
    return "the address in DATABASE_URL";
  }
}

/**
 * A look into an index costs hardly more than the next page of a table, on solid state and in memory. The default is for
 * turning disks, and lets a commit of a thousand rows read whole partitions. No statement of ours is worth compiling.
 */
const PLANNER = "SET random_page_cost = 1.1; SET jit = off";

function settings(statementMs: number): string {
  return `
    ${PLANNER};
    SET timezone = 'UTC';
    SET datestyle = 'ISO';
    SET statement_timeout = ${statementMs};
    SET lock_timeout = ${LOCK_MS};
    SET idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}`;
}
