import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

/**
 * How long a migration waits for a lock, and how often. Whoever waits for a table's lock has everybody queue behind them who
 * wants that table after them: a short wait and another try later hold nobody up for longer than that.
 */
export interface Patience {
  /** for the locks of a transaction */
  readonly lockMs: number;
  /** for those of an index that is built beside the traffic: nobody queues behind them, and it waits for all older transactions */
  readonly besideLockMs: number;
  /** before each further try; there are as many as that and one */
  readonly pausesMs: readonly number[];
  /** for another process that migrates */
  readonly turnMs: number;
}

/** About three minutes for a lock. */
export const usualPatience: Patience = {
  lockMs: 3_000,
  besideLockMs: 5 * 60_000,
  pausesMs: [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000, 30_000],
  turnMs: 30 * 60_000,
};

/** A lock was not to be had; what was done before stands. */
export class LockNotGiven extends Error {}

/** Says what it waits for. */
export type Say = (words: string) => void;

/**
 * Does work that takes locks of tables; where one is not given in time, again after a pause.
 * @param work leaves nothing behind where it fails, or can go on from there
 * @throws LockNotGiven
 */
export async function patiently<T>(
  client: pg.Client,
  { what, lockMs, pausesMs }: { readonly what: string; readonly lockMs: number; readonly pausesMs: readonly number[] },
  say: Say,
  work: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      await client.query(`SET lock_timeout = ${String(lockMs)}`);
      return await work();
    } catch (error) {
      if (!isForLock(error)) throw error;
      const pauseMs = pausesMs[tries - 1];
      const seen = await whoIsThere(client);
      if (pauseMs === undefined)
        throw new LockNotGiven(
          `${what} asked ${String(tries)} times for a lock that others hold, ${String(lockMs / 1_000)} s each, and did not get it (${error.message}). ${seen} What came before is applied: end what holds the lock, or wait for it, and migrate again.`,
          { cause: error },
        );
      say(`${what} waits for a lock that others hold; again in ${String(pauseMs / 1_000)} s. ${seen}`);
      await sleep(pauseMs);
    }
  }
}

/** One transaction. */
export async function inTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const done = await work();
    await client.query('COMMIT');
    return done;
  } catch (error) {
    // Where the connection is gone, so is the transaction.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** `lock_not_available`, and `deadlock_detected`: of two that wait for each other one was sent away. */
function isForLock(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && (error.code === '55P03' || error.code === '40P01');
}

/** The oldest transactions of this database, without what they say: it may hold what is nobody's business. */
async function whoIsThere(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ pid: number; state: string; name: string; seconds: number }>(
    `SELECT pid, state, application_name AS name, extract(epoch FROM clock_timestamp() - xact_start)::int AS seconds
     FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
     ORDER BY xact_start LIMIT 3`,
  );
  if (rows.length === 0) return 'No transaction of this database is open any more.';
  const all = rows.map(
    ({ pid, state, name, seconds }) =>
      `process ${String(pid)}${name === '' ? '' : ` (${name})`}, ${state} for ${String(seconds)} s`,
  );
  return `The oldest transactions: ${all.join('; ')}.`;
}
