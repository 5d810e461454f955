import { nextTaggings, noteSynced, noteTagged, planTags } from '#app/domains/segments/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import { PlatformRefusal } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { type ConnectedShop, findConnectedShop } from '../connected-shop.ts';
import { withShopLock } from '../shop-lock.ts';

/** A million customers are compared with the tags that they have. */
const planMs = 5 * 60_000;

/** Brings the tags of a store's customers in line with their segments. */
const tagCustomers: JobHandler<{ shopId: ShopId; again: boolean }> = async (
  { shopId, again },
  { services, signal },
) => {
  const connected = await findConnectedShop(services, shopId);
  if (connected?.shop.status !== 'installed') return;
  await withShopLock(services, 'customer-tags', shopId, () => bringTagsInLine(services, connected, { again, signal }));
};

export default tagCustomers;

/** Whoever comes, leaves, or is not wanted any more while the store is asked, is looked at again that often. */
const rounds = 3;

async function bringTagsInLine(
  services: Services,
  connected: ConnectedShop,
  { again, signal }: { readonly again: boolean; readonly signal: AbortSignal },
): Promise<void> {
  const { db, clock } = services;
  const { shopId } = connected.ref;
  for (let round = 0; round < rounds; round += 1) {
    await db.inShop(shopId, (scope) => planTags(scope, again && round === 0), { timeoutMs: planMs });
    const { changed, problem } = await askStore(services, connected, signal);
    // The store takes no tags at all: a permission is missing. The next look tries again.
    if (problem !== null) return db.inShop(shopId, (scope) => noteSynced(scope, clock.now(), problem));
    if (!changed) break;
  }
  await db.inShop(shopId, (scope) => noteSynced(scope, clock.now(), null));
}

/**
 * Each batch is noted when the store has answered, so that a stop in between repeats one batch, which changes nothing
 * the second time.
 */
async function askStore(
  { db }: Services,
  { ref, platform }: ConnectedShop,
  signal: AbortSignal,
): Promise<{ readonly changed: boolean; readonly problem: string | null }> {
  for (let changed = false; ; changed = true) {
    signal.throwIfAborted();
    const taggings = await db.inShop(ref.shopId, (scope) =>
      nextTaggings(scope, platform.capabilities.customerTags.atOnce),
    );
    if (taggings.length === 0) return { changed, problem: null };
    try {
      const refused = await platform.tagCustomers(ref, taggings);
      await db.inShop(ref.shopId, (scope) => noteTagged(scope, taggings, refused));
    } catch (error) {
      if (!(error instanceof PlatformRefusal)) throw error;
      return { changed, problem: error.message };
    }
  }
}
