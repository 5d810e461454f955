import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account, Lot, Posting } from './model.ts';
import { after, dueLot } from './after.ts';
import { giveBackLines, takeBackLines } from './reversal-rules.ts';
import {
  captureLines,
  closeLines,
  debtOf,
  earnLines,
  joinLines,
  type Lines,
  releaseLines,
  spendLines,
} from './rules.ts';

const now = new Date('2026-06-01T00:00:00Z');
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const total = (postings: readonly Posting[]) => postings.reduce((sum, one) => sum + one.amount, 0);
const expiryOf = (lot: Lot) => lot.expiresAt?.getTime() ?? Infinity;

/** An account as the database gives it: lots in the order of their expiry; who owes has nothing available in them. */
const account = fc
  .record({
    lots: fc.array(
      fc.record({
        available: fc.nat(50),
        pending: fc.nat(50),
        held: fc.nat(50),
        vest: fc.integer({ min: -48, max: 48 }),
        expiry: fc.option(fc.integer({ min: 1, max: 96 })),
      }),
      { maxLength: 6 },
    ),
    debt: fc.nat(80),
  })
  .map(({ lots: drawn, debt }): Account => {
    const lots = drawn
      .map(({ vest, expiry, ...lot }, index): Lot => ({
        ...lot,
        available: debt > 0 ? 0 : lot.available,
        id: index + 1,
        origin: null,
        version: 1,
        vestAt: hours(vest),
        expiresAt: expiry === null ? null : hours(expiry),
      }))
      .sort((a, b) => (expiryOf(a) === expiryOf(b) ? 0 : expiryOf(a) - expiryOf(b)));
    const sum = (read: (lot: Lot) => number) => lots.reduce((all, lot) => all + read(lot), 0);
    return {
      id: 1,
      lots,
      available: sum((lot) => lot.available) - debt,
      pending: sum((lot) => lot.pending),
      held: sum((lot) => lot.held),
    };
  });
const amount = fc.integer({ min: 1, max: 120 });
const booksOf = (one: Account) => ({ account: one, programme: 99 });

/** What every transaction must leave. */
function sound(before: Account, lines: Lines): Account {
  expect(total(lines.postings)).toBe(0);
  expect(lines.postings.every((one) => one.amount !== 0)).toBe(true);
  const left = after(before, lines);
  for (const lot of left.lots)
    expect(Math.min(lot.available, lot.pending, lot.held), JSON.stringify(lines.postings)).toBeGreaterThanOrEqual(0);
  expect(debtOf(left)).toBeGreaterThanOrEqual(0);
  return left;
}

const earnTerms = fc.record({ amount, vest: fc.option(fc.integer({ min: -5, max: 5 })) }).map((drawn) => ({
  amount: drawn.amount,
  vestAt: drawn.vest === null ? null : hours(drawn.vest),
  expiresAt: null,
  against: 'issued' as const,
}));

