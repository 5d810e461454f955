import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findOffer, type OfferTerms, readOffers } from '#app/domains/personal-offers/index.ts';
import { beginProgramme, switchProgramme } from '#app/domains/loyalty/index.ts';
import { archiveSegment } from '#app/domains/segments/index.ts';
import { countAudience } from '#app/flows/personal-offers/audience.ts';
import { saveOffer, switchOffer } from '#app/flows/personal-offers/merchant.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { plainProgramme } from '#tests/integration/loyalty/loyal-shop.ts';
import { daysAgo, now as start, offerShop, order, winBack } from './offer-shop.ts';

let made: TestServices;
let now = start;
beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());
beforeEach(() => {
  now = start;
});

type Shop = Awaited<ReturnType<typeof offerShop>>;

describe('a segment that is gone', () => {
  it.each(['archived', 'deleted', 'of another shop'])('%s: nobody is in it, those of the others are', async (how) => {
    const shop = await offerShop(made);
    const owner = how === 'of another shop' ? await offerShop(made) : shop;
    const gone = await owner.segment('Gone', ['anna']);
    if (how === 'archived') await shop.inShop((scope) => archiveSegment(scope, gone, true, now));
    if (how === 'deleted') await shop.inShop(({ tx }) => tx.segment.deleteMany({ where: { shopId: shop.shopId } }));
    await shop.lose(['anna', 'bert']);
    const terms: OfferTerms = { ...winBack, among: [gone] };
    expect(await shop.inShop((scope) => countAudience(made.services, scope, terms, now))).toMatchObject({
      customers: 0,
    });
    await shop.live({ among: [gone, await shop.segment('There', ['bert'])] });
    await shop.give();
    expect(Object.fromEntries(await shop.became())).toEqual({ anna: 'not-among', bert: 'given' });
  });
});

describe('a segment whose customers are still being looked for', () => {
  it('is waited for', async () => {
    const shop = await offerShop(made);
    const among = await shop.segment('New', [], false);
    await shop.lose(['anna', 'bert']);
    await shop.live({ among: [among] });
    const other = await shop.live({ trigger: { type: 'order', nth: null, minTotalMinor: null } });
    await shop.arrive([order('1', 'carl')]);
    await shop.give();
    expect(Object.fromEntries(await shop.became())).toEqual({ anna: 'waiting', bert: 'waiting', carl: 'given' });
    expect((await shop.grants({ offerId: other })).map(({ state }) => state)).toEqual(['given']);
    await shop.inShop(async ({ tx }) => {
      await tx.segmentMember.create({
        data: { shopId: shop.shopId, segmentId: among, customerId: 'bert', since: now },
      });
      await tx.segment.updateMany({ where: { shopId: shop.shopId }, data: { filledRevision: 1 } });
    });
    await shop.give();
    expect(Object.fromEntries(await shop.became())).toEqual({ anna: 'not-among', bert: 'given', carl: 'given' });
  });

  it('is not waited for where that takes too long', async () => {
    const shop = await offerShop(made);
    const among = await shop.segment('New', [], false);
    await shop.inShop(({ tx }) =>
      tx.segment.updateMany({ where: { shopId: shop.shopId }, data: { problem: 'too-heavy' } }),
    );
    await shop.lose(['anna']);
    await shop.live({ among: [among] });
    await shop.give();
    expect(await shop.became()).toEqual([['anna', 'not-among']]);
  });
});

