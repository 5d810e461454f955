import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  findSegmentTag,
  forgetScoresOf,
  joinTags,
  nextTaggings,
  planTags,
  readScoresOf,
} from '#app/domains/segments/index.ts';
import tagAllShops from '#app/flows/segments/tag-all-shops.ts';
import tagCustomers from '#app/flows/segments/tag-customers.ts';
import { tagSegment } from '#app/flows/segments/tag-segment.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { type Platform, PlatformRefusal, PlatformUnavailable } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { visit } from '#tests/setup/installed-store.ts';
import { startTestStore, type TestStore } from '#tests/setup/shopify.ts';

let store: TestStore;
let shopId: ShopId;
let ids: string[];
const now = new Date();

beforeAll(async () => {
  store = await startTestStore();
  shopId = await visit(store);
});
afterAll(() => store.close());

const inShop = <T>(work: (scope: ShopScope) => Promise<T>): Promise<T> => store.test.services.db.inShop(shopId, work);
const tagsOf = (id: string | undefined) => store.sandbox.store.customers.get(id ?? '')?.tags;

/** Four customers without tags, the first two of them champions. */
beforeEach(async () => {
  const { customers } = store.sandbox.store;
  ids = [...customers.keys()].slice(0, 4);
  for (const id of ids) {
    const one = customers.get(id);
    if (one) store.sandbox.store.put('customers', { ...one, tags: [] });
  }
  await inShop(async (scope) => {
    const { tx } = scope;
    await tx.segmentTag.deleteMany();
    await tx.customerTag.deleteMany();
    await tx.customerScore.deleteMany();
    await tx.customer.deleteMany();
    await tx.customer.createMany({
      data: ids.map((id) => ({ shopId, id, tags: [], platformCreatedAt: now, platformUpdatedAt: now })),
    });
  });
  await move(ids[0], 'champions');
  await move(ids[1], 'champions');
  await move(ids[2], 'lost');
});

async function move(id = '', group = 'lost'): Promise<void> {
  const scores = { recency: 1, frequency: 1, money: 1, sure: 1, orders: 1, spentMinor: 100 };
  const at = { firstOrderAt: now, lastOrderAt: now, groupSince: now, scoredAt: now };
  await inShop(({ tx }) =>
    tx.customerScore.upsert({
      where: { shopId_customerId: { shopId, customerId: id } },
      create: { shopId, customerId: id, group, ...scores, ...at },
      update: { group },
    }),
  );
}

const context = (services: Services) => ({
  ...{ services, attempt: 1, lastAttempt: false, signal: new AbortController().signal },
});
const bring = (change: Partial<Platform> = {}, again = false) => {
  const { services } = store.test;
  const shopify = { ...services.platforms.shopify, ...change } as Platform;
  return tagCustomers({ shopId, again }, context({ ...services, platforms: { ...services.platforms, shopify } }));
};
const progress = () => inShop((scope) => findSegmentTag(scope, 'champions'));
const wish = (tag: string | null) => tagSegment(store.test.services, shopId, 'champions', tag);

test('customers get the tag when they come into the segment and lose it when they leave', async () => {
  await wish('Champions');
  expect(await progress()).toMatchObject({ placed: 0, syncedAt: null });
  await bring();
  await bring();
  expect(ids.map(tagsOf)).toEqual([['Champions'], ['Champions'], [], []]);
  expect(await progress()).toMatchObject({ placed: 2, waiting: 0, refused: 0, problem: null });
  expect((await progress())?.syncedAt).not.toBeNull();
  await move(ids[0], 'lost');
  await move(ids[2], 'champions');
  await bring();
  expect(ids.map(tagsOf)).toEqual([[], ['Champions'], ['Champions'], []]);
  await wish('Our best');
  await bring();
  expect(ids.map(tagsOf)).toEqual([[], ['Our best'], ['Our best'], []]);
  await wish(null);
  await bring();
  expect(ids.map(tagsOf)).toEqual([[], [], [], []]);
  expect(await inShop(({ tx }) => tx.customerTag.count())).toBe(0);
});

test('a tag that the merchant gave stays the merchant’s', async () => {
  const one = store.sandbox.store.customers.get(ids[0] ?? '');
  if (one) store.sandbox.store.put('customers', { ...one, tags: ['champions', 'news'] });
  await inShop(({ tx }) =>
    tx.customer.updateMany({ where: { id: ids[0] ?? '' }, data: { tags: ['champions', 'news'] } }),
  );
  await wish('Champions');
  await bring();
  expect(ids.map(tagsOf).slice(0, 2)).toEqual([['champions', 'news'], ['Champions']]);
  expect(await progress()).toMatchObject({ placed: 1 });
  await wish(null);
  await bring();
  expect(ids.map(tagsOf).slice(0, 2)).toEqual([['champions', 'news'], []]);
});

