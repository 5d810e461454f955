import type { ShopScope } from '#app/infra/database.ts';
import { type AccountRef, type Outcome, requireAmount } from './model.ts';
import { type Command, performAll, type Step } from './perform.ts';
import { spendLines } from './rules.ts';

export interface Spending extends Command {
  readonly account: AccountRef;
  /** whole points or minor units, above zero */
  readonly amount: number;
}

/** There is not enough; `available` is what there is, below zero where the owner owes. */
export interface Insufficient {
  readonly code: 'insufficient';
  readonly available: number;
}

/**
 * Spends what is available, what expires first before the rest. Two at once cannot spend the same: one of them waits
 * for the other, and then finds too little.
 * @param against `adjusted` where the merchant takes by hand
 */
export async function spend(
  scope: ShopScope,
  { against = 'redeemed', ...spending }: Spending & { readonly against?: 'redeemed' | 'adjusted' },
): Promise<Outcome | Insufficient> {
  return take(scope, spending, 'spend', { to: against, overdraft: false });
}

/** Spends what was used already, whether it is there or not: what is missing is a debt that what comes next pays off. */
export async function spendIntoDebt(scope: ShopScope, spending: Spending): Promise<Outcome> {
  const outcome = await take(scope, spending, 'spend', { to: 'redeemed', overdraft: true });
  if (outcome.code === 'insufficient') throw new Error('a debt was refused');
  return outcome;
}

/** Sets an amount aside for a redemption under way: it can be captured or released, and nobody else spends it. */
export async function hold(scope: ShopScope, spending: Spending): Promise<Outcome | Insufficient> {
  return take(scope, spending, 'hold', { to: 'held', overdraft: false });
}

async function take(
  scope: ShopScope,
  { account, ...spending }: Spending,
  operation: 'spend' | 'hold',
  { to, overdraft }: { readonly to: 'redeemed' | 'adjusted' | 'held'; readonly overdraft: boolean },
): Promise<Outcome | Insufficient> {
  const { amount } = spending;
  requireAmount(amount);
  const step: Step = { ref: account, command: spending, operation, amount, overdraft };
  const [outcome] = await performAll<Step, Insufficient>(scope, [step], () => (_, books) => {
    const lines = spendLines(books, amount, to, overdraft);
    return lines ? { amount, lines } : { refusal: { code: 'insufficient', available: books.account.available } };
  });
  if (!outcome) throw new Error('a spending came to nothing');
  return outcome;
}
