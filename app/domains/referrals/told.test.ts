import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decision, decisions, type Reason, reasonCodes, type ReasonCode, states, usualTerms } from './model.ts';
import { judge } from './rules.ts';
import { type Tellable, tellAdvocate, toldCodes } from './told.ts';

const terms = { ...usualTerms, minOrderMinor: 5_000 };
const verdictOf = (decision: Decision, ...codes: ReasonCode[]): Tellable['verdict'] => ({
  decision,
  reasons: codes.map((code): Reason => ({ code, facts: { shared: 'email, device', orders: 3 } })),
});
const row = (change: Partial<Tellable>): Tellable => ({
  ...{ state: 'pending', verdict: verdictOf('pay', 'clean'), overruled: null, terms, posted: null },
  ...{ test: false, undone: false },
  ...change,
});
const credit = (minor: number): Tellable['posted'] => ({
  ...{ reward: { type: 'credit', minor }, round: 1, handedOut: true },
});

describe('what an advocate is told of a friend’s order', () => {
  it.each<[string, Partial<Tellable>, number | null, string | null, number | null]>([
    ['nothing before it is judged', { state: 'new', verdict: null }, null, null, null],
    ['nothing where it counts', {}, null, null, null],
    [
      'nothing of the household where it is paid like all',
      { verdict: verdictOf('pay', 'household') },
      null,
      null,
      null,
    ],
    [
      'the hold’s reason, not the household that is paid',
      { state: 'held', verdict: verdictOf('hold', 'velocity', 'household') },
      null,
      'many-friends',
      null,
    ],
    [
      'a household that is looked at',
      { state: 'held', verdict: verdictOf('hold', 'household') },
      null,
      'household-checked',
      null,
    ],
    ['one of whom nothing is known', { state: 'held', verdict: verdictOf('hold', 'unknown') }, null, 'not-known', null],
    ['a currency without a rate', { state: 'held', verdict: verdictOf('hold', 'currency') }, null, 'no-rate', null],
    [
      'a code on a page of coupons',
      { state: 'held', verdict: verdictOf('hold', 'published') },
      null,
      'code-everywhere',
      null,
    ],
    ['friends who give back', { state: 'held', verdict: verdictOf('hold', 'refunds') }, null, 'given-back-often', null],
    ['a shared browser', { state: 'held', verdict: verdictOf('hold', 'close') }, null, 'maybe-own', null],
    ['what the merchant put aside', { state: 'held', overruled: 'hold' }, null, 'checking', null],
    [
      'the own order',
      { state: 'denied', verdict: verdictOf('deny', 'self', 'existing-customer') },
      null,
      'own-order',
      null,
    ],
    [
      'a friend who bought before',
      { state: 'ineligible', verdict: verdictOf('deny', 'existing-customer') },
      null,
      'ordered-before',
      null,
    ],
    [
      'an order below the minimum',
      { state: 'ineligible', verdict: verdictOf('deny', 'below-minimum') },
      null,
      'too-small',
      5_000,
    ],
    ['a stopped link', { state: 'ineligible', verdict: verdictOf('deny', 'stopped') }, null, 'link-stopped', null],
    [
      'what the merchant denied, whatever the rules said',
      { state: 'denied', overruled: 'deny' },
      null,
      'store-declined',
      null,
    ],
    [
      'what nobody decided on in time',
      { state: 'denied', verdict: verdictOf('hold', 'velocity') },
      null,
      'not-confirmed',
      null,
    ],
    ['a test', { state: 'ineligible', test: true }, null, 'test-order', null],
    ['what another programme is paid for', { state: 'ineligible', verdict: null }, null, 'other-programme', null],
    ['the same, after it was judged', { state: 'ineligible' }, null, 'other-programme', null],
    ['a cancelled order', { state: 'cancelled', undone: true }, null, 'undone', null],
    ['one of which too little was kept', { state: 'cancelled' }, null, 'kept-too-little', 5_000],
    ['one that went for another reason', { state: 'cancelled', terms: usualTerms }, null, 'undone', null],
    ['the household’s own reward', { verdict: verdictOf('credit', 'household') }, null, 'household-reward', null],
    ['the reward that the merchant chose', { overruled: 'credit' }, null, 'store-reward', null],
    [
      'nothing where the merchant pays in full',
      { verdict: verdictOf('credit', 'household'), overruled: 'pay' },
      null,
      null,
      null,
    ],
    ['a debt that took a part', { state: 'rewarded', posted: credit(1_000) }, 400, 'debt', 400],
    ['a debt that took all', { state: 'rewarded', posted: credit(1_000) }, 0, 'debt', 0],
    ['nothing where all was handed out', { state: 'rewarded', posted: credit(1_000) }, 1_000, null, null],
    ['nothing before it is handed out', { posted: credit(1_000) }, null, null, null],
  ])('%s', (_, change, given, code, minor) => {
    expect(tellAdvocate(row(change), given)).toEqual(code === null ? null : { code, minor });
  });

  it('has an answer for whatever waits or does not count, and none that gives the friend away', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...states),
        fc.constantFrom(...decisions),
        fc.option(fc.constantFrom(...decisions)),
        fc.subarray([...reasonCodes]),
        fc.boolean(),
        fc.boolean(),
        (state, decision, overruled, codes, test, undone) => {
          const verdict = verdictOf(decision, ...codes);
          const told = tellAdvocate(row({ state, verdict, overruled, test, undone }), null);
          if (['held', 'denied', 'ineligible', 'cancelled'].includes(state)) expect(told).not.toBeNull();
          if (told === null) return;
          expect(toldCodes).toContain(told.code);
          expect(told.minor === null || told.minor === terms.minOrderMinor).toBe(true);
        },
      ),
    );
  });

  it('names each rule of the programme by a reason of its own', () => {
    const facts = {
      ...{ kinship: 'none' as const, shared: [], earlierOrders: 0, keptMinor: 6_000, currency: 'EUR', friendsInDay: 0 },
      ...{
        advocate: 'active' as const,
        friendsInMonth: 0,
        usesInWeek: 0,
        linkedInWeek: 0,
        friendsSettled: 0,
        friendsUndone: 0,
      },
    };
    const told = (change: Partial<Parameters<typeof judge>[0]>) => {
      const verdict = judge({ ...facts, ...change }, { ...terms, household: 'hold' });
      return tellAdvocate(row({ state: verdict.decision === 'hold' ? 'held' : 'ineligible', verdict }), null)?.code;
    };
    const all = [
      { advocate: 'stopped' as const },
      { kinship: 'same' as const },
      { earlierOrders: 1 },
      { keptMinor: 1 },
      { keptMinor: null },
      { advocate: 'unknown' as const },
      { usesInWeek: 9 },
      { friendsInDay: 9 },
      { friendsSettled: 4, friendsUndone: 4 },
      { kinship: 'close' as const },
      { kinship: 'household' as const },
    ].map(told);
    expect(new Set(all).size).toBe(all.length);
    expect(all).not.toContain('checking');
    expect(all).not.toContain('other-programme');
  });
});
