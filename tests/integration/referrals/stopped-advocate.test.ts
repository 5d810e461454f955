import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { upsertOrders } from '#app/domains/orders/index.ts';
import {
  ensureAdvocate,
  joinAdvocates,
  readReferrals,
  saveProgramme,
  usualTerms,
} from '#app/domains/referrals/index.ts';
import { attributeOrders } from '#app/flows/referrals/attribute-orders.ts';
import { changeAdvocate } from '#app/flows/referrals/merchant.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const day = (days: number) => new Date(Date.UTC(2026, 2, 1 + days));
let made: TestServices;
let now = day(0);

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

it('what was ordered while an advocate was stopped never counts, however often it changes after they go on', async () => {
  const shopId = await insertShop(made.database);
  const { db } = made.services;
  const { id, code } = await db.inShop(shopId, async (scope) => {
    await saveProgramme(scope, { active: true, terms: usualTerms }, now);
    return ensureAdvocate(scope, 'anna', { now, random: randomBytes });
  });
  const told = (order: PlatformOrder) =>
    db.inShop(shopId, async (scope) => {
      await upsertOrders(scope, [order]);
      await attributeOrders(made.services, scope, [order.id]);
    });
  const counted = async () =>
    (await db.inShop(shopId, (scope) => readReferrals(scope, {}, { before: null, limit: 10 })))
      .map(({ orderId }) => orderId)
      .sort();
  const ordered = (orderId: string, placedAt: Date) =>
    platformOrder({
      ...{ id: orderId, customerId: `friend-${orderId}`, placedAt, updatedAt: placedAt, totalMinor: 6_000 },
      codes: [{ code, discountMinor: 600 }],
    });
  const orders = [1, 3, 5].map((days) => ordered(String(days), day(days)));
  for (const [days, intent] of [
    [2, 'stop'],
    [3, 'stop'],
    [4, 'resume'],
  ] as const) {
    now = day(days);
    expect(await changeAdvocate(made.services, shopId, id, { intent })).toMatchObject({ ok: true });
  }
  for (const order of orders) await told(order);
  for (const order of orders) await told({ ...order, updatedAt: day(6) });
  expect(await counted()).toEqual(['1', '5']);
});

it('two stopped advocates who become one were stopped as long as either was', async () => {
  const shopId = await insertShop(made.database);
  const { db } = made.services;
  now = day(0);
  const [anna, bert] = await db.inShop(shopId, async (scope) => {
    await saveProgramme(scope, { active: true, terms: usualTerms }, now);
    const ensure = (customerId: string) => ensureAdvocate(scope, customerId, { now, random: randomBytes });
    return [await ensure('anna'), await ensure('bert')] as const;
  });
  const change = async (days: number, id: string, intent: 'stop' | 'resume') => {
    now = day(days);
    expect(await changeAdvocate(made.services, shopId, id, { intent })).toMatchObject({ ok: true });
  };
  await change(2, anna.id, 'stop');
  await change(10, bert.id, 'stop');
  await db.inShop(shopId, (scope) => joinAdvocates(scope, 'anna', 'bert', day(20)));
  await change(21, bert.id, 'resume');
  const orders = [1, 5, 15, 22].map((days) =>
    platformOrder({
      ...{ id: String(days), customerId: `friend-${String(days)}`, placedAt: day(days), updatedAt: day(days) },
      ...{ totalMinor: 6_000, codes: [{ code: anna.code, discountMinor: 600 }] },
    }),
  );
  await db.inShop(shopId, async (scope) => {
    await upsertOrders(scope, orders);
    await attributeOrders(
      made.services,
      scope,
      orders.map(({ id }) => id),
    );
  });
  const rows = await db.inShop(shopId, (scope) => readReferrals(scope, {}, { before: null, limit: 10 }));
  expect(rows.map(({ orderId }) => orderId).sort()).toEqual(['1', '22']);
});
