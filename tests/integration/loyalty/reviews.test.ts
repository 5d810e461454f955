import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkLedger, readBalances } from '#app/domains/ledger/index.ts';
import { pointsOf, switchProgramme } from '#app/domains/loyalty/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { joinLoyalty, noteReview, noteReviewGone } from '#app/flows/loyalty/shopper.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { loyalShop, on, orderOf, plainProgramme } from './loyal-shop.ts';

let made: TestServices;
let now = on(60);

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

it('a review that stands earns once for each product that its writer has bought and kept', async () => {
  now = on(60);
  const rules = [{ id: 'stars', kind: 'review' as const, on: true, points: 5, perYear: 2 }];
  const shop = await loyalShop(made, { enrolment: 'join', rules });
  const lineOf = (productId: string, refundedQuantity = 0) => {
    const [line] = orderOf(productId, 1000).lines;
    if (!line) throw new Error('an order of one line');
    return { ...line, id: productId, productId, refundedQuantity };
  };
  const bought = (id: string, customerId: string, ...lines: ReturnType<typeof lineOf>[]) => ({
    ...orderOf(id, 1000, { customerId }),
    lines,
  });
  await shop.inShop((scope) =>
    upsertOrders(scope, [
      bought('1', 'anna', lineOf('mug'), lineOf('pan'), lineOf('lid'), lineOf('returned', 1)),
      bought('2', 'ben', lineOf('knife')),
      { ...bought('3', 'anna', lineOf('cancelled')), cancelledAt: on(2) },
      { ...bought('4', 'anna', lineOf('tried')), test: true },
    ]),
  );
  const note = async (productId: string, customerId = 'anna') => {
    const noted = await noteReview(made.services, shop.shopId, { customerId, productId });
    return noted.ok ? noted.value.points : noted.code;
  };
  expect(await note('mug')).toBe('not-a-member');
  await joinLoyalty(made.services, shop.shopId, 'anna');
  expect(await Promise.all([note('mug'), note('mug'), note('mug')])).toEqual(
    expect.arrayContaining([5, 'already', 'already']),
  );
  for (const product of ['knife', 'returned', 'cancelled', 'tried', 'unknown', ''])
    expect(await note(product)).toBe('not-bought');
  expect(await note('pan')).toBe(5);
  expect(await note('lid')).toBe('limit');
  now = on(366);
  expect(await note('lid')).toBe(5);
  expect(await note('mug')).toBe('already');
  expect((await shop.inShop((scope) => readBalances(scope, pointsOf('anna')))).available).toBe(15);
  await shop.inShop((scope) => switchProgramme(scope, false, now));
  expect(await note('lid')).toBe('not-live');
});

it('is for nothing where the programme has no such rule, and in another shop', async () => {
  now = on(60);
  const plain = await loyalShop(made);
  await plain.inShop((scope) => upsertOrders(scope, [orderOf('1', 1000)]));
  const review = { customerId: 'anna', productId: 'p1' };
  expect(await noteReview(made.services, plain.shopId, review)).toMatchObject({ code: 'unknown-rule' });
  const rules = [{ id: 'stars', kind: 'review' as const, on: true, points: 5, perYear: 2 }];
  const other = await loyalShop(made, { rules });
  expect(await noteReview(made.services, other.shopId, review)).toMatchObject({ code: 'not-bought' });
});

it('a review that is taken down takes its points along, once, and brings them again with it', async () => {
  now = on(60);
  const stars = { id: 'stars', kind: 'review' as const, on: true, points: 5, perYear: 1 };
  const level = {
    id: 'gold',
    name: 'Gold',
    at: 5,
    multiplierBps: 10_000,
    entryPoints: 7,
    freeShipping: false,
    perks: [],
  };
  const tiers = { ...plainProgramme.tiers, levels: [level] };
  const shop = await loyalShop(made, { enrolment: 'join', rules: [stars], tiers });
  await shop.inShop((scope) => upsertOrders(scope, [orderOf('1', 1000)]));
  await joinLoyalty(made.services, shop.shopId, 'anna');
  const review = { customerId: 'anna', productId: 'p1' };
  const balance = async () => (await shop.inShop((scope) => readBalances(scope, pointsOf('anna')))).available;
  const note = async (stands: boolean) => {
    await (stands ? noteReview : noteReviewGone)(made.services, shop.shopId, review);
    return balance();
  };
  expect(await note(false)).toBe(0);
  expect(await note(true)).toBe(12);
  const other = await loyalShop(made, { enrolment: 'join', rules: [stars] });
  await noteReviewGone(made.services, other.shopId, review);
  expect(await balance()).toBe(12);
  await Promise.all([note(false), note(false)]);
  expect(await balance()).toBe(0);
  expect([await note(true), await note(true)]).toEqual([12, 12]);
  // Also while the programme rests.
  await shop.inShop((scope) => switchProgramme(scope, false, now));
  expect(await note(false)).toBe(0);
  expect(await shop.inShop((scope) => checkLedger(scope, now))).toMatchObject({ differences: [] });
});
