import { afterAll, beforeAll, expect, it } from 'vitest';
import { nextToTell, noteTold } from '#app/domains/access/index.ts';
import { noCodes } from '#app/domains/codes/index.ts';
import { invitationsOf } from '#app/domains/personal-offers/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { earnForOrders, moveAllTiers, type ProgrammeSettings, standingsOf } from '#app/domains/loyalty/index.ts';
import { readFigures } from '#app/domains/loyalty/tiers/store-tiers.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { type LoyalShop, loyalShop, orderOf, plainProgramme } from './loyal-shop.ts';

let made: TestServices;
let now = new Date('2026-12-20T12:00:00Z');

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

const gold = (at: number, change: Partial<ProgrammeSettings['tiers']>): Partial<ProgrammeSettings> => ({
  rates: { USD: 500_000 },
  tiers: {
    ...plainProgramme.tiers,
    graceDays: 0,
    levels: [{ id: 'gold', name: 'Gold', at, multiplierBps: 10_000, entryPoints: 0, freeShipping: false, perks: [] }],
    ...change,
  },
});

const buy = (shop: LoyalShop, id: string, minor: number, placed: string, change: Parameters<typeof orderOf>[2] = {}) =>
  shop.inShop(async (scope) => {
    await upsertOrders(scope, [orderOf(id, minor, { placedAt: new Date(placed), ...change })]);
    await earnForOrders(scope, [id], now);
  });
const tierAt = (shop: LoyalShop, at: string) =>
  shop.inShop(async (scope) => {
    await moveAllTiers(scope, { after: '', limit: 10 }, new Date(at));
    return (await scope.tx.loyaltyMember.findFirst())?.tier;
  });

it.each(['points', 'spend'] as const)(
  'half in one year and half in the next reach no tier by %s of a year',
  async (measure) => {
    const at = measure === 'points' ? 500 : 50_000;
    const shop = await loyalShop(made, gold(at, { measure, period: 'year' }));
    now = new Date('2026-12-20T12:00:00Z');
    await buy(shop, '1', 30_000, '2026-12-19T12:00:00Z');
    now = new Date('2027-01-20T12:00:00Z');
    await buy(shop, '2', 30_000, '2027-01-19T12:00:00Z');
    expect(await tierAt(shop, '2027-01-21T12:00:00Z')).toBe('');
    now = new Date('2027-02-20T12:00:00Z');
    await buy(shop, '3', 20_000, '2027-02-19T12:00:00Z');
    expect(await tierAt(shop, '2027-02-21T12:00:00Z')).toBe('gold');
    // Through the next year, and no further: both ends by the shop's clock.
    expect(await tierAt(shop, '2028-12-31T22:59:59Z')).toBe('gold');
    expect(await tierAt(shop, '2028-12-31T23:00:01Z')).toBe('');
  },
);

it('what counts for the level is told to the store by order and by night, with what it takes off again', async () => {
  const shop = await loyalShop(made, gold(500, { measure: 'points', period: 'rolling' }));
  now = new Date('2026-12-20T12:00:00Z');
  const told = () =>
    shop.inShop((scope) =>
      nextToTell(
        scope,
        { standings: standingsOf(shop.shopId), invitations: invitationsOf(shop.shopId, now), codes: noCodes },
        10,
      ),
    );
  const tell = async () => shop.inShop(async (scope) => noteTold(scope, await told(), now));
  await buy(shop, '1', 30_000, '2026-12-19T12:00:00Z');
  expect(await told()).toMatchObject([{ figure: 300, tier: '' }]);
  await tell();
  expect(await told()).toEqual([]);
  // A look at which nothing changed writes and tells nothing.
  await tierAt(shop, '2026-12-21T12:00:00Z');
  expect(await told()).toEqual([]);
  await tierAt(shop, '2027-12-21T12:00:00Z');
  expect(await told()).toMatchObject([{ figure: 0, tier: '' }]);
});

it('a lifetime adds all years up', async () => {
  const shop = await loyalShop(made, gold(500, { measure: 'points', period: 'lifetime' }));
  now = new Date('2027-02-20T12:00:00Z');
  await buy(shop, '1', 30_000, '2026-04-19T12:00:00Z');
  await buy(shop, '2', 30_000, '2027-01-19T12:00:00Z');
  expect(await tierAt(shop, '2031-01-01T00:00:00Z')).toBe('gold');
});

it('money counts by goods as points do: no shipping, no gift card, other currencies by their rate', async () => {
  const shop = await loyalShop(made, gold(10_000, { measure: 'spend', period: 'rolling' }));
  now = new Date('2026-06-20T12:00:00Z');
  await shop.inShop((scope) =>
    scope.tx.product.create({
      data: {
        ...{ shopId: shop.shopId, id: 'card', handle: 'card', title: 'Gift card', status: 'active', published: true },
        ...{ giftCard: true, tags: [], collectionIds: [] },
        ...{ platformCreatedAt: now, platformUpdatedAt: now },
      },
    }),
  );
  const figure = async () => {
    const ask = {
      customerId: 'anna',
      measure: 'spend',
      since: new Date(0),
      until: null,
      settings: plainProgramme,
    } as const;
    const settings = { ...plainProgramme, rates: { USD: 500_000 } };
    return (await shop.inShop((scope) => readFigures(scope, [{ ...ask, settings }])))[0];
  };
  await buy(shop, '1', 5_000, '2026-06-01T12:00:00Z', { totalMinor: 5_900 });
  expect(await figure()).toMatchObject({ figure: 5_000 });
  const [line] = orderOf('2', 9_000).lines;
  if (!line) throw new Error('no line');
  await buy(shop, '2', 9_000, '2026-06-02T12:00:00Z', { lines: [{ ...line, productId: 'card' }] });
  expect(await figure()).toEqual({ figure: 5_000, lastOrderAt: new Date('2026-06-01T12:00:00Z') });
  await buy(shop, '3', 4_001, '2026-06-03T12:00:00Z', { currency: 'USD' });
  expect(await figure()).toEqual({ figure: 7_000, lastOrderAt: new Date('2026-06-03T12:00:00Z') });
  await buy(shop, '4', 4_000, '2026-06-04T12:00:00Z', { currency: 'CHF' });
  expect(await figure()).toMatchObject({ figure: 7_000 });
  // Only the shipping goes back: the goods stay.
  await buy(shop, '1', 5_000, '2026-06-01T12:00:00Z', {
    ...{ totalMinor: 5_900, refundedMinor: 900, goodwillMinor: 0, updatedAt: new Date('2026-06-05T12:00:00Z') },
  });
  expect(await figure()).toMatchObject({ figure: 7_000 });
  expect(await tierAt(shop, '2026-06-06T12:00:00Z')).toBe('');
});
