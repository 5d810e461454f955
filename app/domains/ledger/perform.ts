import type { ShopScope } from '#app/infra/database.ts';
import type { Account, AccountRef, Details, Draft, Existing, Operation, Outcome, Source } from './model.ts';
import { after, type Books, dueLot, expireLines, type Lines, vestLines } from './rules.ts';
import { booksOf, open, write } from './store.ts';

/** What is the same in every command. */
export interface Command {
  readonly source: Source;
  /** the clock's now: when it is booked. What lies further back belongs into the details */
  readonly at: Date;
  readonly details?: Details;
}

export interface Step {
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

/** Decides a step on the books as the steps before it left them. */
export type Decide<One extends Step, Refusal> = (step: One, books: Books) => Decision<Refusal>;

/** Somebody else posted one of the sources for another owner at the same time. The transaction is to be run again. */
export class SourceTaken extends Error {
  override readonly name = 'SourceTaken';
}

/**
 * The one way to post: lock all owners, look for the same sources, do what is due, decide step after step, write
 * everything at once. A refusal leaves what was due done and nothing else. The number of statements is the same for one
 * step and for a thousand.
 * @param prepare reads what the decisions need, once what is due is done
 * @returns what came of each step, in their order
 * @throws SourceTaken for several steps alone
 */
export async function performAll<One extends Step, Refusal extends object>(
  scope: ShopScope,
  steps: readonly One[],
  prepare: () => Decide<One, Refusal> | Promise<Decide<One, Refusal>>,
): Promise<(Outcome | Refusal)[]> {
  if (steps.length === 0) return [];
  const { books, existing } = await openAll(scope, steps);
  const told = existing.every((one) => one !== null);
  const { decisions, drafts } = decideAll(steps, books, existing, told ? noDecision : await prepare());
  const ids = drafts.length > 0 ? await write(scope, drafts) : [];
  if (ids.includes(null) && steps.length > 1) throw new SourceTaken('a source was posted meanwhile for another owner');
  return Promise.all(
    decisions.map(async (decision, index) => {
      if (!('draft' in decision)) return decision;
      const id = ids[decision.draft];
      return typeof id === 'number' ? { code: decision.code, transactionId: id } : takenBy(scope, steps[index]);
    }),
  );
}

const noDecision = (): never => {
  throw new Error('nothing is to be decided');
};

/** What it is that was posted meanwhile by somebody who held another account. */
async function takenBy(scope: ShopScope, step: Step | undefined): Promise<Outcome> {
  const { books, existing } = await openAll(scope, step ? [step] : []);
  const [one] = existing;
  if (!one || !step) throw new Error('a source is taken and is not');
  return repeated(one, books.of(step.ref).account, step);
}

interface Desk {
  /** books of an owner as the newest step left them */
  of(ref: AccountRef): Books;
  take(account: Account): void;
}

/** Locks the owners of steps and does what is due for those who get something new. */
async function openAll(
  scope: ShopScope,
  steps: readonly Step[],
): Promise<{ readonly books: Desk; readonly existing: readonly (Existing | null)[] }> {
  const refs = [...new Map(steps.map(({ ref }) => [keyOf(ref), ref])).values()];
  const at = new Date(Math.max(...steps.map(({ command }) => command.at.getTime())));
  const sources = steps.map(({ command }) => command.source);
  const opened = await open(scope, refs, sources, at);
  // Who was merged shares an account with another owner.
  const accounts = new Map(opened.accounts.map((account) => [account.id, account]));
  const ids = new Map(refs.map((ref, index) => [keyOf(ref), booksOf(opened, index, ref.unit)]));
  const books: Desk = {
    of(ref) {
      const first = ids.get(keyOf(ref));
      const account = first && accounts.get(first.account.id);
      if (!account) throw new Error('an account was not opened');
      return { account, programme: first.programme };
    },
    take: (account) => accounts.set(account.id, account),
  };
  const drafts: Draft[] = [];
  for (const [index, { ref }] of steps.entries()) {
    if (opened.existing[index]) continue;
    const due = settle(books.of(ref), at);
    drafts.push(...due.drafts);
    books.take(due.books.account);
  }
  // Before anything is decided: a reversal asks what has expired.
  if (drafts.length > 0) await write(scope, drafts);
  return { books, existing: opened.existing };
}

/** An outcome whose transaction has no id yet. */
interface Drafted {
  readonly code: Outcome['code'];
  readonly draft: number;
}

function decideAll<One extends Step, Refusal extends object>(
  steps: readonly One[],
  books: Desk,
  existing: readonly (Existing | null)[],
  decide: Decide<One, Refusal>,
): { readonly decisions: (Outcome | Refusal | Drafted)[]; readonly drafts: readonly Draft[] } {
  const drafts: Draft[] = [];
  const bySource = new Map<string, number>();
  let lots = 0;
  const decisions = steps.map((step, index): Outcome | Refusal | Drafted => {
    const own = books.of(step.ref);
    const before = existing[index];
    if (before) return repeated(before, own.account, step);
    const source = JSON.stringify(step.command.source);
    const twice = bySource.get(source);
    const first = twice === undefined ? undefined : drafts[twice];
    if (twice !== undefined && first) return { code: repetition(first, own.account, step), draft: twice };
    const decision = decide(step, own);
    if ('refusal' in decision) return decision.refusal;
    bySource.set(source, drafts.length);
    drafts.push(draftOf(step, own.account, decision));
    books.take(after(own.account, decision.lines, lots));
    lots += decision.lines.lots.length;
    return { code: 'posted', draft: drafts.length - 1 };
  });
  return { decisions, drafts };
}

function draftOf(
  step: Step,
  account: Account,
  { amount, lines }: { readonly amount: number; readonly lines: Lines },
): Draft {
  const { source, details = {}, at } = step.command;
  const { operation, overdraft = false, related = null } = step;
  return { operation, source, account: account.id, amount, overdraft, related, details, at, ...lines };
}

const keyOf = ({ ownerKind, ownerId, unit }: AccountRef) => JSON.stringify([ownerKind, ownerId, unit]);

function repeated(existing: Existing, account: Pick<Account, 'id'>, step: Step): Outcome {
  return { code: repetition(existing, account, step), transactionId: existing.id };
}

function repetition(
  existing: Pick<Existing, 'operation' | 'account' | 'amount' | 'related'>,
  account: Pick<Account, 'id'>,
  step: Step,
): 'already' | 'conflict' {
  const same =
    existing.operation === step.operation &&
    existing.account === account.id &&
    (step.amount === null || existing.amount === step.amount) &&
    existing.related === (step.related ?? null);
  return same ? 'already' : 'conflict';
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
