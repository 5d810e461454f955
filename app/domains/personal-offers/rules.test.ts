import { describe, expect, it } from 'vitest';
import type { OfferTerms, PersonalOffer } from './model.ts';
import { decide, type Facts, reserveOf, sizeFor } from './rules.ts';

const now = new Date('2026-03-01T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const terms: OfferTerms = {
  trigger: { type: 'order', nth: 1, minTotalMinor: null },
  among: [],
  gift: { type: 'percentage', sizes: [500, 1000, 1500], on: 'everything', productIds: [] },
  minSubtotalMinor: null,
  validDays: 14,
  budget: { minor: null, count: null },
  cap: { times: 1, days: 30 },
  channels: { mail: true, store: true },
  note: '',
  holdoutBps: 1000,
  until: null,
};
const offer = (change: Partial<OfferTerms> = {}, rest: Partial<PersonalOffer> = {}): PersonalOffer => ({
  id: 'o1',
  title: 'Come back',
  status: 'live',
  endReason: null,
  terms: { ...terms, ...change },
  revision: 1,
  salt: 'salt',
  stopped: [],
  liveFrom: daysAgo(10),
  countsFrom: daysAgo(10),
  cursor: '',
  filled: true,
  createdAt: daysAgo(10),
  ...rest,
});
const facts = (change: Partial<Facts> = {}): Facts => ({
  earlier: [],
  policy: { most: 2, days: 30 },
  taken: { minor: 0, count: 0 },
  basketMinor: 10_000,
  among: null,
  priceOf: () => null,
  now,
  ...change,
});
const customers = (count: number) => Array.from({ length: count }, (_, at) => `c${String(at)}`);
const grantsOf = (ids: readonly string[]) =>
  ids.map((customerId, at) => ({ id: `g${String(at)}`, offerId: 'o1', customerId, productId: null }));

describe('sizes by the hash of a customer', () => {
  it('a share gets nothing, the others get the sizes in equal parts, the same each time', () => {
    const drawn = customers(20_000).map((id) => sizeFor(id, offer()));
    const share = (size: number) => drawn.filter((one) => one === size).length / drawn.length;
    expect(share(0)).toBeCloseTo(0.1, 1);
    for (const size of [500, 1000, 1500]) expect(share(size)).toBeCloseTo(0.3, 1);
    expect(customers(20_000).map((id) => sizeFor(id, offer()))).toEqual(drawn);
  });

  it('a size that is taken out moves its own customers alone, and nobody who gets nothing', () => {
    const stopped = [{ size: 1500, reason: 'no-more' as const, at: now.toISOString() }];
    for (const id of customers(2_000)) {
      const before = sizeFor(id, offer());
      const after = sizeFor(id, offer({}, { stopped }));
      if (before === 1500) expect([500, 1000]).toContain(after);
      else expect(after).toBe(before);
    }
  });
});

