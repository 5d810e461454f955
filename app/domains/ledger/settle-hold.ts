import type { ShopScope } from '#app/infra/database.ts';
import { type Outcome, requireAmount, type Source } from './model.ts';
import { type Command, performAll, type Step } from './perform.ts';
import { type Books, captureLines, type Lines, type Part, releaseLines } from './rules.ts';
import { findPosted } from './store-history.ts';
import { readHeld } from './store.ts';

export interface HoldEnding extends Command {
  /** source of the hold */
  readonly hold: Source;
  /** null: all that is left of it */
  readonly amount: number | null;
}

export type HoldRefusal =
  | { readonly code: 'not-found' }
  /** less than the amount is still held; `left` is what is */
  | { readonly code: 'exceeds'; readonly left: number };

/** Uses up what was held: the redemption has happened. */
export async function capture(scope: ShopScope, ending: HoldEnding): Promise<Outcome | HoldRefusal> {
  return end(scope, ending, 'capture', captureLines);
}

/** Makes available again what was held: the redemption did not happen. */
export async function release(scope: ShopScope, ending: HoldEnding): Promise<Outcome | HoldRefusal> {
  return end(scope, ending, 'release', releaseLines);
}

async function end(
  scope: ShopScope,
  { hold, amount, ...command }: HoldEnding,
  operation: 'capture' | 'release',
  linesOf: (books: Books, held: readonly Part[], amount: number) => Lines,
): Promise<Outcome | HoldRefusal> {
  if (amount !== null) requireAmount(amount);
  const [posted] = await findPosted(scope, [hold]);
  if (posted?.operation !== 'hold') return { code: 'not-found' };
  const step = { ref: posted.ref, command, operation, amount, related: posted.id };
  const [outcome] = await performAll<Step, HoldRefusal>(scope, [step], async () => {
    const held = await readHeld(scope, posted.id);
    const left = held.reduce((total, part) => total + part.amount, 0);
    const wanted = amount ?? left;
    if (wanted === 0 || wanted > left) return () => ({ refusal: { code: 'exceeds', left } });
    return (_, books) => ({ amount: wanted, lines: linesOf(books, held, wanted) });
  });
  if (!outcome) throw new Error('the end of a hold came to nothing');
  return outcome;
}
