import pg from 'pg';

/** Every percentage that is written into the run of a training while `work` is done. */
export async function watchBar(adminUrl: string, work: () => Promise<unknown>): Promise<number[]> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`
      CREATE TABLE seen (id serial, done int); GRANT ALL ON seen, seen_id_seq TO trellis_app;
      CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO seen (done) VALUES (NEW.done); RETURN NULL; END $$;
      CREATE TRIGGER seen AFTER UPDATE OF done ON run FOR EACH ROW WHEN (NEW.kind = 'recommend') EXECUTE FUNCTION see()`);
    await work();
    const { rows } = await admin.query<{ done: number }>('SELECT done FROM seen ORDER BY id');
    return rows.map((row) => row.done);
  } finally {
    await admin.query('DROP TRIGGER IF EXISTS seen ON run; DROP FUNCTION IF EXISTS see(); DROP TABLE IF EXISTS seen');
    await admin.end();
  }
}