describe('a change of whom it is for', () => {
  it.each([{ among: true }, { holdoutBps: 1_500 }])(
    'loses no rise in level that waits to be settled: %o',
    async (to) => {
      const shop = await offerShop(made);
      const level = {
        ...{ id: 'gold', name: 'Gold', at: 100, multiplierBps: 10_000 },
        ...{ entryPoints: 0, freeShipping: false, perks: [] },
      };
      const settings = { ...plainProgramme, pendingDays: 14, tiers: { ...plainProgramme.tiers, levels: [level] } };
      await shop.inShop(async (scope) => {
        await beginProgramme(scope, settings, 'salt', daysAgo(9));
        await switchProgramme(scope, true, daysAgo(9));
      });
      await shop.live({ trigger: { type: 'tier', tierIds: ['gold'] }, holdoutBps: 500 });
      await shop.inShop(async ({ tx, shopId }) => {
        const risen = { shopId, customerId: 'anna' };
        await tx.loyaltyTierChange.create({ data: { ...risen, fromTier: '', toTier: 'gold', at: start } });
        await tx.loyaltyMember.create({
          data: { ...risen, joinedAt: daysAgo(9), source: 'order', tier: 'gold', tierSince: start },
        });
      });
      now = daysAgo(-10);
      await change(shop, 'among' in to ? { among: [await shop.segment('Friends', ['anna'])] } : to);
      now = daysAgo(-15);
      await shop.give();
      await shop.give();
      expect((await shop.became()).map(([customer]) => customer)).toEqual(['anna']);
      expect((await shop.became())[0]?.[1]).toMatch(/^(given|held-out)$/);
    },
  );

  const offerOf = async (shop: Shop) => (await shop.inShop((scope) => readOffers(scope)))[0]!;
  const change = async (shop: Shop, to: Partial<OfferTerms>) => {
    const { id, title, terms, revision } = await offerOf(shop);
    expect(await saveOffer(made.services, shop.shopId, id, { title, terms: { ...terms, ...to }, revision })).toEqual({
      ok: true,
      value: { id },
    });
  };

  it('asks those anew who were there from the start and still are, once', async () => {
    const shop = await offerShop(made);
    const wrong = await shop.segment('Wrong', ['anna']);
    await shop.lose(['anna', 'bert', 'carl']);
    await shop.live({ among: [wrong] });
    await shop.give();
    await shop.inShop(({ tx }) => tx.customerScore.deleteMany({ where: { shopId: shop.shopId, customerId: 'carl' } }));
    await change(shop, { note: 'Hello' });
    expect((await shop.grants()).filter(({ state }) => state === 'waiting')).toEqual([]);
    await shop.give();
    expect(Object.fromEntries(await shop.became())).toEqual({ anna: 'given', bert: 'not-among', carl: 'not-among' });
    await change(shop, { among: [] });
    await shop.give();
    await shop.give();
    expect(Object.fromEntries(await shop.became())).toEqual({ anna: 'given', bert: 'given', carl: 'not-among' });
    expect(await shop.grants()).toHaveLength(3);
  });

  it('asks nobody anew of an offer that is over, or that only takes who comes', async () => {
    const shop = await offerShop(made);
    const wrong = await shop.segment('Wrong', []);
    await shop.lose(['anna']);
    const id = await shop.live({ among: [wrong] });
    await shop.give();
    await change(shop, { trigger: { type: 'segment', segments: ['lost'], present: false }, among: ['lost'] });
    await shop.give();
    expect(await shop.became()).toEqual([['anna', 'not-among']]);
    await switchOffer(made.services, shop.shopId, id, { intent: 'end' });
    await change(shop, { trigger: winBack.trigger, among: [] });
    expect(await shop.became()).toEqual([['anna', 'not-among']]);
  });

  it('asks those of an offer that was over once it begins again', async () => {
    const shop = await offerShop(made);
    const wrong = await shop.segment('Wrong', []);
    await shop.lose(['anna', 'bert']);
    const id = await shop.live({ among: [wrong] });
    await shop.give();
    await switchOffer(made.services, shop.shopId, id, { intent: 'end' });
    await change(shop, { among: [await shop.segment('Right', ['bert'])] });
    await shop.give();
    const leftOut = { anna: 'not-among', bert: 'not-among' };
    expect(Object.fromEntries(await shop.became())).toEqual(leftOut);
    await switchOffer(made.services, shop.shopId, id, { intent: 'start' });
    await shop.give();
    await shop.give();
    expect(Object.fromEntries(await shop.became())).toEqual({ ...leftOut, bert: 'given' });
    expect(await shop.codes()).toHaveLength(1);
  });

  it('starts the comparison anew, the same segments in another order do not', async () => {
    const shop = await offerShop(made);
    const id = await shop.live({ among: ['lost', 'champions'] });
    const since = async () => (await shop.inShop((scope) => findOffer(scope, id)))?.liveFrom;
    now = daysAgo(-1);
    await change(shop, { among: ['champions', 'lost'] });
    expect(await since()).toEqual(start);
    await change(shop, { among: ['champions'] });
    expect(await since()).toEqual(now);
  });
});

it('an offer that was stored before it could be for some is for everybody', async () => {
  const shop = await offerShop(made);
  await shop.lose(['anna']);
  await shop.live();
  await shop.inShop(
    ({ tx }) => tx.$executeRaw`UPDATE personal_offer SET terms = terms - 'among' WHERE shop_id = ${shop.shopId}::uuid`,
  );
  const [offer] = await shop.inShop((scope) => readOffers(scope));
  expect(offer?.terms.among).toEqual([]);
  await shop.give();
  expect(await shop.became()).toEqual([['anna', 'given']]);
});
