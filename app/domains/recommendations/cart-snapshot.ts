import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { Suggestion } from './model.ts';
import { readActiveVersion, readLists, readSellableIds } from './store.ts';

/** A shop's lists in memory, numbers instead of objects: about 20 × 16 bytes a product. */
export interface Snapshot {
  readonly version: number;
  readonly ids: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  readonly start: Int32Array;
  readonly other: Int32Array;
  readonly score: Float32Array;
  readonly support: Int32Array;
  readonly lift: Float32Array;
  readonly popular: readonly Suggestion[];
  sellable: ReadonlySet<string>;
  checkedAt: number;
}

/** How long an answer may lag behind a new version or a sold-out product. */
const freshMs = 15_000;
/** Shops held at once by one process; the least recently asked one goes first. */
const mostShops = 200;

const caches = new WeakMap<Services['db'], Map<ShopId, Promise<Snapshot>>>();

/**
 * What goes with this cart, best first: the lists of its products added up, completed by what is popular. Never
 * what is in the cart, unpublished or sold out (known at most 15 seconds late). Answered from memory, the database
 * is asked only when the shop's snapshot is missing or due for a check.
 */
export async function suggestForCart(
  services: Pick<Services, 'db' | 'clock'>,
  shopId: ShopId,
  productIds: readonly string[],
  limit: number,
): Promise<Suggestion[]> {
  const snapshot = await currentSnapshot(services, shopId);
  return rankForCart(snapshot, productIds, limit);
}

/** Pure part of `suggestForCart`. */
export function rankForCart(snapshot: Snapshot, productIds: readonly string[], limit: number): Suggestion[] {
  const inCart = new Set(productIds);
  const sums = new Map<number, { score: number; support: number; lift: number; because: string; most: number }>();
  for (const productId of inCart) {
    const item = snapshot.index.get(productId);
    if (item === undefined) continue;
    const from = snapshot.start[item] ?? 0;
    const to = snapshot.start[item + 1] ?? 0;
    const best = snapshot.score[from] ?? 0;
    for (let k = from; k < to; k += 1) {
      const other = snapshot.other[k] ?? 0;
      // Scores are comparable within one list only: each is taken as its distance from the list's best.
      const score = Math.exp((snapshot.score[k] ?? 0) - best);
      const known = sums.get(other);
      const support = snapshot.support[k] ?? 0;
      const lift = snapshot.lift[k] ?? 1;
      if (known === undefined) sums.set(other, { score, support, lift, because: productId, most: score });
      else {
        known.score += score;
        if (score > known.most) Object.assign(known, { support, lift, because: productId, most: score });
      }
    }
  }
  const ranked = [...sums]
    .map(([other, sum]) => ({ id: snapshot.ids[other] ?? '', ...sum }))
    .filter((one) => !inCart.has(one.id) && snapshot.sellable.has(one.id))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, limit)
    .map((one): Suggestion => ({
      productId: one.id,
      score: one.score,
      source: one.support > 0 ? 'together' : 'content',
      reason: { support: one.support, lift: one.lift, because: one.because },
    }));
  const taken = new Set(ranked.map((one) => one.productId));
  for (const one of snapshot.popular) {
    if (ranked.length >= limit) break;
    if (!taken.has(one.productId) && !inCart.has(one.productId) && snapshot.sellable.has(one.productId))
      ranked.push(one);
  }
  return ranked;
}

async function currentSnapshot(services: Pick<Services, 'db' | 'clock'>, shopId: ShopId): Promise<Snapshot> {
  let cache = caches.get(services.db);
  if (cache === undefined) {
    cache = new Map<ShopId, Promise<Snapshot>>();
    caches.set(services.db, cache);
  }
  const now = services.clock.now().getTime();
  const held = cache.get(shopId);
  if (held !== undefined) {
    cache.delete(shopId);
    cache.set(shopId, held);
    const snapshot = await held;
    if (now - snapshot.checkedAt < freshMs) return snapshot;
    // The first to notice refreshes; the others are answered from what is there.
    snapshot.checkedAt = now;
    const [version, sellable] = await services.db.inShop(
      shopId,
      async (scope) => [await readActiveVersion(scope), await readSellableIds(scope)] as const,
    );
    snapshot.sellable = new Set(sellable);
    if ((version?.version ?? 0) === snapshot.version) return snapshot;
  }
  const loading = loadSnapshot(services, shopId, now);
  cache.set(shopId, loading);
  loading.catch(() => cache.delete(shopId));
  if (cache.size > mostShops) cache.delete(cache.keys().next().value ?? shopId);
  return loading;
}

async function loadSnapshot(services: Pick<Services, 'db'>, shopId: ShopId, now: number): Promise<Snapshot> {
  const [active, lists, popular, sellable] = await services.db.inShop(
    shopId,
    async (scope) =>
      [
        await readActiveVersion(scope),
        await readLists(scope, 'together', null),
        await readLists(scope, 'popular', ['']),
        await readSellableIds(scope),
      ] as const,
    { timeoutMs: 60_000 },
  );
  return makeSnapshot(active?.version ?? 0, lists, popular[0]?.suggestions ?? [], sellable, now);
}

/** Packs a shop's `together` lists. */
export function makeSnapshot(
  version: number,
  lists: readonly { readonly subjectId: string; readonly suggestions: readonly Suggestion[] }[],
  popular: readonly Suggestion[],
  sellable: readonly string[],
  now: number,
): Snapshot {
  const index = new Map<string, number>();
  const number = (id: string) => {
    const known = index.get(id) ?? index.size;
    index.set(id, known);
    return known;
  };
  for (const list of lists) number(list.subjectId);
  const total = lists.reduce((sum, list) => sum + list.suggestions.length, 0);
  const packed = {
    other: new Int32Array(total),
    score: new Float32Array(total),
    support: new Int32Array(total),
    lift: new Float32Array(total),
  };
  const ends: number[] = [];
  let written = 0;
  for (const list of lists) {
    for (const one of list.suggestions) {
      packed.other[written] = number(one.productId);
      packed.score[written] = one.score;
      packed.support[written] = one.reason.support;
      packed.lift[written] = one.reason.lift;
      written += 1;
    }
    ends.push(written);
  }
  const start = new Int32Array(index.size + 1).fill(written);
  start[0] = 0;
  ends.forEach((end, place) => (start[place + 1] = end));
  return {
    version,
    ids: [...index.keys()],
    index,
    start,
    ...packed,
    popular,
    sellable: new Set(sellable),
    checkedAt: now,
  };
}
