import type { ShopScope } from '#app/infra/database.ts';
import { type AccountRef, type Outcome, requireAmount } from './model.ts';
import { type Command, performPlain, type Step } from './perform.ts';
import { earnLines, type EarnTerms } from './rules.ts';

export interface Earning extends Command {
  readonly account: AccountRef;
  /** whole points or minor units, above zero */
  readonly amount: number;
  /** pending until then; null or past: available at once */
  readonly vestAt: Date | null;
  /** null: never */
  readonly expiresAt: Date | null;
  /** what the programme counts it as: `adjusted` where the merchant gives by hand */
  readonly against?: 'issued' | 'adjusted';
}

/** Gives an owner something. A debt is paid off first, once the amount is available. */
export async function earn(scope: ShopScope, earning: Earning): Promise<Outcome> {
  const [outcome] = await earnAll(scope, [earning]);
  if (!outcome) throw new Error('an earning came to nothing');
  return outcome;
}

/**
 * Gives many owners something at once, each one also several times: one lock and one writing for all of them.
 * @returns what came of each, in their order
 * @throws TransactionConflict where somebody else posts one of the sources for another owner meanwhile: run it again
 */
export async function earnAll(scope: ShopScope, earnings: readonly Earning[]): Promise<Outcome[]> {
  const steps = earnings.map((earning): Step & { readonly terms: EarnTerms } => {
    const { account: ref, amount, vestAt, expiresAt, against = 'issued' } = earning;
    requireAmount(amount);
    return { ref, command: earning, operation: 'earn', amount, terms: { amount, vestAt, expiresAt, against } };
  });
  return performPlain(scope, steps, ({ terms, command: { at } }, books) => ({
    amount: terms.amount,
    lines: earnLines(books, { ...terms, at }),
  }));
}
