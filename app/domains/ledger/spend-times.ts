import type { ShopScope } from '#app/infra/database.ts';
import type { Details, Source } from './model.ts';
import { reverse } from './reverse.ts';
import { spendIntoDebt } from './spend.ts';
import { readSpendings, type SpentBefore } from './store-history.ts';

/**
 * Sees to it that what was spent for a source is spent so many times: spends the same again, into debt where it is not
 * there, or gives the newest back. How often it is spent now the ledger says itself, so that the same again changes nothing.
 * The second time has the source's purpose with a 2 behind it, and so on. For whoever holds a lock on the thing it is for.
 * @returns how often more than before, below zero less; 0 too for what was never spent
 */
export async function spendTimes(
  scope: ShopScope,
  { source, times, at, details }: { source: Source; times: number; at: Date; details: Details },
): Promise<number> {
  const purposeOf = (round: number, suffix = '') =>
    [source.purpose, round > 1 ? String(round) : '', suffix].filter((word) => word !== '').join(' ');
  const all = await readSpendings(scope, source);
  const rounds: SpentBefore[] = [];
  for (let next = all.get(purposeOf(1)); next; next = all.get(purposeOf(rounds.length + 1))) rounds.push(next);
  const [first] = rounds;
  if (!first) return 0;
  const standing = rounds.flatMap(({ left }, index) => (left > 0 ? index + 1 : []));
  for (const round of standing.slice(times).toReversed()) {
    const original = { ...source, purpose: purposeOf(round) };
    const back = { ...source, purpose: purposeOf(round, 'back') };
    await mustPost(reverse(scope, { original, amount: null, source: back, at, details }));
  }
  for (let round = rounds.length + 1; round <= rounds.length + times - standing.length; round += 1) {
    const spending = { ...source, purpose: purposeOf(round) };
    await mustPost(spendIntoDebt(scope, { account: first.ref, amount: first.amount, source: spending, at, details }));
  }
  return times - standing.length;
}

async function mustPost(outcome: Promise<{ readonly code: string }>): Promise<void> {
  const { code } = await outcome;
  if (code !== 'posted') throw new Error(`the ledger answered ${code} to what it had not done yet`);
}