describe('what stands against an offer', () => {
  const one = grantsOf(['c1']);
  const reasonOf = (given: PersonalOffer, known: Partial<Facts>) => {
    const [decision] = decide(given, one, facts(known));
    return decision?.state === 'skipped' ? decision.reason : decision?.state;
  };
  const earlier = (days: number, offerId: string, given = true) => ({
    customerId: 'c1',
    offerId,
    at: daysAgo(days),
    given,
  });

  it.each<[string, PersonalOffer, Partial<Facts>, string]>([
    ['it was given before', offer(), { earlier: [earlier(29, 'o1')] }, 'own-limit'],
    ['the customer was held out of it before', offer(), { earlier: [earlier(5, 'o1', false)] }, 'own-limit'],
    ['too many other offers', offer(), { earlier: [earlier(1, 'o2'), earlier(2, 'o3')] }, 'limit-of-all'],
    ['it is over', offer({ until: now.toISOString() }), {}, 'over'],
    [
      'its number is reached',
      offer({ budget: { minor: null, count: 5 } }),
      { taken: { minor: 0, count: 5 } },
      'budget',
    ],
    [
      'its money does not reach for the largest size',
      offer({ budget: { minor: 2_499, count: null } }),
      { taken: { minor: 1_000, count: 1 } },
      'budget',
    ],
    ['the product that it is for is gone', offer(), { priceOf: () => 'none' }, 'no-product'],
    ['the customer is in none of its segments', offer(), { among: new Set(['c2']) }, 'not-among'],
    ['all its segments are gone', offer(), { among: new Set() }, 'not-among'],
    [
      'it is over for who is in none of its segments, too',
      offer({ until: now.toISOString() }),
      { among: new Set() },
      'over',
    ],
    [
      'who is in none of its segments had it before',
      offer(),
      { among: new Set(), earlier: [earlier(1, 'o1')] },
      'not-among',
    ],
  ])('%s', (_label, given, known, reason) => {
    expect(reasonOf(given, known)).toBe(reason);
  });

  it.each<[string, PersonalOffer, Partial<Facts>]>([
    ['it was given longer ago than its limit says', offer(), { earlier: [earlier(31, 'o1')] }],
    ['the customer is in one of its segments', offer(), { among: new Set(['c1', 'c2']) }],
    ['the customer was held out of others', offer(), { earlier: [earlier(1, 'o2', false), earlier(2, 'o3', false)] }],
    [
      'its money reaches exactly',
      offer({ budget: { minor: 2_500, count: null } }),
      { taken: { minor: 1_000, count: 1 } },
    ],
  ])('nothing where %s', (_label, given, known) => {
    expect(['given', 'held-out']).toContain(reasonOf(given, known));
  });
});

it('however many wait at once, no budget is spent twice and nobody is given more than the limits say', () => {
  const budget = { minor: 30_000, count: 25 };
  const decisions = decide(
    offer({ budget, cap: { times: 1, days: 1 } }),
    grantsOf([...customers(60), ...customers(60)]),
    facts(),
  );
  const given = decisions.flatMap((one) => (one.state === 'given' ? [one] : []));
  expect(given.length).toBeLessThanOrEqual(25);
  expect(given.reduce((sum, { reservedMinor }) => sum + reservedMinor, 0)).toBeLessThanOrEqual(30_000);
  expect(new Set(given.map(({ grant }) => grant.customerId)).size).toBe(given.length);
});

it('whom it is not for takes nothing of its budget and limits, and moves nobody between the sizes and nothing', () => {
  const ids = customers(400);
  const members = new Set(ids.filter((_, at) => at % 3 === 0));
  const budget = { minor: null, count: members.size };
  const drawn = (list: readonly string[], among: ReadonlySet<string> | null) =>
    new Map(
      decide(offer({ budget }), grantsOf(list), facts({ among })).map((one) => [
        one.grant.customerId,
        one.state === 'given' ? one.size : one.state === 'skipped' ? one.reason : one.state,
      ]),
    );
  const together = drawn(ids, members);
  for (const id of ids) if (!members.has(id)) expect(together.get(id)).toBe('not-among');
  for (const [id, became] of drawn([...members], null)) expect(together.get(id)).toBe(became);
});

it.each([
  ['a part of a large order', terms.gift, 1000, null, 1_000],
  ['a part of one product', terms.gift, 1000, 2_999, 300],
  ['a part with a bound, at the bound,', { ...terms.gift, mostMinor: 777 }, 1000, null, 777],
  ['a part of one product with a bound, at the bound,', { ...terms.gift, mostMinor: 777 }, 1000, 2_999, 777],
  ['an amount', { type: 'amount', sizes: [500] } as const, 500, null, 500],
  ['shipping at what it costs', { type: 'free-shipping', costMinor: 490 } as const, 1, null, 490],
])('%s is reckoned with in the budget', (_label, gift, size, price, reserved) => {
  expect(reserveOf(gift as OfferTerms['gift'], size, 10_000, price)).toBe(reserved);
});
