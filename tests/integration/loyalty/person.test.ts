import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { issueCode } from '#app/domains/codes/index.ts';
import { upsertCustomers } from '#app/domains/customers/index.ts';
import { adjustPoints } from '#app/domains/loyalty/index.ts';
import { ensureAdvocate } from '#app/domains/referrals/index.ts';
import { redeemReward } from '#app/flows/loyalty/shopper.ts';
import { readPersonRewards } from '#app/flows/rewards-page/person.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { loyalShop, on } from './loyal-shop.ts';

let made: TestServices;
const now = on(60);

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

it("a person's points, movements, codes, friends and groups are told by id or address, in their language, and nobody else's", async () => {
  const shop = await loyalShop(made);
  const { services } = made;
  const code = await shop.inShop(async (scope) => {
    const known = { locale: null, tags: [], createdAt: on(-1), updatedAt: on(-1) };
    await upsertCustomers(scope, services.secrets, [
      { ...known, id: 'anna', email: 'anna@fern.example' },
      { ...known, id: 'ben', email: 'ben@fern.example' },
    ]);
    for (const [customerId, points] of [
      ['anna', 200],
      ['ben', 7],
    ] as const)
      await adjustPoints(scope, { id: randomUUID(), customerId, points, reason: 'a test' }, now);
    await scope.tx.customerTag.createMany({
      data: [
        { shopId: scope.shopId, customerId: 'anna', tag: 'Stammkundin', state: 'placed' },
        { shopId: scope.shopId, customerId: 'anna', tag: 'Nicht genommen', state: 'refused' },
        { shopId: scope.shopId, customerId: 'ben', tag: 'Neu', state: 'placed' },
      ],
    });
    return (await ensureAdvocate(scope, 'anna', { now, random: randomBytes })).code;
  });
  const wish = { customerId: 'anna', rewardId: 'amount-1', requestId: randomUUID() };
  const redeemed = await redeemReward(services, shop.shopId, wish);
  const thanked = await shop.inShop(async (scope) => {
    const terms = { type: 'percentage', basisPoints: 1_000, minSubtotalMinor: null, productIds: null } as const;
    const source = { kind: 'referral-reward', id: '1', purpose: '1' };
    const thanks = { source, title: 'Thank you for your recommendation', terms, customerId: 'anna' };
    const wish = { ...thanks, uses: 1, startsAt: now, endsAt: null };
    const issued = await issueCode(scope, wish, { now, random: randomBytes });
    return issued.outcome === 'taken' ? '' : issued.code;
  });
  if (!redeemed.ok) throw new Error(redeemed.code);

  const told = await readPersonRewards(services, shop.shopId, { customerId: 'anna', email: null, language: 'de' });
  const date = { name: 'Datum', value: '30.04.2026' };
  expect(told).toEqual([
    { id: 'points', label: 'Ihre Prämien', items: [[{ name: 'Ihr Guthaben', value: '120' }]] },
    {
      id: 'history',
      label: 'Ihre Prämien: Verlauf',
      items: [
        [date, { name: 'Wofür', value: 'Prämie' }, { name: 'Punkte', value: '-80' }],
        [date, { name: 'Wofür', value: 'Vom Shop geändert' }, { name: 'Punkte', value: '200' }],
      ],
    },
    {
      id: 'codes',
      label: 'Ihre Codes',
      items: [
        [{ name: '2.5 € off', value: `${redeemed.value.code ?? ''} (gleich bereit)` }],
        [{ name: 'Danke für Ihre Empfehlung', value: `${thanked} (gleich bereit)` }],
      ],
    },
    { id: 'friends', label: expect.any(String) as string, items: [[{ name: 'Ihr Link', value: code }]] },
    {
      id: 'groups',
      label: 'Gruppen, in die der Shop Sie eingeordnet hat',
      items: [[{ name: 'Gruppe', value: 'Stammkundin' }]],
    },
  ]);
  const byAddress = { customerId: null, email: 'ANNA@fern.example', language: 'de' } as const;
  expect(await readPersonRewards(services, shop.shopId, byAddress)).toEqual(told);
  const stranger = { customerId: '404', email: 'nobody@fern.example', language: 'en' } as const;
  expect(await readPersonRewards(services, shop.shopId, stranger)).toEqual([]);
});
