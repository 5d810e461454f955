import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteOrder, upsertOrders } from '#app/domains/orders/index.ts';
import { findOffer, type OfferTerms } from '#app/domains/personal-offers/index.ts';
import { forgetPerson } from '#app/flows/customer-flows.ts';
import judgeOffers from '#app/flows/personal-offers/judge-offers.ts';
import { measureOffer } from '#app/flows/personal-offers/measure.ts';
import { saveOffer } from '#app/flows/personal-offers/merchant.ts';
import { readMyOffers } from '#app/flows/personal-offers/shopper.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { waitFor } from '#tests/setup/shopify.ts';
import { daysAgo, now, offerShop, order, people, winBack } from './offer-shop.ts';

let made: TestServices;
beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

describe('orders', () => {
  const afterFirst = { trigger: { type: 'order', nth: 1, minTotalMinor: 3000 } } as const;

  it('meet a trigger once, however often they come, and only those that are meant', async () => {
    const shop = await offerShop(made);
    await shop.live(afterFirst);
    const orders = [
      order('1', 'anna'),
      order('2', 'anna', { placedAt: new Date(now.getTime() + 1000) }),
      order('3', 'bert', { totalMinor: 2999 }),
      order('4', 'carl', { placedAt: daysAgo(1) }),
      order('5', 'dora', { cancelledAt: now }),
      order('6', 'emil'),
    ];
    await shop.arrive(orders);
    await shop.arrive(orders.toReversed());
    expect((await shop.grants()).map(({ customerId, occurrence }) => [customerId, occurrence])).toEqual([
      ['anna', 'order:1'],
      ['emil', 'order:6'],
    ]);
  });

  it('that carry a code are booked at what it took off, and give it back when they are cancelled', async () => {
    const shop = await offerShop(made);
    await shop.live({ ...afterFirst, holdoutBps: 500 });
    await shop.arrive(people(8).map((id, at) => order(String(at + 1), id)));
    await shop.give();
    await shop.open();
    const [code] = await shop.codes();
    const uses = order('99', code?.customerId ?? '', { codes: [{ code: code?.code ?? '', discountMinor: 321 }] });
    const booked = async () => (await shop.grants()).find((grant) => grant.id === code?.sourceId);
    await shop.arrive([uses]);
    expect(await booked()).toMatchObject({ bookedMinor: 321n, orderId: '99' });
    await shop.arrive([{ ...uses, cancelledAt: now, updatedAt: new Date(now.getTime() + 5000) }]);
    expect(await booked()).toMatchObject({ bookedMinor: null, orderId: null, state: 'given' });
  });

  it('are booked whichever of the codes that stood for each other they carry, and are told of again', async () => {
    const shop = await offerShop(made);
    await shop.live(afterFirst);
    await shop.arrive([order('1', 'anna')]);
    await shop.give();
    const later = (minutes: number) => ({ updatedAt: new Date(now.getTime() + minutes * 60_000) });
    const uses = async (id: string, at: number) => {
      await shop.open();
      return order(id, 'anna', { codes: [{ code: (await shop.codes())[at]?.code ?? '', discountMinor: 300 }] });
    };
    const first = await uses('2', 0);
    await shop.arrive([first], false);
    await shop.arrive([{ ...first, cancelledAt: now, ...later(1) }], false);
    const second = await uses('3', 1);
    await shop.arrive([second], false);
    // The store tells of what it did with the cancelled one.
    await shop.arrive([{ ...first, cancelledAt: now, ...later(2) }], false);
    const booked = async () => (await shop.grants())[0];
    expect(await booked()).toMatchObject({ bookedMinor: 300n, orderId: '3' });
    await shop.arrive([{ ...first, ...later(3) }], false);
    expect(await booked()).toMatchObject({ bookedMinor: 600n });
    await shop.inShop(async (scope) => {
      await deleteOrder(scope, '2');
      await deleteOrder(scope, '3');
    });
    await shop.tell(['2', '3']);
    expect(await booked()).toMatchObject({ bookedMinor: null, orderId: null });
  });

  it('of another currency are booked at what was reserved for the code, whose sum is in the shop’s', async () => {
    const shop = await offerShop(made);
    await shop.live({ ...afterFirst, gift: { type: 'amount', sizes: [500] }, holdoutBps: 500 });
    await shop.arrive([order('1', 'anna')]);
    await shop.give();
    await shop.open();
    const [code] = await shop.codes();
    const codes = [{ code: code?.code ?? '', discountMinor: 80_000 }];
    await shop.arrive([order('2', 'anna', { currency: 'JPY', codes })]);
    expect(await shop.grants()).toMatchObject([{ reservedMinor: 500n, bookedMinor: 500n, orderId: '2' }]);
  });

  it('of any size cannot exceed the budget where a share has a bound', async () => {
    const shop = await offerShop(made);
    const gift: OfferTerms['gift'] = {
      type: 'percentage',
      sizes: [1000],
      mostMinor: 1500,
      on: 'everything',
      productIds: [],
    };
    await shop.live({ ...afterFirst, gift, budget: { minor: 3100, count: null }, holdoutBps: 500 });
    await shop.arrive(people(8).map((id, at) => order(String(at + 1), id)));
    await shop.give();
    const given = (await shop.grants()).filter(({ state }) => state === 'given');
    expect(given.map(({ reservedMinor }) => reservedMinor)).toEqual([1500n, 1500n]);
    expect((await shop.codes()).map(({ terms }) => terms)).toEqual(
      Array(2).fill(expect.objectContaining({ basisPoints: 1000, mostMinor: 1500 })),
    );
  });

  it('that ship for free are booked at what was reserved: no order tells what its parcel cost as part of its codes', async () => {
    const shop = await offerShop(made);
    await shop.live({ ...afterFirst, gift: { type: 'free-shipping', costMinor: 490 }, holdoutBps: 500 });
    await shop.arrive([order('1', 'anna')]);
    await shop.give();
    await shop.open();
    const [code] = await shop.codes();
    await shop.arrive([order('2', 'anna', { codes: [{ code: code?.code ?? '', discountMinor: 0 }] })]);
    expect(await shop.grants()).toMatchObject([{ reservedMinor: 490n, bookedMinor: 490n, orderId: '2' }]);
  });

  it('that are cancelled leave a new code where the store never gives a use back, and it goes when they are opened again', async () => {
    const shop = await offerShop(made);
    await shop.live(afterFirst);
    await shop.arrive([order('1', 'anna')]);
    await shop.give();
    await shop.open();
    const states = async () => (await shop.codes()).map(({ state }) => state);
    const [code] = await shop.codes();
    const uses = order('2', 'anna', { codes: [{ code: code?.code ?? '', discountMinor: 300 }] });
    const later = (minutes: number) => ({ updatedAt: new Date(now.getTime() + minutes * 60_000) });
    await shop.arrive([uses], false);
    for (let again = 0; again < 2; again += 1) await shop.arrive([{ ...uses, cancelledAt: now, ...later(1) }], false);
    expect(await states()).toEqual(['used', 'wanted']);
    await shop.open();
    const shown = () => shop.inShop((scope) => readMyOffers(scope, 'anna', { currency: 'EUR', now }));
    const [, fresh] = await shop.codes();
    expect(await shown()).toMatchObject([{ code: fresh?.code }]);
    expect(fresh?.code).not.toBe(code?.code);
    await shop.arrive([{ ...uses, ...later(2) }], false);
    expect(await states()).toEqual(['used', 'withdrawn']);
    expect(await shown()).toEqual([]);
    const [grant] = await shop.grants();
    expect(grant).toMatchObject({ bookedMinor: 300n, orderId: '2' });
    // The merchant takes the offer back: nobody gets another code for it.
    await shop.inShop(({ tx }) =>
      tx.personalOfferGrant.updateMany({ where: { shopId: shop.shopId }, data: { state: 'withdrawn' } }),
    );
    await shop.arrive([{ ...uses, cancelledAt: now, ...later(3) }], false);
    expect(await states()).toEqual(['used', 'withdrawn']);
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
          data: Array.from({ length: times }, () => ({ ...seen, id: randomUUID(), occurredAt: daysAgo(1) })),
        });
      }
    });
    const line = { ...{ id: '1', productId: 'p1', variantId: 'v1', title: '', quantity: 1 }, unitPriceMinor: 5000 };
    const bought = { ...line, discountMinor: 0, refundedQuantity: 0, bundleId: null, source: null };
    await shop.arrive([order('1', 'bert', { lines: [bought] })]);
    await shop.give();
    await shop.give();
    expect(await shop.grants()).toMatchObject([
      { customerId: 'anna', productId: 'p1', occurrence: 'viewed:p1:2026-03-02T09:00' },
    ]);
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
  const later = daysAgo(-1);
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
