import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeCode, readCode } from './code.ts';
import { type Decision, decisions, type ProgrammeTerms, programmeTerms, type ReasonCode, usualTerms } from './model.ts';
import { type Facts, judge, type OrderNow, rewardFor, type Standing, targetOf } from './rules.ts';
import { simulate, usualAssumptions } from './simulate.ts';
import { sayReason } from './words.ts';

const clean: Facts = {
  kinship: 'none',
  shared: [],
  earlierOrders: 0,
  keptMinor: 5_000,
  currency: 'EUR',
  advocate: 'active',
  friendsInDay: 0,
  friendsInMonth: 0,
  usesInWeek: 1,
  linkedInWeek: 1,
  friendsSettled: 0,
  friendsUndone: 0,
};
const terms = (rest: Partial<ProgrammeTerms> = {}): ProgrammeTerms => ({ ...usualTerms, ...rest });

describe('the graded decision', () => {
  it.each<[string, Partial<Facts>, Partial<ProgrammeTerms>, Decision, ReasonCode[]]>([
    ['a stranger who is new', {}, {}, 'pay', ['clean']],
    ['the advocate in person', { kinship: 'same', shared: ['email'] }, {}, 'deny', ['self']],
    ['the same person, whatever the household rule', { kinship: 'same' }, { household: 'pay' }, 'deny', ['self']],
    ['somebody at the same door is paid', { kinship: 'household', shared: ['address'] }, {}, 'pay', ['household']],
    ['or paid in credit', { kinship: 'household' }, { household: 'credit' }, 'credit', ['household']],
    ['or looked at', { kinship: 'household' }, { household: 'hold' }, 'hold', ['household']],
    ['a browser that both used', { kinship: 'close', shared: ['device'] }, {}, 'hold', ['close']],
    ['somebody who bought before', { earlierOrders: 1 }, {}, 'deny', ['existing-customer']],
    ['an order below the minimum', { keptMinor: 4_999 }, { minOrderMinor: 5_000 }, 'deny', ['below-minimum']],
    ['in a currency without a rate', { keptMinor: null, currency: 'USD' }, { minOrderMinor: 1 }, 'hold', ['currency']],
    ['where no minimum is asked for', { keptMinor: null, currency: 'USD' }, {}, 'pay', ['clean']],
    ['exactly the minimum', { keptMinor: 5_000 }, { minOrderMinor: 5_000 }, 'pay', ['clean']],
    ['a sixth friend within a day', { friendsInDay: 5 }, {}, 'hold', ['velocity']],
    ['the fifth is fine', { friendsInDay: 4 }, {}, 'pay', ['clean']],
    ['more than the merchant allows in a month', { friendsInMonth: 20 }, {}, 'hold', ['velocity']],
    ['without a limit of the merchant’s', { friendsInMonth: 200 }, { monthlyLimit: null }, 'pay', ['clean']],
    ['a code on a page of coupons', { usesInWeek: 8, linkedInWeek: 1 }, {}, 'hold', ['published']],
    ['a code that comes with its link', { usesInWeek: 8, linkedInWeek: 2 }, {}, 'pay', ['clean']],
    ['friends who give everything back', { friendsSettled: 4, friendsUndone: 2 }, {}, 'hold', ['refunds']],
    ['three friends are too few to tell', { friendsSettled: 3, friendsUndone: 3 }, {}, 'pay', ['clean']],
    ['a stopped advocate', { advocate: 'stopped' }, {}, 'deny', ['stopped']],
    ['one of whom nothing is known', { advocate: 'unknown' }, {}, 'hold', ['unknown']],
    ['an erased one', { advocate: 'gone' }, {}, 'deny', ['no-advocate']],
    [
      'several at once: the hardest counts, all are named',
      { kinship: 'household', friendsInDay: 9 },
      {},
      'hold',
      ['velocity', 'household'],
    ],
  ])('%s', (_, facts, rest, decision, reasons) => {
    const verdict = judge({ ...clean, ...facts }, terms(rest));
    expect(verdict.decision).toBe(decision);
    expect(verdict.reasons.map(({ code }) => code)).toEqual(reasons);
    for (const reason of verdict.reasons) expect(sayReason(reason, String)).toMatch(/^[A-Z].*\.$/);
  });
});

const day = (n: number) => new Date(Date.UTC(2026, 2, n));
const order: OrderNow = { cancelled: false, test: false, keptMinor: 5_000, totalMinor: 5_500, refundedMinor: 0 };
const standing = (decision: Decision, rest: Partial<Standing> = {}): Standing => ({
  verdict: { decision, reasons: [{ code: decision === 'deny' ? 'self' : 'clean', facts: {} }] },
  overruled: null,
  friendNo: 1,
  terms: terms({ minOrderMinor: 4_000 }),
  placedAt: day(1),
  dueAt: day(15),
  ...rest,
});

