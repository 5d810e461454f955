import type { ShopScope } from '#app/infra/database.ts';
import { type AccountRef, type Outcome, requireAmount } from './model.ts';
import { type Command, perform } from './perform.ts';
import { earnLines } from './rules.ts';

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
export async function earn(scope: ShopScope, { account, ...earning }: Earning): Promise<Outcome> {
  const { amount, vestAt, expiresAt, at, against = 'issued' } = earning;
  requireAmount(amount);
  return perform<never>(scope, { ref: account, command: earning, operation: 'earn', amount }, (books) => ({
    amount,
    lines: earnLines(books, { amount, vestAt, expiresAt, at, against }),
  }));
}
