import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { beginProgramme, switchProgramme } from '#app/domains/loyalty/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { type OfferTerms, readLog, type Trigger } from '#app/domains/personal-offers/index.ts';
import { createSegment, type RuleGroup } from '#app/domains/segments/index.ts';
import { countAudience } from '#app/flows/personal-offers/audience.ts';
import { offerForOrders } from '#app/flows/personal-offers/order-step.ts';
import { fillWithin } from '#app/flows/segments/fill-segments.ts';
import { followOrders } from '#app/flows/segments/follow-customers.ts';
import { whyWords } from '#app/ui/personal-offers/words.ts';
import { plainProgramme } from '#tests/integration/loyalty/loyal-shop.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { now as start, offerShop, order } from './offer-shop.ts';

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
const day = 86_400_000;
const after = (days: number): Date => new Date(start.getTime() + days * day);
async function look(shop: Shop, customerId: string): Promise<void> {
  const visitorId = `browser of ${customerId}`;
  await shop.inShop(async ({ tx }) => {
    await tx.visitorIdentity.createMany({
      data: [{ shopId: shop.shopId, visitorId, customerId, logins: 1, firstSeenAt: now, lastSeenAt: now }],
      skipDuplicates: true,
    });
    const seen = { shopId: shop.shopId, visitorId, kind: 'view', productId: 'p1', receivedAt: now, occurredAt: now };
    await tx.signal.createMany({ data: [1, 2, 3].map(() => ({ ...seen, id: randomUUID() })) });
  });
}

/** How customers meet each trigger, once the offer is live. */
const meeting: {
  readonly [Type in Trigger['type']]: {
    readonly trigger: Extract<Trigger, { type: Type }>;
    readonly before?: (shop: Shop, ids: readonly string[]) => Promise<unknown>;
    readonly meet?: (shop: Shop, ids: readonly string[]) => Promise<unknown>;
  };
} = {
  segment: {
    trigger: { type: 'segment', segments: ['lost'], present: true },
    before: (shop, ids) => shop.lose(ids),
  },
  order: {
    trigger: { type: 'order', nth: 1, minTotalMinor: 1000 },
    meet: (shop, ids) => shop.arrive(ids.map((id) => order(`o-${id}`, id))),
  },
  viewed: {
    trigger: { type: 'viewed', times: 3, days: 7 },
    async meet(shop, ids) {
      for (const id of ids) await look(shop, id);
    },
  },
  tier: {
    trigger: { type: 'tier', tierIds: ['gold'] },
    before: (shop, ids) => joined(shop, ids, {}),
    meet: (shop, ids) => {
      const change = { shopId: shop.shopId, fromTier: '', toTier: 'gold', at: now };
      // Up, down, and up again: one customer all the same.
      const moves = [change, { ...change, fromTier: 'gold', toTier: '' }, change];
      const data = ids.flatMap((customerId) => moves.map((move) => ({ ...move, customerId })));
      return shop.inShop(({ tx }) => tx.loyaltyTierChange.createMany({ data }));
    },
  },
  birthday: {
    trigger: { type: 'birthday' },
    before: (shop, ids) =>
      joined(shop, ids, { birthdayHash: made.services.secrets.hash('3-2', `birthday ${shop.shopId}`) }),
  },
};

/** Members of a programme with one level. */
async function joined(shop: Shop, ids: readonly string[], data: { birthdayHash?: string }): Promise<void> {
  const level = {
    id: 'gold',
    name: 'Gold',
    at: 100,
    multiplierBps: 10_000,
    entryPoints: 0,
    freeShipping: false,
    perks: [],
  };
  await shop.inShop(async (scope) => {
    const settings = { ...plainProgramme, tiers: { ...plainProgramme.tiers, levels: [level] } };
    await beginProgramme(scope, settings, 'salt', now);
    await switchProgramme(scope, true, now);
    await scope.tx.loyaltyMember.createMany({
      data: ids.map((customerId) => ({ shopId: shop.shopId, customerId, joinedAt: now, source: 'order', ...data })),
    });
  });
}

