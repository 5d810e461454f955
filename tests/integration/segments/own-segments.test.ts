import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createSegment,
  fillSegment,
  findOwnSegment,
  fitScores,
  lastChange,
  membersOf,
  previewSegment,
  readChanges,
  readSegmentChoices,
  readSegmentsOf,
  refreshMembers,
  type Rule,
  type RuleGroup,
  scoreCustomers,
  segmentDraft,
  type ShopFacts,
} from '#app/domains/segments/index.ts';
import { standingsOf } from '#app/domains/loyalty/index.ts';
import { followLosers } from '#app/flows/segments/follow-customers.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const now = new Date('2026-03-02T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
let made: TestServices;
/** its data stay as they are */
let shopId: ShopId;
let facts: ShopFacts;

/**
 * Six customers: `anna` buys often and lately, `ben` bought much long ago, `cleo` once a returned thing, `dora` has an
 * account alone, `emil` is a guest's name in orders only, `fay` pays in another currency.
 */
const orders: readonly (readonly [
  customer: string,
  daysAgo: number,
  minor: number,
  product: string,
  country: string | null,
  more?: object,
])[] = [
  ['anna', 5, 4000, 'tea', 'DE', { region: 'DE-BE' }],
  ['anna', 40, 3000, 'cup', 'DE'],
  ['anna', 80, 2000, 'tea', 'AT', { region: 'AT-9' }],
  ['ben', 200, 90_000, 'pot', 'FR'],
  ['cleo', 10, 1000, 'tea', 'DE', { refundedMinor: 1000 }],
  ['emil', 30, 5000, 'cup', null],
  ['fay', 3, 70_000, 'pot', 'CH', { currency: 'CHF', region: 'CH-ZH' }],
];

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
  shopId = await insertCustomers();
  facts = factsOf(shopId);
});
afterAll(() => made.dispose());

const factsOf = (id: ShopId): ShopFacts => ({
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  now,
  standings: standingsOf(id),
});

async function insertCustomers(): Promise<ShopId> {
  const shopId = await insertShop(made.database, { currency: 'EUR', timeZone: 'Europe/Berlin' });
  await made.services.db.inShop(shopId, async (scope) => {
    const at = { platformCreatedAt: daysAgo(300), platformUpdatedAt: now };
    await scope.tx.customer.createMany({
      data: [
        { shopId, id: 'anna', tags: ['VIP', 'news'], ...at },
        { shopId, id: 'ben', tags: [], ...at },
        { shopId, id: 'cleo', tags: ['news'], ...at },
        { shopId, id: 'dora', tags: [], ...at, platformCreatedAt: daysAgo(2) },
        { shopId, id: 'fay', tags: [], ...at },
      ],
    });
    await scope.tx.product.createMany({
      data: ['tea', 'cup', 'pot'].map((id) => ({
        shopId,
        id,
        handle: id,
        title: id,
        vendor: id === 'tea' ? 'Leaf' : 'Clay',
        tags: id === 'pot' ? ['heavy'] : [],
        collectionIds: id === 'tea' ? ['drinks'] : ['ware'],
        status: 'active',
        published: true,
        platformUpdatedAt: now,
        platformCreatedAt: now,
      })),
    });
    for (const [nth, order] of orders.entries()) await addOrder(scope, `o${String(nth)}`, order);
    await scope.tx.loyaltyMember.createMany({
      data: [{ shopId, customerId: 'anna', joinedAt: now, source: 'order', tier: 'gold' }],
    });
    await scope.tx.visitorIdentity.createMany({
      data: ['anna', 'dora'].map((id) => ({
        shopId,
        visitorId: `v-${id}`,
        customerId: id,
        firstSeenAt: now,
        lastSeenAt: now,
      })),
    });
    const seen = { occurredAt: daysAgo(4), receivedAt: daysAgo(4) };
    await scope.tx.signal.createMany({
      data: [
        { shopId, id: randomUUID(), visitorId: 'v-anna', kind: 'view', productId: 'pot', ...seen },
        { shopId, id: randomUUID(), visitorId: 'v-dora', kind: 'search', query: 'Green TEA', ...seen },
      ],
    });
    await fitScores(scope, 'EUR', now);
  });
  return shopId;
}

async function addOrder(
  { shopId, tx }: ShopScope,
  id: string,
  [customerId, days, totalMinor, productId, country, more = {}]: (typeof orders)[number],
): Promise<void> {
  await tx.order.create({
    data: {
      shopId,
      id,
      customerId,
      placedAt: daysAgo(days),
      platformUpdatedAt: now,
      currency: 'EUR',
      totalMinor,
      subtotalMinor: totalMinor,
      discountMinor: 0,
      country,
      ...more,
    },
  });
  await tx.orderLine.create({
    data: {
      shopId,
      orderId: id,
      id: '1',
      productId,
      quantity: 1,
      unitPriceMinor: totalMinor,
      sellingPlan: id === 'o5',
    },
  });
}

const inShop = <T>(work: (scope: ShopScope) => Promise<T>): Promise<T> => made.services.db.inShop(shopId, work);
const group = (match: RuleGroup['match'], ...of: Rule[]): RuleGroup => ({ kind: 'group', match, of });
const rule = (kind: string, values: Record<string, unknown>): Rule => ({ kind, values });

