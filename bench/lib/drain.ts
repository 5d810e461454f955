import type pg from 'pg';
import { profileTable, type QueryProfile } from './query-profile.ts';
import { startServer } from './server-process.ts';

export const countDeliveries = async (admin: pg.Client, where: string): Promise<number> =>
  Number((await admin.query<{ n: string }>(`SELECT count(*) AS n FROM webhook_inbox WHERE ${where}`)).rows[0]?.n);

/** Applied before it counts: by then the worker's code is compiled and there are rows to count. */
const warmUp = 400;

/**
 * Deliveries a second that one worker process applies while plenty are waiting, and where its time goes. The planner knows
 * the tables as autovacuum would have told it a minute after the first orders.
 */
export async function measureDrain(
  admin: pg.Client,
  environment: Record<string, string>,
  { name, seconds }: { readonly name: string; readonly seconds: number },
): Promise<{ perSecond: number; where: string }> {
  const worker = await startServer('worker.ts', environment);
  while ((await countDeliveries(admin, "status = 'done'")) < warmUp)
    await new Promise((resolve) => setTimeout(resolve, 100));
  await admin.query('ANALYZE');
  const look = async () => ({
    done: await countDeliveries(admin, "status = 'done'"),
    profile: (await worker.ask('profile')) as QueryProfile,
  });
  const before = await look();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const after = await look();
  await worker.stop();
  const broken = await countDeliveries(admin, "status NOT IN ('done', 'pending')");
  if (broken > 0 || (await countDeliveries(admin, "status = 'pending'")) === 0)
    throw new Error('the drain was not measured under load');
  const applied = after.done - before.done;
  if (applied === 0) throw new Error(`nothing was applied within ${String(seconds)} s`);
  return {
    perSecond: applied / ((after.profile.at - before.profile.at) / 1000),
    where: profileTable(`a delivery applied, ${name}`, before.profile, after.profile, applied),
  };
}
