import type { ShopScope } from '#app/infra/database.ts';
import { TransactionConflict } from '#app/infra/transaction-conflict.ts';
import type { Account, AccountRef, Details, Draft, Existing, Operation, Outcome, Source } from './model.ts';
import { after, dueLot } from './after.ts';
import { type Books, expireLines, type Lines, vestLines } from './rules.ts';
import { blankBooks, booksOf, open, type Opened, openOrWrite, write } from './store.ts';

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

/**
 * The one way to post: lock all owners, look for the same sources, do what is due, decide step after step, write
 * everything at once. A refusal leaves what was due done and nothing else. The number of statements is the same for one
 * step and for a thousand.
 * @param prepare reads what the decisions need, once what is due is done
 * @returns what came of each step, in their order
 * @throws TransactionConflict, for several steps, where somebody else posts a source for another owner meanwhile
 */
export async function performAll<One extends Step, Refusal extends object>(
  scope: ShopScope,
  steps: readonly One[],
  prepare: () => Decide<One, Refusal> | Promise<Decide<One, Refusal>>,
): Promise<(Outcome | Refusal)[]> {
  if (steps.length === 0) return [];
  const asked = askedBy(steps);
  const { books, existing } = await settleDesk(scope, steps, asked.at, deskOf(asked.refs, await open(scope, asked)));
  const told = existing.every((one) => one !== null);
  const decided = decideAll(steps, books, existing, told ? noDecision : await prepare());
  return finish(scope, steps, decided, decided.drafts.length > 0 ? await write(scope, decided.drafts) : []);
}

/**
 * `performAll` for steps that come to the same in whatever account, as long as nothing is due in it and its owner does
 * not owe: then one statement does everything.
 */
export async function performPlain<One extends Step>(
  scope: ShopScope,
  steps: readonly One[],
  decide: Decide<One, never>,
): Promise<Outcome[]> {
  if (steps.length === 0) return [];
  const asked = askedBy(steps);
  const plain = decideAll(steps, deskOf(asked.refs, blankBooks(asked.refs)).books, [], decide);
  const result = await openOrWrite(scope, asked, plain.drafts);
  if ('ids' in result) return finish(scope, steps, plain, result.ids);
  const { books, existing } = await settleDesk(scope, steps, asked.at, deskOf(asked.refs, result.opened));
  const decided = decideAll(steps, books, existing, decide);
  return finish(scope, steps, decided, decided.drafts.length > 0 ? await write(scope, decided.drafts) : []);
}

const noDecision = (): never => {
  throw new Error('nothing is to be decided');
};

/** What steps ask the database for: each owner once. */
function askedBy(steps: readonly Step[]) {
  return {
    refs: [...new Map(steps.map(({ ref }) => [keyOf(ref), ref])).values()],
    sources: steps.map(({ command }) => command.source),
    at: new Date(Math.max(...steps.map(({ command }) => command.at.getTime()))),
  };
}

/** Outcomes, once the transactions have their ids. */
function finish<Refusal extends object>(
  scope: ShopScope,
  steps: readonly Step[],
  { decisions }: Decided<Refusal>,
  ids: readonly (number | null)[],
): Promise<(Outcome | Refusal)[]> {
  if (ids.includes(null) && steps.length > 1)
    throw new TransactionConflict('a source was posted meanwhile for another owner');
  return Promise.all(
    decisions.map(async (decision, index) => {
      if (!('draft' in decision)) return decision;
      const id = ids[decision.draft];
      return typeof id === 'number' ? { code: decision.code, transactionId: id } : takenBy(scope, steps[index]);
    }),
  );
}

/** What it is that was posted meanwhile by somebody who held another account. */
async function takenBy(scope: ShopScope, step: Step | undefined): Promise<Outcome> {
  if (!step) throw new Error('a source is taken of no step');
  const asked = askedBy([step]);
  const { books, existing } = deskOf(asked.refs, await open(scope, asked));
  const [one] = existing;
  if (!one) throw new Error('a source is taken and is not');
  return repeated(one, books.of(step.ref).account, step);
}

interface OwnersBooks {
  /** books of an owner as the newest step left them */
  of(ref: AccountRef): Books;
  take(account: Account): void;
}

interface Desk {
  readonly books: OwnersBooks;
  /** what was posted for the source of each step before */
  readonly existing: readonly (Existing | null)[];
}

function deskOf(refs: readonly AccountRef[], opened: Opened): Desk {
  // Who was merged shares an account with another owner.
  const accounts = new Map(opened.accounts.map((account) => [account.id, account]));
  const first = new Map(refs.map((ref, index) => [keyOf(ref), booksOf(opened, index, ref.unit)]));
  const books = {
    of(ref: AccountRef): Books {
      const own = first.get(keyOf(ref));
      const account = own && accounts.get(own.account.id);
      if (!account) throw new Error('an account was not opened');
      return { account, programme: own.programme };
    },
    take: (account: Account) => void accounts.set(account.id, account),
  };
  return { books, existing: opened.existing };
}

/** Does what is due for those who get something new: before anything is decided, as a reversal asks what has expired. */
async function settleDesk(scope: ShopScope, steps: readonly Step[], at: Date, desk: Desk): Promise<Desk> {
  const drafts = steps.flatMap(({ ref }, index) => {
    if (desk.existing[index]) return [];
    const due = settle(desk.books.of(ref), at);
    desk.books.take(due.books.account);
    return due.drafts;
  });
  if (drafts.length > 0) await write(scope, drafts);
  return desk;
}

/** An outcome whose transaction has no id yet. */
interface Drafted {
  readonly code: Outcome['code'];
  readonly draft: number;
}

interface Decided<Refusal> {
  readonly decisions: readonly (Outcome | Refusal | Drafted)[];
  readonly drafts: readonly Draft[];
}

function decideAll<One extends Step, Refusal extends object>(
  steps: readonly One[],
  books: OwnersBooks,
  existing: readonly (Existing | null)[],
  decide: Decide<One, Refusal>,
): Decided<Refusal> {
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
