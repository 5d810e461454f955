import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findOffer, findShopsWithOfferWork, readLog, updateOffer } from '#app/domains/personal-offers/index.ts';
import { decideWaiting } from '#app/flows/personal-offers/decide-waiting.ts';
import { enterAll } from '#app/flows/personal-offers/enter.ts';
import { switchOffer } from '#app/flows/personal-offers/merchant.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { now, offerShop, order, people } from './offer-shop.ts';

let made: TestServices;
beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

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

  it('is asked for no more once what the store refused has ended', async () => {
    const shop = await offerShop(made);
    await shop.lose(people(12));
    await shop.live({ holdoutBps: 500 });
    await shop.give();
    await shop.inShop(({ tx }) =>
      tx.discountCode.updateMany({ where: { shopId: shop.shopId }, data: { state: 'refused', todo: null } }),
    );
    await shop.give();
    // The store may make them yet.
    expect(await made.services.db.asSystem(findShopsWithOfferWork)).toContain(shop.shopId);
    await shop.inShop(({ tx }) =>
      tx.personalOfferGrant.updateMany({ where: { shopId: shop.shopId }, data: { endsAt: now } }),
    );
    await shop.give();
    expect(await made.services.db.asSystem(findShopsWithOfferWork)).not.toContain(shop.shopId);
    expect(await shop.mails()).toEqual([]);
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
    await shop.arrive([
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
