import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settleOrders } from '#app/domains/codes/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { findOffer, type OfferTerms, readLog, updateOffer } from '#app/domains/personal-offers/index.ts';
import { forgetPerson } from '#app/flows/customer-flows.ts';
import { decideWaiting } from '#app/flows/personal-offers/decide-waiting.ts';
import { enterAll } from '#app/flows/personal-offers/enter.ts';
import judgeOffers from '#app/flows/personal-offers/judge-offers.ts';
import { measureOffer } from '#app/flows/personal-offers/measure.ts';
import { saveOffer, switchOffer } from '#app/flows/personal-offers/merchant.ts';
import { offerForOrders } from '#app/flows/personal-offers/order-step.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { waitFor } from '#tests/setup/shopify.ts';
import { daysBefore, type OfferShop, offerShop, people, winBack } from './offer-shop.ts';

const now = new Date('2026-03-02T09:00:00Z');
const day = 86_400_000;
let made: TestServices;
beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

const order = (id: string, customerId: string, change: Partial<Parameters<typeof platformOrder>[0]> = {}) =>
  platformOrder({ id, customerId, placedAt: now, currency: 'EUR', totalMinor: 5000, subtotalMinor: 5000, ...change });

/** Orders arrive as the flow has them. */
const arrive = (shop: OfferShop, orders: readonly ReturnType<typeof order>[]) =>
  shop.inShop(async (scope) => {
    const ids = orders.map(({ id }) => id);
    await upsertOrders(scope, orders);
    await settleOrders(scope, ids, { now, returnsUses: true });
    await offerForOrders(made.services, scope, ids);
  });

