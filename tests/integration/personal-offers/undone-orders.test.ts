import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { beginProgramme, switchProgramme } from '#app/domains/loyalty/index.ts';
import { deleteOrder } from '#app/domains/orders/index.ts';
import type { OfferTerms } from '#app/domains/personal-offers/index.ts';
import { decideWaiting } from '#app/flows/personal-offers/decide-waiting.ts';
import { offerForOrders } from '#app/flows/personal-offers/order-step.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { plainProgramme } from '#tests/integration/loyalty/loyal-shop.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { waitFor } from '#tests/setup/shopify.ts';
import { findGone } from '#tests/setup/find-gone.ts';
import { daysAgo, now as start, offerShop, order, people } from './offer-shop.ts';

let made: TestServices;
let now = start;
beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now }, platforms: createPlatforms });
});
afterAll(() => made.dispose());
beforeEach(() => {
  now = start;
});

type Shop = Awaited<ReturnType<typeof offerShop>>;
const afterOrder: Partial<OfferTerms> = { trigger: { type: 'order', nth: null, minTotalMinor: null }, holdoutBps: 500 };
const statesOf = async (shop: Shop) => (await shop.grants()).map(({ state, reason }) => [state, reason]);
/** Customers to whom the offer gives something. */
async function given(shop: Shop): Promise<string[]> {
  await shop.arrive(people(8).map((id) => order(`o-${id}`, id)));
  await shop.give();
  await shop.open();
  return (await shop.grants()).flatMap(({ state, customerId }) => (state === 'given' ? (customerId ?? []) : []));
}