test('an answer that was lost is asked for again, and nothing is given twice or left behind', async () => {
  await wish('Champions');
  const real = store.test.services.platforms.shopify;
  const lossy: Partial<Platform> = {
    async tagCustomers(...asked) {
      await real?.tagCustomers(...asked);
      throw new PlatformUnavailable('cut off', 1);
    },
  };
  await expect(bring(lossy)).rejects.toThrow('cut off');
  // They were tagged, and it is not known: who leaves now loses it all the same.
  expect(await progress()).toMatchObject({ placed: 0, waiting: 2 });
  await move(ids[0], 'lost');
  await bring();
  expect(ids.map(tagsOf)).toEqual([[], ['Champions'], [], []]);
});

test('a store that takes no tags says so on the page, and is tried again', async () => {
  await wish('Champions');
  await bring({
    tagCustomers: () => Promise.reject(new PlatformRefusal('ACCESS_DENIED', 'Access denied for tagsAdd')),
  });
  expect(await progress()).toMatchObject({ problem: 'Access denied for tagsAdd', waiting: 2, syncedAt: null });
  await bring();
  expect(await progress()).toMatchObject({ problem: null, placed: 2 });
});

test('a customer whom the store refuses holds up nobody, and is tried again when the merchant asks', async () => {
  const gone = '999999999999';
  await inShop(({ tx }) =>
    tx.customer.create({ data: { shopId, id: gone, tags: [], platformCreatedAt: now, platformUpdatedAt: now } }),
  );
  await move(gone, 'champions');
  await wish('Champions');
  await bring();
  expect(await progress()).toMatchObject({ placed: 2, waiting: 0, refused: 1, problem: null });
  let asked = 0;
  const counting: Partial<Platform> = {
    tagCustomers(_shop, taggings) {
      asked += taggings.length;
      return Promise.resolve(new Map());
    },
  };
  await bring(counting);
  expect(asked).toBe(0);
  await bring(counting, true);
  expect([asked, await progress()]).toEqual([1, expect.objectContaining({ placed: 3, refused: 0 })]);
});

test('a tag that is taken back while the store is asked goes to nobody else, and from those who have it', async () => {
  await wish('Champions');
  const real = store.test.services.platforms.shopify;
  let asked = 0;
  await bring({
    ...{ capabilities: { ...(real as Platform).capabilities, customerTags: { field: null, atOnce: 1 } } },
    async tagCustomers(...ask) {
      asked += 1;
      if (asked === 1) await wish(null);
      return (await real?.tagCustomers(...ask)) ?? new Map();
    },
  });
  expect([asked, ids.map(tagsOf)]).toEqual([3, [[], [], [], []]]);
});

test('what takes long lets others have their turn, and goes on behind them', async () => {
  await wish('Champions');
  const { services } = store.test;
  const real = services.platforms.shopify as Platform;
  const asked: unknown[] = [];
  let time = now.getTime();
  const slow = {
    ...services,
    clock: { now: () => new Date(time) },
    queue: {
      ...services.queue,
      enqueue: (_job: unknown, payload: unknown) => Promise.resolve(void asked.push(payload)),
    },
    platforms: {
      ...services.platforms,
      shopify: {
        ...real,
        capabilities: { ...real.capabilities, customerTags: { field: null, atOnce: 1 } },
        tagCustomers: async (...ask: Parameters<Platform['tagCustomers']>) => {
          time += 60_000;
          return real.tagCustomers(...ask);
        },
      },
    },
  } as Services;
  await tagCustomers({ shopId, again: true }, context(slow));
  expect([asked, await progress()]).toEqual([
    [{ shopId, again: false }],
    expect.objectContaining({ placed: 1, waiting: 1 }),
  ]);
  await tagCustomers({ shopId, again: false }, context(slow));
  expect(asked).toHaveLength(1);
  expect(await progress()).toMatchObject({ placed: 2, waiting: 0 });
});

test('who comes back while the tag is being taken away keeps it', async () => {
  await wish('Champions');
  await bring();
  await move(ids[0], 'lost');
  await inShop((scope) => planTags(scope, false));
  await move(ids[0], 'champions');
  await bring();
  expect(tagsOf(ids[0])).toEqual(['Champions']);
});

test('customers who become one keep what the other carried only where it is wanted, and who is erased is forgotten', async () => {
  await wish('Champions');
  await bring();
  const [first = '', second = '', , fourth = ''] = ids;
  await inShop(async (scope) => {
    await joinTags(scope, first, fourth);
    await forgetScoresOf(scope, [first]);
    await planTags(scope, false);
    expect(await nextTaggings(scope, 10)).toEqual([{ customerId: fourth, add: [], remove: ['Champions'], all: [] }]);
    expect((await readScoresOf(scope, [second])).tags).toMatchObject([{ tag: 'Champions', state: 'placed' }]);
    await forgetScoresOf(scope, [second]);
    expect((await readScoresOf(scope, [second])).tags).toEqual([]);
  });
});

test('every ten minutes the stores that have tags of ours are looked at', async () => {
  const asked: unknown[] = [];
  const queue = {
    ...store.test.services.queue,
    enqueue: (_job: unknown, payload: unknown) => Promise.resolve(void asked.push(payload)),
  };
  const look = () => tagAllShops({}, context({ ...store.test.services, queue }));
  await look();
  expect(asked).toEqual([]);
  await wish('Champions');
  await look();
  expect(asked).toContainEqual({ shopId, again: false });
});
