import { nextTaggings, noteSynced, noteTagged, planTags } from '#app/domains/segments/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import { PlatformRefusal } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { type ConnectedShop, findConnectedShop } from '../connected-shop.ts';
import { enqueueTags } from '../enqueue-segments.ts';
import { withShopLock } from '../shop-lock.ts';

/** A million customers are compared with the tags that they have. */
const planMs = 5 * 60_000;
/** A store answers for some ten customers a second: after so long others have their turn. */
const sliceMs = 20_000;

/** Brings the tags of a store's customers in line with their segments. */
const tagCustomers: JobHandler<{ shopId: ShopId; again: boolean }> = async (
  { shopId, again },
  { services, signal },
) => {
  const connected = await findConnectedShop(services, shopId);
  if (connected?.shop.status !== 'installed') return;
  const until = new Date(services.clock.now().getTime() + sliceMs);
  const done = await withShopLock(services, 'customer-tags', shopId, () =>
    bringTagsInLine(services, connected, { again, signal, until }),
  );
  if (done === 'unfinished') await enqueueTags(services, shopId, false);
};

export default tagCustomers;

/** Whoever comes, leaves, or is not wanted any more while the store is asked, is looked at again that often. */
const rounds = 3;

async function bringTagsInLine(
  services: Services,
  connected: ConnectedShop,
  { again, ...limits }: { readonly again: boolean } & Limits,
): Promise<'finished' | 'unfinished'> {
  const { db, clock } = services;
  const { shopId } = connected.ref;
  for (let round = 0; round < rounds; round += 1) {
    await db.inShop(shopId, (scope) => planTags(scope, again && round === 0), { timeoutMs: planMs });
    const { changed, problem, unfinished } = await askStore(services, connected, limits);
    if (unfinished) return 'unfinished';
    // The store takes no tags at all: a permission is missing. The next look tries again.
    if (problem !== null) {
      await db.inShop(shopId, (scope) => noteSynced(scope, clock.now(), problem));
      return 'finished';
    }
    if (!changed) break;
  }
  await db.inShop(shopId, (scope) => noteSynced(scope, clock.now(), null));
  return 'finished';
}

interface Limits {
  readonly signal: AbortSignal;
  readonly until: Date;
}

/**
 * Each batch is noted when the store has answered, so that a stop in between repeats one batch, which changes nothing
 * the second time.
 */
async function askStore(
  { db, clock }: Services,
  { ref, platform }: ConnectedShop,
  { signal, until }: Limits,
): Promise<{ readonly changed: boolean; readonly problem: string | null; readonly unfinished: boolean }> {
  for (let changed = false; ; changed = true) {
    signal.throwIfAborted();
    const taggings = await db.inShop(ref.shopId, (scope) =>
      nextTaggings(scope, platform.capabilities.customerTags.atOnce),
    );
    if (taggings.length === 0) return { changed, problem: null, unfinished: false };
    if (changed && clock.now() >= until) return { changed, problem: null, unfinished: true };
    try {
      const refused = await platform.tagCustomers(ref, taggings);
      await db.inShop(ref.shopId, (scope) => noteTagged(scope, taggings, refused));
    } catch (error) {
      if (!(error instanceof PlatformRefusal)) throw error;
      return { changed, problem: error.message, unfinished: false };
    }
  }
}