describe('what a referral comes to', () => {
  it.each<[string, Standing, OrderNow | null, Date, string, boolean | null]>([
    ['pending within the return window', standing('pay'), order, day(14), 'pending', false],
    ['handed out at its end', standing('pay'), order, day(15), 'rewarded', true],
    ['cancelled', standing('pay'), { ...order, cancelled: true }, day(20), 'cancelled', null],
    ['given back in full', standing('pay'), { ...order, refundedMinor: 5_500 }, day(20), 'cancelled', null],
    [
      'given back below the minimum',
      standing('pay'),
      { ...order, refundedMinor: 2_000, keptMinor: 3_000 },
      day(9),
      'cancelled',
      null,
    ],
    [
      'given back a little',
      standing('pay'),
      { ...order, refundedMinor: 500, keptMinor: 4_500 },
      day(9),
      'pending',
      false,
    ],
    ['gone', standing('pay'), null, day(9), 'cancelled', null],
    ['a test order', standing('pay'), { ...order, test: true }, day(9), 'ineligible', null],
    ['paid in a currency without a rate', standing('pay'), { ...order, keptMinor: null }, day(9), 'pending', false],
    ['held', standing('hold'), order, day(90), 'held', null],
    [
      'held until nobody decided, where the merchant wants it paid',
      standing('hold', { terms: terms({ afterReview: 'pay' }) }),
      order,
      day(15),
      'rewarded',
      true,
    ],
    ['or denied', standing('hold', { terms: terms({ afterReview: 'deny' }) }), order, day(15), 'denied', null],
    ['the merchant pays', standing('deny', { overruled: 'pay' }), order, day(15), 'rewarded', true],
    ['the merchant denies', standing('pay', { overruled: 'deny' }), order, day(15), 'denied', null],
    ['denied', standing('deny'), order, day(15), 'denied', null],
  ])('%s', (_, at, now, when, state, handedOut) => {
    const target = targetOf(at, now, when);
    expect(target.state).toBe(state);
    expect(target.reward?.handedOut ?? null).toBe(handedOut);
    if (target.checkAt) expect(target.checkAt.getTime()).toBeGreaterThan(when.getTime());
  });

  it('never asks for a look that has passed, and never rewards what is undone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...decisions),
        fc.option(fc.constantFrom(...decisions)),
        fc.constantFrom('wait' as const, 'pay' as const, 'deny' as const),
        fc.integer({ min: 1, max: 28 }),
        fc.boolean(),
        (decision, overruled, afterReview, at, cancelled) => {
          const target = targetOf(
            standing(decision, { overruled, terms: terms({ afterReview }) }),
            { ...order, cancelled },
            day(at),
          );
          if (target.checkAt) expect(target.checkAt > day(at)).toBe(true);
          if (cancelled) expect(target).toMatchObject({ state: 'cancelled', reward: null });
          expect(target.reward !== null).toBe(target.state === 'pending' || target.state === 'rewarded');
        },
      ),
    );
  });

  it.each([
    [1, 500],
    [4, 500],
    [5, 750],
    [9, 750],
    [10, 1_000],
    [99, 1_000],
  ])('friend %i is worth %i points', (no, points) => {
    expect(rewardFor(usualTerms, no, 'pay')).toEqual({ type: 'points', points });
    expect(rewardFor(usualTerms, no, 'credit')).toEqual(usualTerms.creditReward);
  });
});

describe('terms and codes', () => {
  it.each([[[5, 1]], [[2]], [[1, 1]], [[]]])('tiers from %j are refused', (froms) => {
    const tiers = froms.map((from) => ({ from, reward: { type: 'points', points: 1 } }));
    expect(programmeTerms.safeParse({ ...usualTerms, tiers }).success).toBe(false);
  });

  it('makes codes that are read as they are typed', () => {
    const code = makeCode((size) => Uint8Array.from({ length: size }, (_, at) => (at * 37) % 256));
    expect(readCode(` ${code.toLowerCase()} `)).toBe(code);
    expect(['', 'F-ABC', 'F-ABCDEFGO', 'SUMMER'].map(readCode)).toEqual([null, null, 'F-ABCDEFGO', null]);
  });

  it('simulates on past first orders', () => {
    const orders = Array.from({ length: 100 }, () => ({ keptMinor: 10_000 }));
    const flat = terms({ tiers: [{ from: 1, reward: { type: 'credit', minor: 1_000 } }] });
    expect(simulate(orders, flat, usualAssumptions)).toEqual({
      firstOrders: 100,
      eligible: 100,
      friends: 10,
      offersMinor: 10_000,
      rewardsMinor: 10_000,
      addedMarginMinor: 20_000,
      profitMinor: 0,
      breakEvenBps: 5_000,
    });
    // A quarter of tax on top of what the merchant keeps: the same share pays.
    expect(simulate(orders, flat, usualAssumptions, 2_500)).toMatchObject({
      offersMinor: 8_000,
      rewardsMinor: 8_000,
      addedMarginMinor: 16_000,
      profitMinor: 0,
      breakEvenBps: 5_000,
    });
    // Nothing off the goods, but somebody pays for sending them.
    const shipped = { ...flat, offer: { type: 'free-shipping' as const } };
    expect(simulate(orders, shipped, usualAssumptions)).toMatchObject({ offersMinor: 10_000, profitMinor: 0 });
    expect(simulate(orders, shipped, usualAssumptions, 0, 450)).toMatchObject({ offersMinor: 4_500 });
    expect(simulate([], flat, usualAssumptions)).toMatchObject({ friends: 0, profitMinor: 0, breakEvenBps: null });
  });
});