describe.each(Object.entries(meeting))('an offer for some, at the trigger %s', (_, { trigger, before, meet }) => {
  it('is given to who is in one of its segments, counted for them alone, and the others read why not', async () => {
    const shop = await offerShop(made);
    const among = [await shop.segment('Friends', ['dora']), await shop.segment('Good ones', ['anna', 'emil'])];
    const ids = ['anna', 'bert', 'carl'];
    await before?.(shop, ids);
    await shop.live({ trigger, among, cap: { times: 1, days: 300 } });
    await meet?.(shop, ids);
    const count = (list: readonly string[]) =>
      shop.inShop((scope) => countAudience(made.services, scope, { trigger, among: [...list] }, now));
    expect(await count([])).toMatchObject({ customers: 3, among: false });
    expect(await count(among)).toMatchObject({ customers: 1, among: true });
    expect(await count(['champions'])).toMatchObject({ customers: 0, among: true });

    // For a level, the goods have to stay.
    now = trigger.type === 'tier' ? after(1) : start;
    await shop.give();
    await shop.give();
    const byCustomer = new Map(await shop.became());
    expect([...byCustomer].toSorted()).toEqual([
      ['anna', 'given'],
      ['bert', 'not-among'],
      ['carl', 'not-among'],
    ]);
    expect((await shop.codes()).map(({ customerId }) => customerId)).toEqual(['anna']);
    const log = await shop.inShop((scope) => readLog(scope, { offerId: null, customerId: 'bert' }, 10));
    expect(whyWords(log[0]!, 'EUR')).toBe('The customer was in none of the segments that it is only for.');
  });
});

it('an order counts before it is asked who is in a segment: by it customers come, and go', async () => {
  const shop = await offerShop(made);
  const once = randomUUID();
  const definition: RuleGroup = {
    kind: 'group',
    match: 'all',
    of: [{ kind: 'orders', values: { compare: 'exactly', count: 1, days: 365 } }],
  };
  const at = { platformCreatedAt: start, platformUpdatedAt: start };
  await shop.inShop(({ tx }) => tx.customer.create({ data: { shopId: shop.shopId, id: 'anna', tags: [], ...at } }));
  await shop.inShop((scope) => createSegment(scope, once, { name: 'Ordered once', definition }, now));
  await fillWithin(made.services, { shopId: shop.shopId, all: false }, new AbortController().signal, 10_000);
  await shop.live({
    ...{ trigger: { type: 'order', nth: null, minTotalMinor: null }, among: [once] },
    cap: { times: 5, days: 30 },
  });
  for (const id of ['1', '2']) {
    // As the steps of an order follow each other.
    await shop.inShop(async (scope) => {
      await upsertOrders(scope, [order(id, 'anna')]);
      await followOrders(made.services, scope, [id]);
      await offerForOrders(made.services, scope, [id]);
    });
    await shop.give();
  }
  const grants = (await shop.grants()).toSorted((a, b) => a.occurrence.localeCompare(b.occurrence));
  expect(grants.map(({ occurrence, state, reason }) => [occurrence, reason ?? state])).toEqual([
    ['order:1', 'given'],
    ['order:2', 'not-among'],
  ]);
});

describe('who looked again and again', () => {
  const trigger: OfferTerms['trigger'] = { type: 'viewed', times: 3, days: 7 };
  const members = (shop: Shop, segmentId: string, customerId: string) =>
    shop.inShop(({ tx }) =>
      tx.segmentMember.create({ data: { shopId: shop.shopId, segmentId, customerId, since: now } }),
    );

  it('and was in no segment gets the offer once they are, and is not asked again and again before', async () => {
    const shop = await offerShop(made);
    const among = await shop.segment('Good ones', []);
    await shop.live({ trigger, among: [among] });
    await look(shop, 'anna');
    for (const minute of [0, 10, 20]) {
      now = new Date(start.getTime() + minute * 60_000);
      await shop.give();
    }
    expect(await shop.became()).toEqual([['anna', 'not-among']]);
    now = after(1);
    await members(shop, among, 'anna');
    for (const again of [1, 2]) {
      now = after(again);
      await shop.give();
    }
    expect(await shop.became()).toEqual([
      ['anna', 'not-among'],
      ['anna', 'given'],
    ]);
  });

  it('and was held back by a limit stays so, whatever segment they come into', async () => {
    const shop = await offerShop(made);
    const among = await shop.segment('Good ones', ['anna']);
    await shop.live({ trigger, among: [among], budget: { minor: 1, count: null } });
    await look(shop, 'anna');
    for (const later of [0, 1, 2]) {
      now = after(later);
      await shop.give();
    }
    expect(await shop.became()).toEqual([['anna', 'budget']]);
  });

  it('and has the offer gets no second one for coming into a segment', async () => {
    const shop = await offerShop(made);
    const [one, other] = [await shop.segment('One', ['anna']), await shop.segment('Other', [])];
    await shop.live({ trigger, among: [one, other] });
    await look(shop, 'anna');
    await shop.give();
    now = after(1);
    await members(shop, other, 'anna');
    await shop.give();
    expect(await shop.became()).toEqual([['anna', 'given']]);
  });
});
