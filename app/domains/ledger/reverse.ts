import type { ShopScope } from '#app/infra/database.ts';
import { type Outcome, type ProgrammeBucket, requireAmount, type Source } from './model.ts';
import { type Command, type Decision, perform } from './perform.ts';
import { type Books, giveBackLines, takeBackLines } from './rules.ts';
import { findPosted, type Posted, readEarned, readFollowed, readUsed } from './store.ts';

export interface Reversal extends Command {
  /** source of what is reversed: an earning, a spending or a capture */
  readonly original: Source;
  /** null: all that is left of it */
  readonly amount: number | null;
}

export type ReversalRefusal =
  | { readonly code: 'not-found' | 'not-reversible' }
  /** more than is left of the original; `left` is what is */
  | { readonly code: 'exceeds'; readonly left: number };

/**
 * Takes back an earning or gives back a spending, as a whole or in parts that never add up to more than it. What was
 * earned and spent already becomes a debt, which what comes next pays off; what was earned and has expired is not asked
 * for twice. What was spent goes back to where it came from and expires when it would have.
 */
export async function reverse(
  scope: ShopScope,
  { original, amount, ...command }: Reversal,
): Promise<Outcome | ReversalRefusal> {
  if (amount !== null) requireAmount(amount);
  const posted = await findPosted(scope, original);
  if (!posted) return { code: 'not-found' };
  const takesBack = posted.operation === 'earn';
  if (!takesBack && posted.operation !== 'spend' && posted.operation !== 'capture') return { code: 'not-reversible' };
  const operation = takesBack ? 'take-back' : 'give-back';
  const step = { ref: posted.ref, command, operation, amount, related: posted.id, overdraft: takesBack } as const;
  return perform<ReversalRefusal>(scope, step, async (books) => {
    const before = await readFollowed(scope, posted.id, [operation]);
    const left = posted.amount - before;
    const wanted = amount ?? left;
    if (wanted === 0 || wanted > left) return { refusal: { code: 'exceeds', left } };
    return takesBack ? takeBack(scope, posted, books, wanted) : giveBack(scope, posted, books, before, wanted);
  });
}

async function takeBack(
  scope: ShopScope,
  posted: Posted,
  books: Books,
  amount: number,
): Promise<Decision<ReversalRefusal>> {
  const { own, lapsed, against } = await readEarned(scope, posted.id);
  return { amount, lines: takeBackLines(books, own, lapsed, amount, against as ProgrammeBucket) };
}

async function giveBack(
  scope: ShopScope,
  posted: Posted,
  books: Books,
  before: number,
  amount: number,
): Promise<Decision<ReversalRefusal>> {
  const { lots, against } = await readUsed(scope, posted.id, posted.operation === 'spend' ? 'available' : 'held');
  return { amount, lines: giveBackLines(books, lots, before, amount, against as ProgrammeBucket) };
}