/** Who meets a definition, by the language's own border. */
async function whoMeets(definition: RuleGroup): Promise<string[]> {
  const { definition: checked } = segmentDraft.parse({ name: 'x', definition });
  const { sample } = await inShop((scope) => previewSegment(scope, checked, facts, 4_000));
  return sample.map(({ customerId }) => customerId).sort();
}

const everybody = ['anna', 'ben', 'dora', 'emil', 'fay'];

describe('conditions', () => {
  it.each([
    ['orders', { compare: 'at-least', count: 3, days: null }, ['anna']],
    ['orders', { compare: 'exactly', count: 1, days: 60 }, ['emil', 'fay']],
    ['orders', { compare: 'at-most', count: 0, days: null }, ['cleo', 'dora']],
    ['spend', { compare: 'at-least', minor: 9000, days: null }, ['anna', 'ben']],
    // What was paid in another currency counts as nothing.
    ['spend', { compare: 'at-least', minor: 4000, days: 50 }, ['anna', 'emil']],
    ['average-order', { compare: 'at-most', minor: 3000 }, ['anna', 'fay']],
    ['last-order', { when: 'before', days: 90 }, ['ben']],
    ['last-order', { when: 'within', days: 4 }, ['fay']],
    ['first-order', { when: 'within', days: 60 }, ['emil', 'fay']],
    ['ordered-between', { did: 'yes', from: '2026-01-21', until: '2026-01-21' }, ['anna']],
    ['ordered-between', { did: 'yes', from: '2026-01-22', until: '2026-01-30' }, []],
    // What was given back in full was not bought.
    ['bought-product', { did: 'yes', products: ['tea'], days: null }, ['anna']],
    ['bought-product', { did: 'no', products: ['tea', 'cup'], days: null }, ['ben', 'cleo', 'dora', 'fay']],
    ['bought-collection', { did: 'yes', collections: ['ware'], days: 60 }, ['anna', 'emil', 'fay']],
    ['bought-tag', { did: 'yes', tags: ['heavy'], days: null }, ['ben', 'fay']],
    ['bought-vendor', { did: 'yes', vendors: ['Leaf'], days: 30 }, ['anna']],
    ['subscribed', { did: 'yes', days: null }, ['emil']],
    ['customer-tag', { has: 'yes', tags: ['VIP', 'none'] }, ['anna']],
    ['customer-tag', { has: 'no', tags: ['news'] }, ['ben', 'dora', 'emil', 'fay']],
    ['country', { is: 'yes', countries: ['DE'] }, ['anna']],
    ['country', { is: 'yes', countries: ['AT'] }, []],
    // The last order that says so decides, as with the country.
    ['region', { is: 'yes', regions: ['de-be', 'FR-IDF'] }, ['anna']],
    ['region', { is: 'yes', regions: ['AT-9'] }, []],
    ['region', { is: 'no', regions: ['CH-ZH'] }, ['anna', 'ben', 'cleo', 'dora', 'emil']],
    ['customer-since', { when: 'within', days: 7 }, ['dora']],
    ['points', { compare: 'at-least', points: 1 }, []],
    ['tier', { is: 'yes', tiers: ['gold'] }, ['anna']],
    ['viewed-product', { did: 'yes', products: ['pot'], days: 7 }, ['anna']],
    ['searched', { did: 'yes', words: 'tea', days: null }, ['dora']],
    ['last-visit', { when: 'within', days: 7 }, ['anna', 'dora']],
    ['last-visit', { when: 'before', days: 2 }, ['anna', 'dora']],
  ])('%s %j', async (kind, values, expected) => {
    expect(await whoMeets(group('all', rule(kind, values)))).toEqual(expected);
  });

  it('join by all, any and none to three levels, and no further', async () => {
    const often = rule('orders', { compare: 'at-least', count: 2, days: null });
    const much = rule('spend', { compare: 'at-least', minor: 50_000, days: null });
    const tagged = rule('customer-tag', { has: 'yes', tags: ['VIP'] });
    expect(await whoMeets(group('any', often, much))).toEqual(['anna', 'ben']);
    expect(await whoMeets(group('none', often, rule('orders', { compare: 'exactly', count: 0, days: null })))).toEqual(
      everybody.filter((id) => !['anna', 'dora'].includes(id)),
    );
    expect(await whoMeets(group('all', group('any', group('none', much), tagged), often))).toEqual(['anna']);
    const tooDeep = group('all', group('any', group('none', group('all', much))));
    expect(segmentDraft.safeParse({ name: 'x', definition: tooDeep }).success).toBe(false);
    const tooMany = group('all', ...Array.from({ length: 3 }, () => group('all', ...Array<Rule>(7).fill(often))));
    expect(segmentDraft.safeParse({ name: 'x', definition: tooMany }).success).toBe(false);
  });

  it('take what is written as a value, whatever it looks like', async () => {
    const nasty = `x'; DROP TABLE segment; --`;
    expect(await whoMeets(group('all', rule('customer-tag', { has: 'yes', tags: [nasty] })))).toEqual([]);
    expect(await whoMeets(group('all', rule('searched', { did: 'yes', words: '%_', days: null })))).toEqual([]);
    const nul = group('all', rule('searched', { did: 'yes', words: 'a\0', days: null }));
    expect(segmentDraft.safeParse({ name: 'x', definition: nul }).success).toBe(false);
  });
});

