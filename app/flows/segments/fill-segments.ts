import {
  deleteArchivedSegments,
  fillSegment,
  forgetOldChanges,
  isTooHeavy,
  noteProblem,
  type OwnSegment,
  readOwnSegments,
  readScoredSince,
} from '#app/domains/segments/index.ts';
import { findShop, type Shop } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { segmentFacts } from './facts.ts';
import { followCustomers } from './follow-customers.ts';

/** One segment of a million customers takes seconds; one that takes longer than this is given up. */
const patienceMs = 3 * 60_000;
const customersAtOnce = 2_000;
/** An archived segment can be brought back for so long. */
const keptDays = 30;
/** Who came and left is kept for so long: nobody reads on from before. */
const changeDays = 400;
const dayMs = 86_400_000;

/** Compares all customers of a shop with its own segments: those that lack it, or all. */
const fillSegments: JobHandler<{ shopId: ShopId; all: boolean }> = (payload, { services, signal }) =>
  fillWithin(services, payload, signal, patienceMs);

export default fillSegments;

/** @param patience milliseconds that one segment may take */
export async function fillWithin(
  services: Services,
  { shopId, all }: { readonly shopId: ShopId; readonly all: boolean },
  signal: AbortSignal,
  patience: number,
): Promise<void> {
  const { shop, segments } = await services.db.inShop(shopId, async (scope) => ({
    shop: await findShop(scope),
    segments: await readOwnSegments(scope),
  }));
  if (!shop) return;
  if (all) {
    const ago = (days: number) => new Date(services.clock.now().getTime() - days * dayMs);
    await services.db.inShop(
      shopId,
      async (scope) => {
        await deleteArchivedSegments(scope, ago(keptDays));
        await forgetOldChanges(scope, ago(changeDays));
      },
      { timeoutMs: 300_000 },
    );
  }
  const wanted = segments.filter((segment) => all || !segment.filled);
  if (wanted.length === 0) return;
  const began = services.clock.now();
  for (const segment of wanted) {
    signal.throwIfAborted();
    await fillOne(services, shop, segment, patience);
  }
  await catchUp(services, shop, began);
}

async function fillOne(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  shop: Shop,
  segment: OwnSegment,
  patience: number,
): Promise<void> {
  try {
    await db.inShop(shop.id, (scope) => fillSegment(scope, segment, segmentFacts(shop, clock.now()), patience), {
      timeoutMs: 2 * patience + 10_000,
    });
  } catch (error) {
    if (!isTooHeavy(error)) throw error;
    await db.inShop(shop.id, (scope) => noteProblem(scope, segment, 'too-heavy'));
  }
}

/** Orders that came while all were compared may have met the segments of before. */
async function catchUp({ db, clock }: Pick<Services, 'db' | 'clock'>, shop: Shop, began: Date): Promise<void> {
  for (let after: string | null = ''; after !== null;) {
    const from: string = after;
    const ids = await db.inShop(shop.id, async (scope) => {
      const some = await readScoredSince(scope, began, from, customersAtOnce);
      await followCustomers({ clock }, scope, some);
      return some;
    });
    after = ids.length < customersAtOnce ? null : (ids.at(-1) ?? null);
  }
}
