import type pg from 'pg';
import { bury, isHeld } from './held-workers.ts';

const lockClass = 7_310_000;

/**
 * Stops whoever saves an import's cursor for the n-th time, for n of `points`, until the test lets go: records are
 * stored and the cursor is not, which is the worst moment to die.
 */
export async function stopAtSaves(client: pg.Client, points: readonly number[]) {
  await client.query(`CREATE SEQUENCE cursor_saves; GRANT USAGE ON SEQUENCE cursor_saves TO trellis_app`);
  await client.query(`
    CREATE FUNCTION stop_at_save() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE n bigint;
    BEGIN
      IF NEW.kind = 'import' AND NEW.cursor IS DISTINCT FROM OLD.cursor THEN
        n := nextval('cursor_saves');
        IF n = ANY ('{${points.join()}}'::bigint[]) THEN PERFORM pg_advisory_xact_lock(${String(lockClass)} + n); END IF;
      END IF;
      RETURN NEW;
    END $$`);
  await client.query(`CREATE TRIGGER stop_at_save BEFORE UPDATE ON run FOR EACH ROW EXECUTE FUNCTION stop_at_save()`);
  for (const point of points) await client.query('SELECT pg_advisory_lock($1)', [lockClass + point]);
  return {
    reached: (point: number) => isHeld(client, lockClass + point),
    /** After its worker was killed. */
    letGo: (point: number) => bury(client, lockClass + point),
  };
}
