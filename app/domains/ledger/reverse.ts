import type { ShopScope } from '#app/infra/database.ts';
import { type Outcome, requireAmount, type Source } from './model.ts';
import { type Command, type Decision, performAll, type Step } from './perform.ts';
import { giveBackLines, takeBackLines } from './reversal-rules.ts';
import { type Books, sum } from './rules.ts';
import { findPosted, type History, type Posted, readHistories } from './store-history.ts';

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

type ReversalStep = Step & { readonly posted: Posted };

/**
 * Takes back an earning or gives back a spending, as a whole or in parts that never add up to more than it. What was
 * earned and spent already becomes a debt, which what comes next pays off; what was earned and has expired is not asked
 * for twice. What was spent goes back to where it came from and expires when it would have.
 */
export async function reverse(scope: ShopScope, reversal: Reversal): Promise<Outcome | ReversalRefusal> {
  const [outcome] = await reverseAll(scope, [reversal]);
  if (!outcome) throw new Error('a reversal came to nothing');
  return outcome;
}

/**
 * Reverses many at once, several parts of one thing as well: one lock and one writing for all of them.
 * @returns what came of each, in their order
 * @throws TransactionConflict where somebody else posts one of the sources for another owner meanwhile: run it again
 */
export async function reverseAll(
  scope: ShopScope,
  reversals: readonly Reversal[],
): Promise<(Outcome | ReversalRefusal)[]> {
  const originals = await findPosted(
    scope,
    reversals.map((reversal) => reversal.original),
  );
  const asked = reversals.map((reversal, index) => stepOf(reversal, originals[index] ?? null));
  const steps = asked.flatMap((step) => ('code' in step ? [] : [step]));
  const outcomes = await performAll<ReversalStep, ReversalRefusal>(scope, steps, async () => {
    const ids = [...new Set(steps.map(({ posted }) => posted.id))];
    const histories = await readHistories(scope, ids);
    return ({ posted, amount, command: { at } }, books) => {
      const history = histories.get(posted.id);
      if (!history) throw new Error('a transaction without a history');
      const { decision, after } = decide(posted, history, books, { asked: amount, at });
      histories.set(posted.id, after);
      return decision;
    };
  });
  const done = outcomes.values();
  return asked.map((step) => ('code' in step ? step : (done.next().value ?? { code: 'not-found' })));
}

function stepOf(reversal: Reversal, posted: Posted | null): ReversalStep | ReversalRefusal {
  const { amount } = reversal;
  if (amount !== null) requireAmount(amount);
  if (!posted) return { code: 'not-found' };
  const takesBack = posted.operation === 'earn';
  if (!takesBack && posted.operation !== 'spend' && posted.operation !== 'capture') return { code: 'not-reversible' };
  const operation = takesBack ? 'take-back' : 'give-back';
  return { ref: posted.ref, command: reversal, operation, amount, related: posted.id, overdraft: takesBack, posted };
}

function decide(
  posted: Posted,
  history: History,
  books: Books,
  { asked, at }: { readonly asked: number | null; readonly at: Date },
): { readonly decision: Decision<ReversalRefusal>; readonly after: History } {
  const left = posted.amount - history.reversed;
  const amount = asked ?? left;
  if (amount === 0 || amount > left) return { decision: { refusal: { code: 'exceeds', left } }, after: history };
  const { own, lapsed, against, reversed, used } = history;
  const spent = used[posted.operation === 'spend' ? 'available' : 'held'];
  const owed = posted.amount - sum(spent.map((part) => part.amount));
  const lines =
    posted.operation === 'earn'
      ? takeBackLines(books, own, lapsed, amount, against)
      : giveBackLines(books, { spent, owed }, { before: reversed, amount, against, at });
  const made = (lot: number, bucket: string) =>
    lines.postings.find((one) => one.account === books.programme && one.lot === lot && one.bucket === bucket)?.amount ??
    0;
  const open = lapsed.map((one) => ({ ...one, amount: one.amount + made(one.lot, one.bucket) }));
  return { decision: { amount, lines }, after: { ...history, reversed: reversed + amount, lapsed: open } };
}