describe('members', () => {
  let shopId: ShopId;
  let facts: ShopFacts;
  beforeEach(async () => {
    shopId = await insertCustomers();
    facts = factsOf(shopId);
  });
  const inShop = <T>(work: (scope: ShopScope) => Promise<T>): Promise<T> => made.services.db.inShop(shopId, work);

  it('are found when a segment is made, follow orders, and the changes can be read on from where one was', async () => {
    const id = randomUUID();
    const often = group('all', rule('orders', { compare: 'at-least', count: 2, days: null }));
    const start = await inShop(lastChange);
    await inShop(async (scope) => {
      await createSegment(scope, id, { name: 'Often', definition: often }, now);
      // Before the first filling nobody is compared one by one.
      await refreshMembers(scope, ['anna'], () => Promise.resolve(facts));
      expect(await readSegmentsOf(scope, ['anna'])).toEqual(new Map([['anna', [expect.any(String)]]]));
    });
    const fill = () =>
      inShop(async (scope) => {
        const segment = await findOwnSegment(scope, id);
        if (segment) await fillSegment(scope, segment, facts, 10_000);
      });
    await fill();
    expect(await inShop((scope) => readChanges(scope, start, 10))).toEqual({ changes: [], next: start });

    await inShop(async (scope) => {
      await addOrder(scope, 'more', ['emil', 1, 2000, 'tea', 'DE']);
      await scope.tx.order.update({ where: { shopId_id: { shopId, id: 'o1' } }, data: { cancelledAt: now } });
      await scope.tx.order.update({ where: { shopId_id: { shopId, id: 'o2' } }, data: { cancelledAt: now } });
      await scoreCustomers(scope, ['emil', 'anna'], now);
      for (let time = 0; time < 2; time += 1)
        await refreshMembers(scope, ['emil', 'anna', 'nobody'], () => Promise.resolve(facts));
    });
    const own = async () =>
      (await inShop((scope) => readChanges(scope, start, 10))).changes
        .filter(({ from, to }) => from === id || to === id)
        .toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
    // Transactions elsewhere on the server hold changes back as well.
    await expect.poll(own, { timeout: 20_000 }).toEqual([
      { customerId: 'anna', from: id, to: null, at: now },
      { customerId: 'emil', from: null, to: id, at: now },
    ]);
    const first = await inShop((scope) => readChanges(scope, start, 1));
    const second = await inShop((scope) => readChanges(scope, first.next, 10));
    expect([...first.changes, ...second.changes].filter(({ from, to }) => from === id || to === id)).toHaveLength(2);
    // All compared anew find the same, and one at a time is as good as all at once.
    const noted = await inShop(({ tx }) => tx.segmentChange.count());
    await fill();
    expect(await inShop(({ tx }) => tx.segmentChange.count())).toBe(noted);
    const inSql = await inShop(
      ({ tx }) => tx.$queryRaw<{ customer_id: string }[]>`SELECT * FROM (${membersOf(shopId, id)}) m`,
    );
    expect(inSql).toEqual([{ customer_id: 'emil' }]);
    expect((await inShop(readSegmentChoices)).at(-1)).toEqual({ ref: id, name: 'Often', customers: 1 });
  });

  it('move when an order of theirs turns out to be somebody else’s', async () => {
    await inShop(async (scope) => {
      const write = () => scope.tx.order.updateMany({ where: { id: 'o3' }, data: { customerId: 'dora' } });
      await followLosers({ clock: { now: () => now } }, scope, ['o3', 'o4'], write);
      // Who got it is scored by the step that scores the buyers of orders.
      expect((await readSegmentsOf(scope, ['ben', 'dora'])).size).toBe(0);
      await scoreCustomers(scope, ['dora'], now);
      expect([...(await readSegmentsOf(scope, ['ben', 'dora'])).keys()]).toEqual(['dora']);
    });
  });

  it('of a change that is still under way, and all after it, wait to be read', async () => {
    const start = await inShop(lastChange);
    const change = (customerId: string) => (scope: ShopScope) =>
      scope.tx.$executeRaw`
        INSERT INTO segment_change (shop_id, customer_id, to_group, changed_at, changed_in)
        VALUES (${shopId}::uuid, ${customerId}, 'new', ${now}, pg_current_xact_id()::text::bigint)`;
    const read = async () =>
      (await inShop((scope) => readChanges(scope, start, 10))).changes.map((one) => one.customerId);
    await inShop(async (scope) => {
      await change('early')(scope);
      await inShop(change('late'));
      expect(await read()).toEqual([]);
    });
    // Transactions elsewhere on the server hold changes back as well.
    await expect.poll(read, { timeout: 20_000 }).toEqual(['early', 'late']);
  });
});
