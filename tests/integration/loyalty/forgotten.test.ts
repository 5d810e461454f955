import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { issueCode, readCodesOf } from '#app/domains/codes/index.ts';
import { readBalances } from '#app/domains/ledger/index.ts';
import { bringTierCodes, earnForOrders, importBalances, joinProgramme, pointsOf } from '#app/domains/loyalty/index.ts';
import { requestMail } from '#app/domains/notifications/index.ts';
import { ensureAdvocate } from '#app/domains/referrals/index.ts';
import { forgetPerson } from '#app/flows/customer-flows.ts';
import { customerMerged } from '#app/flows/customer-merged.ts';
import { joinLoyalty } from '#app/flows/loyalty/shopper.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { loyalShop, type LoyalShop, on, orderOf, plainProgramme, saveCustomer, saveOrders } from './loyal-shop.ts';

let made: TestServices;
const now = on(60);

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

const level = { id: 'gold', name: 'Gold', at: 0, multiplierBps: 10_000, entryPoints: 0, perks: [] };
const programme = {
  enrolment: 'join' as const,
  rules: [{ id: 'hello', kind: 'sign-up' as const, on: true, points: 50 }],
  tiers: { ...plainProgramme.tiers, levels: [{ ...level, freeShipping: true }] },
};

const bring = (shop: LoyalShop) =>
  shop.inShop((scope) => bringTierCodes(scope, { after: '', limit: 10 }, { now, random: randomBytes }));

async function merge(shop: LoyalShop, from: string, id: string): Promise<void> {
  await shop.inShop(async (scope) => {
    for (const step of customerMerged(made.services))
      if ('write' in step) await step.write(scope, [{ type: 'customer-merged', id, from }]);
  });
}

/** Tables of the shop in which a text stands somewhere. */
async function tablesWith(scope: ShopScope, text: string): Promise<string[]> {
  const tables = await scope.tx.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.columns
    WHERE table_schema = current_schema() AND column_name = 'shop_id' ORDER BY 1`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await scope.tx.$queryRawUnsafe<{ row: string }[]>(
      `SELECT t::text AS row FROM "${name}" t WHERE t::text LIKE '%' || $1 || '%' LIMIT 1`,
      text,
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}

it('a free code of a tier does not outlast the membership that it was for, when its member becomes another', async () => {
  const shop = await loyalShop(made, programme);
  await shop.inShop(async (scope) => {
    for (const id of ['old', 'new']) await joinProgramme(scope, id, now);
  });
  await bring(shop);
  await merge(shop, 'old', 'new');
  await bring(shop);
  const codes = await shop.inShop((scope) => readCodesOf(scope, 'loyalty-tier', ['old', 'new']));
  const usable = codes.filter(({ state }) => state !== 'withdrawn');
  expect(usable).toMatchObject([{ customerId: 'new', source: { id: 'new' } }]);
});

it('no table knows who was forgotten, nor whom they were before', async () => {
  const shop = await loyalShop(made, programme);
  const { services } = made;
  await shop.inShop(async (scope) => {
    for (const id of ['one-4711', 'two-4711']) {
      await saveCustomer(made, scope, id, on(1));
      await joinProgramme(scope, id, now);
      await ensureAdvocate(scope, id, { now, random: randomBytes });
      await requestMail(services, scope, {
        template: 'notifications.confirm',
        data: { url: 'https://app.example/mail/confirm/x' },
        source: { kind: 'confirm', id: `${id} 2026-05-01`, purpose: 'offers' },
        to: { customerId: id },
      });
      await issueCode(
        scope,
        {
          source: { kind: 'loyalty-reward', id: randomUUID(), purpose: '' },
          title: '5 off',
          terms: { type: 'amount', minor: 500, minSubtotalMinor: null, productIds: null },
          customerId: id,
          uses: 1,
          startsAt: now,
          endsAt: null,
        },
        { now, random: randomBytes },
      );
    }
    await importBalances(scope, { importId: randomUUID(), balances: new Map([['one-4711', 70]]) }, now);
  });
  await bring(shop);
  await merge(shop, 'one-4711', 'two-4711');
  await bring(shop);
  expect(await shop.inShop((scope) => tablesWith(scope, '4711'))).toContain('discount_code');
  // The store tells that the first is gone after the merge; the second asks to be forgotten.
  for (const id of ['one-4711', 'two-4711']) {
    const person = { customerId: id, email: `${id}@example.com`, orderIds: [] };
    await shop.inShop((scope) => forgetPerson(services, scope, person));
  }
  expect(await shop.inShop((scope) => tablesWith(scope, '4711'))).toEqual([]);
});

it('who was forgotten and comes back begins anew', async () => {
  const shop = await loyalShop(made, programme);
  const balance = () => shop.inShop(async (scope) => (await readBalances(scope, pointsOf('anna'))).available);
  expect(await joinLoyalty(made.services, shop.shopId, 'anna')).toMatchObject({ ok: true });
  expect(await balance()).toBe(50);
  const person = { customerId: 'anna', email: null, orderIds: [] };
  await shop.inShop((scope) => forgetPerson(made.services, scope, person));
  expect(await balance()).toBe(0);
  expect(await joinLoyalty(made.services, shop.shopId, 'anna')).toMatchObject({ ok: true });
  expect(await balance()).toBe(50);
});

it('orders that a store brings again under a forgotten customer bring nothing again, and later ones do', async () => {
  const money = { id: 'money', kind: 'amount' as const, on: true, points: 1, perMinor: 100 };
  const shop = await loyalShop(made, { enrolment: 'all', rules: [money] });
  const balance = () => shop.inShop(async (scope) => (await readBalances(scope, pointsOf('anna'))).available);
  const order = (...ids: string[]) =>
    shop.inShop(async (scope) => {
      await saveOrders(
        scope,
        ids.map((id) => orderOf(id, 3_000, { updatedAt: now })),
      );
      await earnForOrders(scope, ids, now);
    });
  await order('o1');
  expect(await balance()).toBe(30);
  const person = { customerId: 'anna', email: null, orderIds: ['o1'] };
  await shop.inShop((scope) => forgetPerson(made.services, scope, person));
  await order('o1', 'o2');
  expect(await balance()).toBe(30);
});