describe('a whole segment', () => {
  it('is given one code each, but for those who get nothing, however often the job runs', async () => {
    const shop = await offerShop(made);
    await shop.lose(people(600));
    const id = await shop.live();
    await shop.give();
    await shop.give();
    const grants = await shop.grants();
    const salt = await shop.inShop(async (scope) => (await findOffer(scope, id))?.salt ?? '');
    expect(grants).toHaveLength(600);
    for (const { customerId, state } of grants)
      expect(state).toBe(isHeldOut(customerId ?? '', salt, 1000) ? 'held-out' : 'given');
    const codes = await shop.codes();
    expect(codes.map(({ sourceId }) => sourceId).toSorted()).toEqual(
      grants
        .filter(({ state }) => state === 'given')
        .map((grant) => grant.id)
        .toSorted(),
    );
    expect(codes.every(({ customerId, uses }) => customerId !== null && uses === 1)).toBe(true);
  });

  it('killed in the middle, nobody is given anything twice', async () => {
    const shop = await offerShop(made);
    await shop.lose(people(30));
    await shop.live();
    await enterAll(made.services, shop.shopId, new AbortController().signal);
    const killed = shop.inShop(async (scope) => {
      await decideWaiting(scope, { limit: 20, basketMinor: 10_000 }, now);
      throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    expect(await shop.codes()).toEqual([]);
    await shop.inShop((scope) => decideWaiting(scope, { limit: 20, basketMinor: 10_000 }, now));
    await shop.give();
    const given = (await shop.grants()).filter(({ state }) => state === 'given');
    expect(await shop.codes()).toHaveLength(given.length);
  });

  it('two workers at once do not spend a budget twice', async () => {
    const shop = await offerShop(made);
    await shop.lose(people(40));
    await shop.live({ budget: { minor: 6_000, count: 7 } });
    await enterAll(made.services, shop.shopId, new AbortController().signal);
    await Promise.all(
      [1, 2, 3].map(() => shop.inShop((scope) => decideWaiting(scope, { limit: 15, basketMinor: 10_000 }, now))),
    );
    const grants = await shop.grants();
    const given = grants.filter(({ state }) => state === 'given');
    expect(grants.filter(({ state }) => state === 'waiting')).toEqual([]);
    expect(given.length).toBeLessThanOrEqual(7);
    expect(given.reduce((sum, { reservedMinor }) => sum + Number(reservedMinor), 0)).toBeLessThanOrEqual(6_000);
    expect(grants.some(({ reason }) => reason === 'budget')).toBe(true);
  });

  it('hears of it once, when the codes work; of one that the store refused when it is made after all', async () => {
    const shop = await offerShop(made);
    await shop.lose(people(12));
    await shop.live({ holdoutBps: 500 });
    await shop.give();
    expect(await shop.mails()).toEqual([]);
    const [first] = await shop.codes();
    await shop.inShop(({ tx }) =>
      tx.discountCode.updateMany({
        where: { shopId: shop.shopId, id: first?.id ?? 0n },
        data: { state: 'refused', refusal: 'No.', todo: null },
      }),
    );
    await shop.open();
    await shop.give();
    await shop.give();
    const codes = await shop.codes();
    expect(await shop.mails()).toHaveLength(codes.length - 1);
    const log = await shop.inShop((scope) => readLog(scope, { offerId: null, customerId: null }, 100));
    expect(log.filter(({ state }) => state === 'refused')).toMatchObject([{ id: first?.sourceId, reason: 'No.' }]);
    await shop.inShop(({ tx }) =>
      tx.discountCode.updateMany({ where: { shopId: shop.shopId }, data: { state: 'open', refusal: null } }),
    );
    await shop.give();
    expect(await shop.mails()).toHaveLength(codes.length);
  });

  it('gets nothing any more when the offer ends, and all sizes again when it is started anew', async () => {
    const shop = await offerShop(made);
    await shop.lose(people(3));
    const id = await shop.live();
    await enterAll(made.services, shop.shopId, new AbortController().signal);
    await shop.inShop(async (scope) => {
      const offer = await findOffer(scope, id);
      const stopped = [{ size: 500, reason: 'harm', at: now.toISOString() } as const];
      if (offer) await updateOffer(scope, offer, { stopped }, now);
    });
    await switchOffer(made.services, shop.shopId, id, { intent: 'end' });
    await switchOffer(made.services, shop.shopId, id, { intent: 'start' });
    await shop.give();
    expect((await shop.grants()).map(({ state, reason }) => [state, reason])).toEqual([
      ['skipped', 'over'],
      ['skipped', 'over'],
      ['skipped', 'over'],
    ]);
    expect(await shop.inShop((scope) => findOffer(scope, id))).toMatchObject({ status: 'live', stopped: [] });
  });

  it('loses what nobody used when the merchant takes it back', async () => {
    const shop = await offerShop(made);
    await shop.lose(people(10));
    const id = await shop.live({ holdoutBps: 500 });
    await shop.give();
    await shop.open();
    const [used] = await shop.codes();
    await arrive(shop, [
      order('1', used?.customerId ?? '', { codes: [{ code: used?.code ?? '', discountMinor: 250 }] }),
    ]);
    await switchOffer(made.services, shop.shopId, id, { intent: 'take-back' });
    await shop.give();
    const codes = await shop.codes();
    expect(codes.filter(({ state }) => state === 'withdrawn')).toHaveLength(codes.length - 1);
    const stands = (await shop.grants()).filter(({ state }) => state === 'given');
    expect(stands).toMatchObject([{ id: used?.sourceId, orderId: '1', bookedMinor: 250n }]);
  });
});

describe('orders', () => {
  const afterFirst = { trigger: { type: 'order', nth: 1, minTotalMinor: 3000 } } as const;

  it('meet a trigger once, however often they come, and only those that are meant', async () => {
    const shop = await offerShop(made);
    await shop.live(afterFirst);
    const orders = [
      order('1', 'anna'),
      order('2', 'anna', { placedAt: new Date(now.getTime() + 1000) }),
      order('3', 'bert', { totalMinor: 2999 }),
      order('4', 'carl', { placedAt: daysBefore(now, 1) }),
      order('5', 'dora', { cancelledAt: now }),
      order('6', 'emil'),
    ];
    await arrive(shop, orders);
    await arrive(shop, orders.toReversed());
    expect((await shop.grants()).map(({ customerId, occurrence }) => [customerId, occurrence])).toEqual([
      ['anna', 'order:1'],
      ['emil', 'order:6'],
    ]);
  });

  it('that carry a code are booked at what it took off, and give it back when they are cancelled', async () => {
    const shop = await offerShop(made);
    await shop.live({ ...afterFirst, holdoutBps: 500 });
    await arrive(
      shop,
      people(8).map((id, at) => order(String(at + 1), id)),
    );
    await shop.give();
    await shop.open();
    const [code] = await shop.codes();
    const uses = order('99', code?.customerId ?? '', { codes: [{ code: code?.code ?? '', discountMinor: 321 }] });
    const booked = async () => (await shop.grants()).find((grant) => grant.id === code?.sourceId);
    await arrive(shop, [uses]);
    expect(await booked()).toMatchObject({ bookedMinor: 321n, orderId: '99' });
    await arrive(shop, [{ ...uses, cancelledAt: now, updatedAt: new Date(now.getTime() + 5000) }]);
    expect(await booked()).toMatchObject({ bookedMinor: null, orderId: null, state: 'given' });
  });
});

describe('what no order tells of', () => {
  it('whoever comes into a segment after the start is given the offer, once for each time', async () => {
    const shop = await offerShop(made);
    await shop.lose(['before']);
    const trigger: OfferTerms['trigger'] = { type: 'segment', segments: ['lost'], present: false };
    await shop.live({ trigger });
    const comes = (customerId: string, to: string) =>
      shop.inShop(async ({ tx }) => {
        const change = { shopId: shop.shopId, customerId, toGroup: to, changedAt: now };
        const [row] = await tx.$queryRaw<{ id: string }[]>`SELECT pg_current_xact_id()::text AS id`;
        await tx.segmentChange.create({ data: { ...change, changedIn: BigInt(row?.id ?? 0) } });
      });
    await comes('anna', 'lost');
    await comes('bert', 'champions');
    // Changes are read once no older transaction of the server, another test's perhaps, is under way.
    await waitFor(async () => {
      await shop.give();
      return (await shop.grants()).length > 0;
    }, 'a change of segment');
    await shop.give();
    expect((await shop.grants()).map(({ customerId }) => customerId)).toEqual(['anna']);
  });

  it('a customer who looked three times and did not buy is given a part of that product’s price', async () => {
    const shop = await offerShop(made);
    const visitors = { keen: 'anna', buyer: 'bert', glance: 'carl' };
    const trigger = { type: 'viewed', times: 3, days: 7 } as const;
    const gift: OfferTerms['gift'] = { type: 'percentage', sizes: [1000], on: 'the-product', productIds: [] };
    await shop.live({ trigger, gift, holdoutBps: 500 });
    await shop.inShop(async ({ tx }) => {
      for (const [visitorId, customerId] of Object.entries(visitors)) {
        const known = { shopId: shop.shopId, visitorId, firstSeenAt: now, lastSeenAt: now };
        await tx.visitorIdentity.create({ data: { ...known, customerId, logins: 1 } });
        const seen = { shopId: shop.shopId, visitorId, kind: 'view', productId: 'p1', receivedAt: now };
        const times = visitorId === 'glance' ? 2 : 3;
        await tx.signal.createMany({
          data: Array.from({ length: times }, () => ({ ...seen, id: randomUUID(), occurredAt: daysBefore(now, 1) })),
        });
      }
    });
    const line = { ...{ id: '1', productId: 'p1', variantId: 'v1', title: '', quantity: 1 }, unitPriceMinor: 5000 };
    const bought = { ...line, discountMinor: 0, refundedQuantity: 0, bundleId: null, source: null };
    await arrive(shop, [order('1', 'bert', { lines: [bought] })]);
    await shop.give();
    await shop.give();
    expect(await shop.grants()).toMatchObject([{ customerId: 'anna', productId: 'p1', occurrence: 'viewed:p1' }]);
    for (const { terms } of await shop.codes()) expect(terms).toMatchObject({ basisPoints: 1000, productIds: ['p1'] });
  });
});

it('an offer for chosen products below the lowest margin is refused, with the reason; one for everything is not', async () => {
  const shop = await offerShop(made);
  await shop.inShop(({ tx }) => tx.variant.updateMany({ where: { shopId: shop.shopId }, data: { costMinor: 5000n } }));
  const save = (terms: OfferTerms) =>
    saveOffer(made.services, shop.shopId, null, { title: 'Too much', terms, revision: 0 });
  const gift: OfferTerms['gift'] = { type: 'percentage', sizes: [1000], on: 'products', productIds: ['p1'] };
  expect(await save(winBack)).toMatchObject({ ok: true });
  const saved = await save({ ...winBack, gift });
  expect(saved).toMatchObject({ ok: false, code: 'margin' });
  expect(saved.ok ? '' : saved.message).toContain('lowest margin');
});

it('a customer who is forgotten leaves sums behind, no name and no code', async () => {
  const shop = await offerShop(made);
  await shop.lose(['anna']);
  await shop.live({ holdoutBps: 500, gift: { type: 'amount', sizes: [500] } });
  await shop.give();
  await shop.inShop((scope) => forgetPerson(made.services, scope, { customerId: 'anna', email: null, orderIds: [] }));
  await shop.open();
  await shop.give();
  const text = JSON.stringify([await shop.grants(), await shop.codes(), await shop.mails()], (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  expect(text).not.toContain('anna');
  expect((await shop.codes()).every(({ state }) => state === 'withdrawn')).toBe(true);
});

it('sizes that only cost are taken out, and the offer ends when none is left', async () => {
  const shop = await offerShop(made);
  const customers = people(1500);
  await shop.lose(customers);
  const id = await shop.live({ holdoutBps: 5000 });
  await shop.give();
  // Everybody buys, with an offer or without: what was given away is lost.
  const bought = (await shop.grants()).map(({ customerId, size }, at) => {
    const off = ((size ?? 0) * 5000) / 10_000;
    const line = {
      ...{ id: '1', productId: 'p1', variantId: 'v1', title: '', quantity: 1, unitPriceMinor: 5000 },
      ...{ discountMinor: off, refundedQuantity: 0, bundleId: null, source: null },
    };
    return order(String(at), customerId ?? '', {
      placedAt: new Date(now.getTime() + 1000),
      lines: [line],
      discountMinor: off,
    });
  });
  const later = new Date(now.getTime() + day);
  const services = { ...made.services, clock: { now: () => later } };
  await shop.inShop((scope) => upsertOrders(scope, bought));
  await judgeOffers(
    { shopId: shop.shopId },
    { services, attempt: 1, lastAttempt: true, signal: new AbortController().signal },
  );
  const offer = await shop.inShop((scope) => findOffer(scope, id));
  expect(offer).toMatchObject({ status: 'ended', endReason: 'no-gain' });
  expect(offer?.stopped.map(({ size, reason }) => [size, reason])).toEqual([
    [500, 'harm'],
    [1000, 'harm'],
  ]);
  if (!offer) throw new Error('the offer is there');
  const measured = await shop.inShop((scope) => measureOffer(scope, offer, later));
  expect(measured?.result.status).toBe('loss');
});
