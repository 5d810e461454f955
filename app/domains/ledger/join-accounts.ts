import type { ShopScope } from '#app/infra/database.ts';
import type { AccountRef, Outcome, Owner, Source } from './model.ts';
import { type Command, settle } from './perform.ts';
import { joinLines } from './rules.ts';
import { noteMerged, readOwnersAccounts } from './store-owners.ts';
import { booksOf, open, write } from './store.ts';

/** Something is set aside in the account: its redemption has to be captured or released before. */
export interface StillHeld {
  readonly code: 'held';
  readonly held: number;
}

/**
 * Two customers became one: everything of the first goes on with the second, lots with their dates, debts as debts.
 * Whatever comes for the first from now on, reversals of its past included, reaches the second.
 */
export async function joinAccounts(
  scope: ShopScope,
  { from, into, ...command }: Command & { readonly from: AccountRef; readonly into: AccountRef },
): Promise<Outcome | StillHeld | { readonly code: 'nothing-to-do' }> {
  if (from.unit !== into.unit) throw new Error('accounts of different units cannot be joined');
  const opened = await open(scope, { refs: [from, into], sources: [command.source], at: command.at });
  const [existing] = opened.existing;
  if (existing) return { code: 'already', transactionId: existing.id };
  const first = settle(booksOf(opened, 0, from.unit), command.at);
  const second = settle(booksOf(opened, 1, into.unit), command.at);
  const [leaving, staying] = [first.books.account, second.books.account];
  if (leaving.id === staying.id) return { code: 'nothing-to-do' };
  if (leaving.held > 0) return { code: 'held', held: leaving.held };
  const due = [...first.drafts, ...second.drafts];
  if (due.length > 0) await write(scope, due);
  await noteMerged(scope, leaving.id, staying.id);
  const lines = joinLines(leaving, staying);
  if (lines.postings.length === 0) return { code: 'nothing-to-do' };
  const [id] = await write(scope, [
    {
      operation: 'transfer',
      source: command.source,
      account: staying.id,
      amount: Math.abs(leaving.available) + leaving.pending,
      overdraft: true,
      related: null,
      details: command.details ?? {},
      at: command.at,
      ...lines,
    },
  ]);
  if (typeof id !== 'number') throw new Error('the source of a join is taken');
  return { code: 'posted', transactionId: id };
}

/**
 * Two customers became one: every account of the first goes on in the second's.
 * @param source its purpose is the unit
 */
export async function joinOwners(
  scope: ShopScope,
  {
    from,
    into,
    source,
    at,
  }: { readonly from: Owner; readonly into: Owner; readonly source: Omit<Source, 'purpose'>; readonly at: Date },
): Promise<{ readonly code: 'joined' } | StillHeld> {
  for (const { unit } of await readOwnersAccounts(scope, from)) {
    const accounts = { from: { ...from, unit }, into: { ...into, unit } };
    const outcome = await joinAccounts(scope, { ...accounts, source: { ...source, purpose: unit }, at });
    if (outcome.code === 'held') return outcome;
  }
  return { code: 'joined' };
}