describe('an offer after an order', () => {
  const later = new Date(start.getTime() + 5_000);
  const line = {
    ...{ id: '1', productId: 'p1', variantId: 'v1', title: '', quantity: 1, unitPriceMinor: 5_000 },
    ...{ discountMinor: 0, refundedQuantity: 1, bundleId: null, source: null },
  };

  it.each([
    ['is cancelled', { cancelledAt: later }],
    ['is refunded', { refundedMinor: 5_000 }],
    ['comes back', { lines: [line] }],
  ])('is taken back when the order %s, once', async (_, change) => {
    const shop = await offerShop(made);
    await shop.live(afterOrder);
    const [anna = '', ben = ''] = await given(shop);
    const gone = order(`o-${anna}`, anna, { ...change, updatedAt: later });
    await shop.arrive([gone]);
    await shop.arrive([gone, order(`o-${ben}`, ben, { refundedMinor: 1, updatedAt: later })]);
    await shop.give();
    const grants = await shop.grants();
    const stateOf = (id: string) => grants.find(({ customerId }) => customerId === id)?.state;
    expect([stateOf(anna), stateOf(ben)]).toEqual(['withdrawn', 'given']);
    const codes = await shop.codes();
    expect(codes.find(({ customerId }) => customerId === anna)).toMatchObject({ state: 'withdrawn', todo: 'remove' });
    expect(codes.find(({ customerId }) => customerId === ben)).toMatchObject({ state: 'open' });
    // It was none of the offers that the customer may get: the next order brings one.
    await shop.arrive([order('next', anna)]);
    await shop.give();
    expect((await shop.grants()).find(({ occurrence }) => occurrence === 'order:next')?.state).toBe('given');
  });

  it('is taken back when the order is deleted', async () => {
    const shop = await offerShop(made);
    await shop.live(afterOrder);
    const [anna = ''] = await given(shop);
    await shop.inShop(async (scope) => {
      await deleteOrder(scope, `o-${anna}`);
      await offerForOrders(made.services, scope, [`o-${anna}`]);
    });
    await shop.give();
    expect((await shop.grants()).find(({ customerId }) => customerId === anna)?.state).toBe('withdrawn');
  });

  it('stays where it was used', async () => {
    const shop = await offerShop(made);
    await shop.live(afterOrder);
    const [anna = ''] = await given(shop);
    const code = (await shop.codes()).find(({ customerId }) => customerId === anna)?.code ?? '';
    await shop.arrive([order('uses', anna, { codes: [{ code, discountMinor: 250 }] })]);
    await shop.arrive([order(`o-${anna}`, anna, { cancelledAt: later, updatedAt: later })]);
    await shop.give();
    const grant = (await shop.grants()).find(({ occurrence }) => occurrence === `order:o-${anna}`);
    expect(grant).toMatchObject({ state: 'given', bookedMinor: 250n });
  });

  it.each([true, false])('goes where the order that used it goes as well, uses come back: %s', async (returnsUses) => {
    const shop = await offerShop(made);
    await shop.live(afterOrder);
    const [anna = ''] = await given(shop);
    const [code] = (await shop.codes()).filter(({ customerId }) => customerId === anna);
    const uses = order('uses', anna, { codes: [{ code: code?.code ?? '', discountMinor: 250 }] });
    await shop.arrive([uses], returnsUses);
    await shop.arrive([order(`o-${anna}`, anna, { cancelledAt: later, updatedAt: later })], returnsUses);
    await shop.arrive([{ ...uses, cancelledAt: later, updatedAt: later }], returnsUses);
    await shop.give();
    const grant = (await shop.grants()).find(({ occurrence }) => occurrence === `order:o-${anna}`);
    expect(grant).toMatchObject({ state: 'withdrawn', reason: 'order-undone', bookedMinor: null });
    const standing = (await shop.codes()).filter(
      ({ customerId, sourceId, state }) => customerId === anna && sourceId === grant?.id && state !== 'used',
    );
    expect(standing.filter(({ state }) => state !== 'withdrawn')).toEqual([]);
  });

  it('is taken back when the order is found to be gone without a word', async () => {
    const shop = await offerShop(made);
    await shop.live(afterOrder);
    const [anna = '', ben = ''] = await given(shop);
    await findGone(made, shop.shopId, { orders: [`o-${anna}`] });
    await shop.give();
    const grants = await shop.grants();
    const stateOf = (id: string) => grants.find(({ customerId }) => customerId === id)?.state;
    expect([stateOf(anna), stateOf(ben)]).toEqual(['withdrawn', 'given']);
  });

  it('is not given where the order goes first, and is when it is opened again', async () => {
    const shop = await offerShop(made);
    await shop.live(afterOrder);
    const first = order('1', 'anna');
    await shop.arrive([first]);
    await shop.arrive([{ ...first, cancelledAt: later, updatedAt: later }]);
    await shop.give();
    expect(await statesOf(shop)).toEqual([]);
    await shop.arrive([{ ...first, updatedAt: new Date(later.getTime() + 1_000) }]);
    expect(await statesOf(shop)).toEqual([['waiting', null]]);
  });

  it('is taken back also where the order goes while it is being decided on', async () => {
    const shop = await offerShop(made);
    await shop.live(afterOrder);
    const all = people(8).map((id) => order(`o-${id}`, id));
    await shop.arrive(all);
    const cancelling = Promise.withResolvers<unknown>();
    await shop.inShop(async (scope) => {
      await decideWaiting(scope, { limit: 500, basketMinor: 5_000 }, now);
      // Begins before the decision is committed, and cannot end before.
      cancelling.resolve(shop.arrive(all.map((one) => ({ ...one, cancelledAt: later, updatedAt: later }))));
      await waitFor(async () => {
        const { rows } = await made.database.db.pool.query(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return rows.length > 0;
      }, 'the cancelling to wait for the decision');
    });
    await cancelling.promise;
    await shop.give();
    expect(new Set((await shop.grants()).map(({ state }) => state))).toEqual(new Set(['withdrawn']));
  });

  it('of another shop is left alone', async () => {
    const [here, there] = [await offerShop(made), await offerShop(made)];
    await there.live(afterOrder);
    const [anna = ''] = await given(there);
    await here.arrive([order(`o-${anna}`, anna, { cancelledAt: later })]);
    await here.inShop((scope) => offerForOrders(made.services, scope, ['o-none']));
    expect((await there.grants()).find(({ customerId }) => customerId === anna)?.state).toBe('given');
  });
});

describe('an offer for a new level', () => {
  const level = { multiplierBps: 10_000, entryPoints: 0, freeShipping: false, perks: [] };
  const levels = ['base', 'silver', 'gold'].map((id, at) => ({ ...level, id, name: id, at: at * 100 }));

  it('waits until the orders that brought it are settled, and is for whoever stayed', async () => {
    const shop = await offerShop(made);
    const settings = { ...plainProgramme, pendingDays: 14, tiers: { ...plainProgramme.tiers, levels } };
    await shop.inShop(async (scope) => {
      await beginProgramme(scope, settings, 'salt', daysAgo(9));
      await switchProgramme(scope, true, daysAgo(9));
    });
    await shop.live({ trigger: { type: 'tier', tierIds: ['silver', 'gold'] } });
    const rises = (customerId: string, ...tiers: string[]) =>
      shop.inShop(async ({ tx }) => {
        const changes = tiers.slice(1).map((toTier, at) => ({ fromTier: tiers[at] ?? '', toTier, at: start }));
        for (const change of changes)
          await tx.loyaltyTierChange.create({ data: { shopId: shop.shopId, customerId, ...change } });
        const known = { shopId: shop.shopId, customerId, joinedAt: daysAgo(9), source: 'order' };
        await tx.loyaltyMember.create({ data: { ...known, tier: tiers.at(-1) ?? '', tierSince: start } });
      });
    await rises('anna', 'base', 'silver');
    await rises('ben', 'base', 'silver', 'base');
    await rises('cleo', 'base', 'gold', 'silver');
    await rises('dora', 'base', 'silver', 'gold');
    await rises('emil', 'base', 'silver', 'base', 'silver');
    await rises('fred', '', 'base');
    await rises('gina', 'base', 'silver');
    await shop.inShop(({ tx }) =>
      tx.loyaltyMember.updateMany({ where: { customerId: 'gina' }, data: { tierBelowSince: start } }),
    );
    now = daysAgo(-13);
    await shop.give();
    expect(await shop.grants()).toEqual([]);
    now = daysAgo(-14);
    await shop.give();
    await shop.give();
    expect((await shop.grants()).map(({ customerId }) => customerId)).toEqual(['anna', 'dora', 'dora', 'emil']);
  });
});
