import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adjustPoints, beginProgramme, switchProgramme } from '#app/domains/loyalty/index.ts';
import { countAudience } from '#app/flows/personal-offers/audience.ts';
import type { OfferTerms } from '#app/domains/personal-offers/index.ts';
import { tellBirthday } from '#app/flows/loyalty/shopper.ts';
import { readRewardsPage } from '#app/flows/rewards-page/read-page.ts';
import { plainProgramme } from '#tests/integration/loyalty/loyal-shop.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { offerShop } from './offer-shop.ts';

let made: TestServices;
let now = new Date('2027-01-04T09:00:00Z');
const at = (time: string): void => {
  now = new Date(time);
};
beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

describe('birthdays', () => {
  /** A shop in Berlin whose programme knows no points for birthdays. */
  async function birthdayShop(members: Readonly<Record<string, readonly [month: number, day: number]>>) {
    const shop = await offerShop(made);
    await shop.inShop(async (scope) => {
      await scope.tx.shop.update({ where: { id: shop.shopId }, data: { timeZone: 'Europe/Berlin' } });
      await beginProgramme(scope, plainProgramme, 'salt', now);
      await switchProgramme(scope, true, now);
    });
    const tell = async (customerId: string, [month, day]: readonly [number, number]) => {
      await shop.inShop((scope) =>
        adjustPoints(scope, { id: randomUUID(), customerId, points: 1, reason: 'joins' }, now),
      );
      expect(await tellBirthday(made.services, shop.shopId, customerId, { month, day })).toMatchObject({ ok: true });
    };
    for (const [customerId, date] of Object.entries(members)) await tell(customerId, date);
    const entered = async () => (await shop.grants()).map((one) => [one.customerId, one.occurrence]);
    return { ...shop, tell, entered };
  }
  const terms = { trigger: { type: 'birthday' }, cap: { times: 1, days: 330 } } as const satisfies Partial<OfferTerms>;

  it('bring the offer without a rule of points for them, once a year, on the shop’s day, 29 February too', async () => {
    at('2027-01-04T09:00:00Z');
    const shop = await birthdayShop({ anna: [2, 29], bert: [3, 1] });
    await shop.live(terms);
    at('2027-02-27T22:59:59Z');
    await shop.give();
    expect(await shop.entered()).toEqual([]);
    at('2027-02-27T23:00:00Z');
    await shop.give();
    await shop.give();
    expect(await shop.entered()).toEqual([['anna', 'birthday:2027']]);
    at('2027-03-02T09:00:00Z');
    await shop.give();
    expect(await shop.entered()).toEqual([
      ['anna', 'birthday:2027'],
      ['bert', 'birthday:2027'],
    ]);
    at('2028-02-28T09:00:00Z');
    await shop.give();
    expect(await shop.entered()).toHaveLength(2);
    at('2028-02-29T09:00:00Z');
    await shop.give();
    expect(await shop.entered()).toContainEqual(['anna', 'birthday:2028']);
    expect((await shop.grants()).every(({ state }) => state === 'given')).toBe(true);
  });

  it('that were told less than a week before count from the next year on', async () => {
    at('2027-05-01T09:00:00Z');
    const shop = await birthdayShop({});
    await shop.live(terms);
    await shop.tell('anna', [5, 2]);
    await shop.tell('bert', [5, 9]);
    for (const day of ['02', '05', '09']) {
      at(`2027-05-${day}T09:00:00Z`);
      await shop.give();
    }
    expect(await shop.entered()).toEqual([['bert', 'birthday:2027']]);
    at('2028-05-02T09:00:00Z');
    await shop.give();
    expect(await shop.entered()).toContainEqual(['anna', 'birthday:2028']);
  });

  it('from before the offer began do not count, that day’s own does', async () => {
    at('2027-06-01T09:00:00Z');
    const shop = await birthdayShop({ anna: [6, 19], bert: [6, 20] });
    at('2027-06-20T15:00:00Z');
    await shop.live(terms);
    await shop.give();
    expect(await shop.entered()).toEqual([['bert', 'birthday:2027']]);
    const reached = await shop.inShop((scope) => countAudience(made.services, scope, { ...terms, among: [] }, now));
    expect(reached).toEqual({ customers: 1, span: 'next-month', among: false });
  });

  it('are asked for on the page of rewards while such an offer is live', async () => {
    at('2027-07-01T09:00:00Z');
    const shop = await birthdayShop({ anna: [8, 1] });
    const asked = { customerId: 'anna', before: null, notice: null, back: null };
    const page = () => readRewardsPage(made.services, { of: () => Promise.resolve([]) }, shop.shopId, asked);
    expect(await page()).toMatchObject({ birthdays: false });
    await shop.live(terms);
    expect(await page()).toMatchObject({ birthdays: true });
  });
});

describe('a product that is looked at again', () => {
  const trigger = { type: 'viewed', times: 3, days: 7 } as const;

  async function lookingShop(change: Partial<OfferTerms>) {
    const shop = await offerShop(made);
    await shop.live({ trigger, ...change });
    await shop.inShop(({ tx }) =>
      tx.visitorIdentity.create({
        data: {
          ...{ shopId: shop.shopId, visitorId: 'browser', customerId: 'anna', logins: 1 },
          ...{ firstSeenAt: now, lastSeenAt: now },
        },
      }),
    );
    const look = async (time: string) => {
      at(time);
      const seen = { shopId: shop.shopId, visitorId: 'browser', kind: 'view', productId: 'p1' };
      await shop.inShop(({ tx }) =>
        tx.signal.createMany({
          data: Array.from({ length: 3 }, () => ({ ...seen, id: randomUUID(), receivedAt: now, occurredAt: now })),
        }),
      );
      await shop.give();
      await shop.give();
    };
    const states = async () =>
      (await shop.grants())
        .toSorted((a, b) => a.enteredAt.getTime() - b.enteredAt.getTime())
        .map(({ state, reason }) => reason ?? state);
    return { ...shop, look, states };
  }

  it('is offered again when the limit of one in 30 days allows it', async () => {
    const shop = await lookingShop({ cap: { times: 1, days: 30 } });
    await shop.look('2027-03-01T09:00:00Z');
    await shop.look('2027-03-15T09:00:00Z');
    expect(await shop.states()).toEqual(['given']);
    await shop.look('2027-03-31T09:00:00Z');
    expect(await shop.states()).toEqual(['given', 'given']);
  });

  it('is offered twice in 30 days where the limit is two', async () => {
    const shop = await lookingShop({ cap: { times: 2, days: 30 } });
    for (const day of ['01', '08', '16', '24', '31']) await shop.look(`2027-03-${day}T09:00:00Z`);
    expect(await shop.states()).toEqual(['given', 'given', 'given']);
  });

  it('is offered once there is budget, when the customer looks at it again', async () => {
    const shop = await lookingShop({ budget: { minor: 1, count: null }, cap: { times: 1, days: 30 } });
    await shop.look('2027-03-01T09:00:00Z');
    await shop.look('2027-03-05T09:00:00Z');
    expect(await shop.states()).toEqual(['budget']);
    await shop.inShop(async ({ tx }) => {
      const offers = await tx.personalOffer.findMany({ where: { shopId: shop.shopId } });
      const terms = { ...(offers[0]?.terms as OfferTerms), budget: { minor: null, count: null } };
      await tx.personalOffer.updateMany({ where: { shopId: shop.shopId }, data: { terms } });
    });
    await shop.look('2027-03-09T09:00:00Z');
    expect(await shop.states()).toEqual(['budget', 'given']);
  });
});
