import type { ShopScope } from '#app/infra/database.ts';
import type { Account, AccountRef, Details, Draft, Existing, Operation, Outcome, Source } from './model.ts';
import { after, type Books, dueLot, expireLines, type Lines, vestLines } from './rules.ts';
import { open, write } from './store.ts';

/** What is the same in every command. */
export interface Command {
  readonly source: Source;
  /** the clock's now: when it is booked. What lies further back belongs into the details */
  readonly at: Date;
  readonly details?: Details;
}

interface Step {
  readonly ref: AccountRef;
  readonly command: Command;
  readonly operation: Operation;
  /** null: whatever is left, so that a repetition may find any amount */
  readonly amount: number | null;
  readonly related?: number;
  readonly overdraft?: boolean;
}

/** What is decided once the account is locked: the lines of an amount, or a refusal. */
export type Decision<Refusal> = { readonly amount: number; readonly lines: Lines } | { readonly refusal: Refusal };

/**
 * The one way to post for one owner: lock, look for the same source, do what is due, decide, write. A refusal leaves
 * what was due done and nothing else.
 */
export async function perform<Refusal>(
  scope: ShopScope,
  step: Step,
  decide: (books: Books) => Decision<Refusal> | Promise<Decision<Refusal>>,
): Promise<Outcome | Refusal> {
  const { source, at } = step.command;
  const opened = await open(scope, [step.ref], source, at);
  const [account] = opened.accounts;
  if (!account) throw new Error('an account was not opened');
  if (opened.existing) return repeated(opened.existing, account, step);
  const due = settle({ account, programme: opened.programme }, at);
  // Before anything is decided: a reversal asks what has expired.
  if (due.drafts.length > 0) await write(scope, due.drafts);
  const decision = await decide(due.books);
  if ('refusal' in decision) return decision.refusal;
  const draft: Draft = {
    operation: step.operation,
    source,
    account: account.id,
    amount: decision.amount,
    overdraft: step.overdraft ?? false,
    related: step.related ?? null,
    details: step.command.details ?? {},
    at,
    ...decision.lines,
  };
  const id = (await write(scope, [draft]))[0];
  if (typeof id === 'number') return { code: 'posted', transactionId: id };
  // Posted meanwhile by somebody who held another account.
  const { existing } = await open(scope, [step.ref], source, at);
  if (!existing) throw new Error('a source is taken and is not');
  return repeated(existing, account, step);
}

function repeated(existing: Existing, account: Pick<Account, 'id'>, step: Step): Outcome {
  const same =
    existing.operation === step.operation &&
    existing.account === account.id &&
    (step.amount === null || existing.amount === step.amount) &&
    existing.related === (step.related ?? null);
  return { code: same ? 'already' : 'conflict', transactionId: existing.id };
}

/** Vests and expires what is due in an account, so that nobody's right depends on when a job ran. */
export function settle(books: Books, at: Date): { readonly books: Books; readonly drafts: Draft[] } {
  const drafts: Draft[] = [];
  let { account } = books;
  for (let due = dueLot(account, at); due; due = dueLot(account, at)) {
    const { lot, what } = due;
    const lines = (what === 'vest' ? vestLines : expireLines)({ ...books, account }, lot);
    drafts.push({
      operation: what,
      // A lot that is filled again after it expired has another version.
      source: { kind: 'lot', id: `${String(lot.id)}.${String(lot.version)}`, purpose: what },
      account: account.id,
      amount: what === 'vest' ? lot.pending : lot.available,
      overdraft: true,
      related: null,
      details: {},
      at,
      ...lines,
    });
    account = after(account, lines);
  }
  return { books: { ...books, account }, drafts };
}
