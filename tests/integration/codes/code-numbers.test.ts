import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  issueCode,
  issueGiftCard,
  nextToGive,
  noteGiftRefused,
  readCodeDays,
  readRefusals,
  settleOrders,
} from '#app/domains/codes/index.ts';
import { readUsualCodeBps } from '#app/domains/orders/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '#tests/setup/database.ts';
import { insertShop } from '#tests/setup/services.ts';

let database: TestDatabase;
let shopId: ShopId;
beforeAll(async () => {
  database = await createTestDatabase();
  shopId = await insertShop(database);
});
afterAll(async () => database.drop());

const now = new Date('2026-06-01T12:00:00Z');
const since = new Date('2026-03-01T00:00:00Z');
const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => database.db.inShop(shopId, work);
const usual = () => inShop((scope) => readUsualCodeBps(scope, since));

let placed = 0;
/** Orders of 100.00 that a code took these amounts off. */
const place = (code: string, minors: readonly number[], more: { cancelledAt?: Date; test?: boolean } = {}) =>
  inShop(({ tx }) =>
    tx.order.createMany({
      data: minors.map((minor) => ({
        ...{ shopId, id: String((placed += 1)), placedAt: now, platformUpdatedAt: now, currency: 'EUR' },
        ...{ subtotalMinor: 10_000, discountMinor: minor, totalMinor: 10_000 - minor },
        discountCodes: [{ code, minor }],
        ...more,
      })),
    }),
  );

it('is the median of the code that takes most, from three orders on, in whole percents', async () => {
  expect(await usual()).toBe(0);
  await place('rare', [9_000, 9_000]);
  expect(await usual()).toBe(0);
  await place('TEN', [1_000, 1_000, 1_000]);
  expect(await usual()).toBe(1_000);
  await place('Mixed', [500, 1_210, 9_000]);
  expect(await usual()).toBe(1_300);
  await place('TEN', [8_000, 8_000, 8_000, 8_000], { cancelledAt: now });
  await place('TEN', [8_000, 8_000, 8_000, 8_000], { test: true });
  expect(await usual()).toBe(1_300);
});

it('knows nothing of codes of ours', async () => {
  const source = { kind: 'test', id: '1', purpose: '' };
  const terms = { type: 'percentage', basisPoints: 5_000, minSubtotalMinor: null, productIds: null } as const;
  const wish = { source, title: 'A friend', terms, customerId: null, uses: null, startsAt: now, endsAt: null };
  await inShop((scope) => issueCode(scope, { ...wish, text: 'FRIEND' }, { now, random: randomBytes }));
  const before = await usual();
  await place('friend', [5_000, 5_000, 5_000, 5_000]);
  expect(await usual()).toBe(before);
});

it('a code that took less off than it says is counted as reduced on its day', async () => {
  const terms = { type: 'amount', minor: 500, minSubtotalMinor: null, productIds: null } as const;
  const wish = { title: 'Five off', terms, customerId: null, uses: null, startsAt: now, endsAt: null };
  await inShop(async (scope) => {
    const issuing = { now, random: randomBytes };
    await issueCode(scope, { ...wish, source: { kind: 'test', id: '2', purpose: '' }, text: 'FIVE' }, issuing);
  });
  await place('five', [500, 120]);
  const orders = [String(placed - 1), String(placed)];
  await inShop(async (scope) => {
    await scope.tx.orderLine.createMany({
      data: orders.map((orderId) => ({
        shopId,
        orderId,
        id: '1',
        productId: 'p1',
        quantity: 2,
        unitPriceMinor: 5_000,
      })),
    });
    await settleOrders(scope, orders, { now, returnsUses: false });
  });
  const days = await inShop((scope) => readCodeDays(scope, { since, timeZone: 'Asia/Tokyo', currency: 'EUR' }));
  expect(days).toEqual([{ day: '2026-06-01', used: 2, reduced: 1, keptMinor: 380 }]);
  const elsewhere = await inShop((scope) => readCodeDays(scope, { since, timeZone: 'UTC', currency: 'USD' }));
  expect(elsewhere).toEqual([{ day: '2026-06-01', used: 2, reduced: 0, keptMinor: 0 }]);
});

it('what the store refused is told with its reason', async () => {
  const gift = { customerId: 'c1', amountMinor: 1_000, currency: 'EUR', expiresAt: null, note: 'reward' };
  await inShop(async (scope) => {
    await issueGiftCard(scope, { ...gift, source: { kind: 'test', id: '3', purpose: '' } }, now);
    const waiting = await nextToGive(scope);
    await noteGiftRefused(scope, waiting!.id, 'Gift cards are switched off.');
  });
  const [refusal] = await inShop((scope) => readRefusals(scope, 10));
  expect(refusal).toMatchObject({ what: 'gift-card', amountMinor: 1_000, reason: 'Gift cards are switched off.' });
});
