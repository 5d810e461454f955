import { z } from 'zod';

/** The owner kind of the shop's own side, on which every point that an owner has stands once more with the other sign. */
export const programme = 'programme';

/** Whose account it is. Amounts are whole points, or minor units where the unit is an ISO 4217 code. */
export interface AccountRef {
  /** `customer`, later `affiliate`, `seller` and so on; not `programme` */
  readonly ownerKind: string;
  /** the platform's id of the customer */
  readonly ownerId: string;
  /** `points` or an ISO 4217 code */
  readonly unit: string;
}

/** Whose accounts, of whatever unit. */
export type Owner = Omit<AccountRef, 'unit'>;

/** What a transaction is done for; each source has one transaction in a shop, however often it is told. */
export interface Source {
  /** such as `order`, `refund`, `redemption`, `adjustment` */
  readonly kind: string;
  readonly id: string;
  /** tells several transactions of one thing apart, such as the earning rules of one order */
  readonly purpose: string;
}

/** Ids and figures that explain a transaction, for the statement. No names and no addresses: it is kept for good. */
export type Details = Readonly<Record<string, string | number | boolean | null>>;

/** available: may be spent, below zero is a debt · pending: earned, not yet due · held: set aside for a redemption */
export type OwnerBucket = 'available' | 'pending' | 'held';
/** What the programme's side is counted by. */
export type ProgrammeBucket = 'issued' | 'redeemed' | 'expired' | 'adjusted' | 'forfeited';
export type Bucket = OwnerBucket | ProgrammeBucket;

export type Operation =
  | 'earn'
  | 'spend'
  | 'hold'
  | 'capture'
  | 'release'
  | 'vest'
  | 'expire'
  | 'take-back'
  | 'give-back'
  | 'transfer'
  | 'close';

export interface Balances {
  readonly available: number;
  readonly pending: number;
  readonly held: number;
}

/** What was earned at once, becomes available at once and expires at once. */
export interface Lot extends Balances {
  readonly id: number;
  /** the lot of another account that it goes on with, after two customers became one */
  readonly origin: number | null;
  readonly vestAt: Date;
  /** null: never */
  readonly expiresAt: Date | null;
  /** changes with every posting to it */
  readonly version: number;
}

/** An account that is locked, with the lots that hold something, the first to expire first. */
export interface Account extends Balances {
  readonly id: number;
  readonly lots: readonly Lot[];
}

/** One line of a transaction; positive fills the bucket. */
export interface Posting {
  readonly account: number;
  readonly bucket: Bucket;
  readonly amount: number;
  /** the lot's id; below zero one that is opened in the same writing: -1 the first of all of them, -2 the second … */
  readonly lot?: number;
  /** the number (from 1) of one that the transaction itself opens */
  readonly newLot?: number;
}

export interface NewLot {
  readonly account: number;
  readonly origin: number | null;
  readonly vestAt: Date;
  readonly expiresAt: Date | null;
}

/** A transaction before it is written. */
export interface Draft {
  readonly operation: Operation;
  readonly source: Source;
  readonly account: number;
  /** as it was asked for */
  readonly amount: number;
  /** may leave a debt */
  readonly overdraft: boolean;
  readonly related: number | null;
  readonly details: Details;
  readonly at: Date;
  readonly lots: readonly NewLot[];
  readonly postings: readonly Posting[];
}

/** What was posted for a source before. */
export interface Existing {
  readonly id: number;
  readonly operation: Operation;
  readonly account: number;
  readonly amount: number;
  readonly related: number | null;
}

/**
 * What came of a command. `posted`: now · `already`: the same was posted for this source before, nothing changed ·
 * `conflict`: something else was posted for this source, nothing changed.
 */
export type Outcome =
  | { readonly code: 'posted' | 'already'; readonly transactionId: number }
  | { readonly code: 'conflict'; readonly transactionId: number };

/** Throws unless the amount is a whole number above zero that JavaScript holds exactly. */
export function requireAmount(amount: number): void {
  if (!Number.isSafeInteger(amount) || amount <= 0) throw new Error(`not an amount: ${String(amount)}`);
}

const instant = z.string().transform((text) => new Date(text));
const balances = { available: z.int(), pending: z.int(), held: z.int() };

/** What the database tells of locked accounts. */
export const openedSchema = z.object({
  accounts: z.array(
    z.object({
      id: z.int(),
      ...balances,
      lots: z.array(
        z.object({
          id: z.int(),
          origin: z.int().nullable(),
          vestAt: instant,
          expiresAt: instant.nullable(),
          version: z.int(),
          ...balances,
        }),
      ),
    }),
  ),
  existing: z.array(
    z
      .object({
        id: z.int(),
        operation: z.custom<Operation>((value) => typeof value === 'string'),
        account: z.int(),
        amount: z.int(),
        related: z.int().nullable(),
      })
      .nullable(),
  ),
});

/** What the database tells of a writing that it was to decide on: the ids, or the accounts as they are. */
export const postedSchema = z.union([z.object({ ids: z.array(z.int().nullable()) }), openedSchema]);