describe('every transaction adds up to nothing, and no lot falls below it', () => {
  it('earning, which pays a debt off first', () => {
    fc.assert(
      fc.property(account, earnTerms, (one, terms) => {
        const left = sound(one, earnLines(booksOf(one), { ...terms, at: now }));
        const pending = terms.vestAt !== null && terms.vestAt > now;
        expect(debtOf(left)).toBe(pending ? debtOf(one) : Math.max(0, debtOf(one) - terms.amount));
        expect(left.available + left.pending).toBe(one.available + one.pending + terms.amount);
      }),
    );
  });

  it('spending, from what expires first, and only what there is', () => {
    fc.assert(
      fc.property(account, amount, (one, spent) => {
        const lines = spendLines(booksOf(one), spent, 'redeemed');
        if (spent > one.available) return void expect(lines).toBeNull();
        if (!lines) throw new Error('it was refused');
        const left = sound(one, lines);
        expect(left.available).toBe(one.available - spent);
        const emptied = left.lots.findLastIndex((lot, index) => lot.available < (one.lots[index]?.available ?? 0));
        expect(left.lots.slice(0, Math.max(0, emptied)).every((lot) => lot.available === 0)).toBe(true);
      }),
    );
  });

  it('spending into debt, whose giving back is its exact inverse, at once and after the debt was paid off', () => {
    fc.assert(
      fc.property(account, amount, fc.nat(120), fc.nat(80), (one, spent, share, earned) => {
        const lines = spendLines(booksOf(one), spent, 'redeemed', true);
        if (!lines) throw new Error('it was refused');
        const owing = sound(one, lines);
        expect(owing.available).toBe(one.available - spent);
        const parts = lines.postings.flatMap(({ lot, amount: part }) => {
          const from = one.lots.find(({ id }) => id === lot);
          const dates = from && { vestAt: from.vestAt, expiresAt: from.expiresAt };
          return from && dates ? { lot: from.id, amount: -part, account: 1, origin: from.id, ...dates } : [];
        });
        const owed = spent - parts.reduce((sum, part) => sum + part.amount, 0);
        const terms = {
          amount: Math.max(1, earned),
          vestAt: null,
          expiresAt: null,
          against: 'issued' as const,
          at: now,
        };
        let account = earned === 0 ? owing : sound(owing, earnLines(booksOf(owing), terms));
        const had = account.available;
        const first = Math.min(share, spent);
        for (const [before, back] of [
          [0, first],
          [first, spent - first],
        ] as const)
          if (back > 0)
            account = sound(
              account,
              giveBackLines(
                booksOf(account),
                { spent: parts, owed },
                { before, amount: back, against: 'redeemed', at: now },
              ),
            );
        expect(account.available).toBe(had + spent);
        if (earned === 0) expect(account).toEqual(one);
      }),
    );
  });

  it('a hold is what is captured and what is released of it, in any parts', () => {
    fc.assert(
      fc.property(account, amount, fc.double({ min: 0, max: 1, noNaN: true }), (one, wanted, share) => {
        const lines = spendLines(booksOf(one), wanted, 'held');
        if (!lines) return;
        const set = sound(one, lines);
        const parts = lines.postings.flatMap((line) =>
          line.bucket === 'held' && line.lot !== undefined ? { lot: line.lot, amount: line.amount } : [],
        );
        const used = Math.floor(wanted * share);
        const first = used === 0 ? set : sound(set, captureLines(booksOf(set), parts, used));
        // What was captured came from the first parts.
        let gone = used;
        const open = parts.flatMap((part) => {
          const taken = Math.min(gone, part.amount);
          gone -= taken;
          return part.amount > taken ? { lot: part.lot, amount: part.amount - taken } : [];
        });
        const last = used === wanted ? first : sound(first, releaseLines(booksOf(first), open, wanted - used));
        expect(last).toMatchObject({ available: one.available - used, held: one.held });
        expect(last).toEqual(
          after(one, used === 0 ? { lots: [], postings: [] } : (spendLines(booksOf(one), used, 'redeemed') ?? lines)),
        );
      }),
    );
  });

  it('taking back an earning at once is its exact inverse', () => {
    fc.assert(
      fc.property(account, earnTerms, (one, terms) => {
        const earned = sound(one, earnLines(booksOf(one), { ...terms, at: now }));
        const left = sound(earned, takeBackLines(booksOf(earned), [-1], [], terms.amount, 'issued'));
        expect(left).toMatchObject({ pending: one.pending, held: one.held });
        expect(left.available).toBe(one.available);
        expect(debtOf(left)).toBe(debtOf(one));
      }),
    );
  });

  it('closing leaves nothing but what is held, and joining loses nothing', () => {
    fc.assert(
      fc.property(account, account, (one, drawn) => {
        const closed = sound(one, closeLines(booksOf(one)));
        expect(closed).toMatchObject({ available: 0, pending: 0, held: one.held });
        const other = { ...drawn, id: 2, lots: drawn.lots.map((lot) => ({ ...lot, id: lot.id + 10 })) };
        const lines = joinLines(one, other);
        expect(total(lines.postings)).toBe(0);
        const [left, joined] = [after(one, lines), after(other, lines)];
        expect(left).toMatchObject({ available: 0, pending: 0, held: one.held });
        expect(joined.available).toBe(one.available + other.available);
        expect(joined.pending).toBe(one.pending + other.pending);
        expect(debtOf(joined)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('what is due', () => {
  it('vests before it expires, and nothing is due before its time', () => {
    fc.assert(
      fc.property(account, fc.integer({ min: -60, max: 120 }), (one, time) => {
        const due = dueLot(one, hours(time));
        const vesting = one.lots.some((lot) => lot.pending > 0 && lot.vestAt <= hours(time));
        const expired = one.lots.some((lot) => lot.available > 0 && expiryOf(lot) <= hours(time).getTime());
        expect(due?.what ?? null).toBe(vesting ? 'vest' : expired ? 'expire' : null);
      }),
    );
  });
});
