import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  previewSegment,
  type Rule,
  type RuleGroup,
  segmentDraft,
  type ShopFacts,
} from '#app/domains/segments/index.ts';
import { meeting } from '#app/domains/segments/store-rules.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { factsOf, group, insertCustomers, now, rule } from './six-customers.ts';

let made: TestServices;
let shopId: ShopId;
let facts: ShopFacts;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
  shopId = await insertCustomers(made);
  facts = factsOf(shopId);
});
afterAll(() => made.dispose());

/** Who meets a definition, by the language's own border. */
async function whoMeets(definition: RuleGroup): Promise<string[]> {
  const { definition: checked } = segmentDraft.parse({ name: 'x', definition });
  const { sample } = await made.services.db.inShop(shopId, (scope) => previewSegment(scope, checked, facts, 4_000));
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

  it.each([{ only: null }, { only: ['anna', 'ben', 'cleo', 'dora'] }])(
    'of browsers that several used are the one’s who has most of the evidence, looking at $only',
    async ({ only }) => {
      const shared = await insertCustomers(made);
      const seen = { firstSeenAt: now, lastSeenAt: now };
      const edges: [visitorId: string, customerId: string, orders: number, logins: number, splitAt?: Date][] = [
        ['till', 'anna', 0, 1],
        ['till', 'ben', 3, 0],
        ['even', 'cleo', 0, 10],
        ['even', 'emil', 0, 10],
        ['parted', 'cleo', 9, 0, now],
        ['parted', 'dora', 0, 1],
      ];
      const { db } = made.services;
      await db.inShop(shared, async ({ tx }) => {
        await tx.signal.deleteMany({ where: { shopId: shared } });
        await tx.visitorIdentity.createMany({
          data: edges.map(([visitorId, customerId, orders, logins, splitAt]) => ({
            ...{ shopId: shared, visitorId, customerId, orders, logins, splitAt: splitAt ?? null, ...seen },
          })),
        });
        await tx.signal.createMany({
          data: ['till', 'even', 'parted'].map((visitorId) => ({
            ...{ shopId: shared, id: randomUUID(), visitorId, kind: 'view', productId: 'cup' },
            ...{ occurredAt: now, receivedAt: now },
          })),
        });
      });
      const definition = group('all', rule('viewed-product', { did: 'yes', products: ['cup'], days: 7 }));
      const segment = { id: randomUUID(), definition };
      const rows = await db.inShop(shared, ({ tx }) =>
        tx.$queryRaw<{ customer_id: string }[]>(meeting(shared, factsOf(shared), [segment], only)),
      );
      expect(rows.map((row) => row.customer_id).sort()).toEqual(['ben', 'dora']);
    },
  );

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
