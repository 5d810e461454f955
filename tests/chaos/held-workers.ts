import type pg from 'pg';
import { waitFor } from '#tests/setup/shopify.ts';

/** Whoever waits for the advisory lock of this number: the processes of the database that serve them. */
async function waiting(admin: pg.Client, key: number): Promise<number[]> {
  const { rows } = await admin.query<{ pid: number }>(
    `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = $1`,
    [key],
  );
  return rows.map(({ pid }) => pid);
}

export const isHeld = async (admin: pg.Client, key: number): Promise<boolean> => (await waiting(admin, key)).length > 0;

/**
 * Gives back the advisory lock that a killed worker waits for, and waits until the database has noticed that nobody is
 * there: up to then its transaction holds rows, which the sweeper would leave to it.
 */
export async function bury(admin: pg.Client, key: number): Promise<void> {
  const pids = await waiting(admin, key);
  await admin.query('SELECT pg_advisory_unlock($1)', [key]);
  await waitFor(async () => {
    const { rows } = await admin.query(
      'SELECT 1 FROM pg_stat_activity WHERE pid = ANY ($1) AND xact_start IS NOT NULL',
      [pids],
    );
    return rows.length === 0;
  }, 'the end of what a killed worker had begun');
}
