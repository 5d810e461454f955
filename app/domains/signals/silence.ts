import type { ShopScope } from '#app/infra/database.ts';
import { readHearing } from './store-hearing.ts';

/** What was heard of visitors, and what came of them since nothing was heard any more. */
export interface Hearing {
  /** null = nothing ever */
  readonly lastHeardAt: Date | null;
  /** orders of the four weeks before that moment, and those of them whose visitor is known */
  readonly ordersBefore: number;
  readonly knownBefore: number;
  /** orders placed after it */
  readonly ordersSince: number;
}

/** Nothing is heard of visitors any more, though orders come. */
export interface Silence {
  readonly since: Date;
  readonly orders: number;
}

/** A quiet day is nothing strange. */
const patienceMs = 24 * 3_600_000;
/** So many orders of visitors who agreed to be counted would have come by chance; none of them comes once in 150 times. */
const expectedOrders = 5;

/**
 * Whether the pixel and the embed have died: buyers who agree to be counted have always been a share of all, and by
 * that share some would have been heard of since. A store that was never heard of is still being set up.
 */
export function silenceIn(hearing: Hearing, now: Date): Silence | null {
  const { lastHeardAt, ordersBefore, knownBefore, ordersSince } = hearing;
  if (lastHeardAt === null || ordersBefore === 0 || now.getTime() - lastHeardAt.getTime() < patienceMs) return null;
  return (knownBefore / ordersBefore) * ordersSince >= expectedOrders
    ? { since: lastHeardAt, orders: ordersSince }
    : null;
}

/** Whether the store's visitors fell silent; null where all is well or nobody can tell. */
export async function readSilence(scope: ShopScope, now: Date): Promise<Silence | null> {
  return silenceIn(await readHearing(scope, now), now);
}
