import { z } from 'zod';

const minor = z.int().positive();
const fromSubtotal = {
  /** the cart's goods cost at least this, shop currency, minor units */
  minSubtotalMinor: z.int().nonnegative().nullable(),
  /** products that it is for; null = everything */
  productIds: z.array(z.string().min(1)).readonly().nullable(),
  /** only for who has not ordered yet; whom the checkout does not know may use it */
  firstOrder: z.literal(true).optional(),
};

/** What a code gives. Amounts are minor units of the shop's currency. */
export const codeTerms = z.discriminatedUnion('type', [
  z.object({ type: z.literal('amount'), minor, ...fromSubtotal }),
  z.object({
    type: z.literal('percentage'),
    basisPoints: z.int().min(1).max(10_000),
    /** it takes no more off, however large the order; left out = no bound */
    mostMinor: minor.optional(),
    ...fromSubtotal,
  }),
  z.object({ type: z.literal('free-shipping'), ...fromSubtotal }),
  z.object({
    type: z.literal('free-product'),
    productId: z.string().min(1),
    /** null = any variant */
    variantId: z.string().min(1).nullable(),
    ...fromSubtotal,
  }),
]);
export type CodeTerms = z.infer<typeof codeTerms>;

/** What a code was issued for: a source has one code in a shop, however often it is asked for. */
export interface CodeSource {
  /** such as `loyalty-reward`, `referral-friend`, `personal-offer` */
  readonly kind: string;
  readonly id: string;
  /** tells several codes of one thing apart */
  readonly purpose: string;
}

/**
 * wanted: not in the store yet · open: may be used · used: as often as it may · expired · withdrawn: taken back by us ·
 * refused: the store or the margin does not allow it
 */
export type CodeState = 'wanted' | 'open' | 'used' | 'expired' | 'withdrawn' | 'refused';

export interface CodeWish {
  readonly source: CodeSource;
  /** names the discount in the store's admin and checkout; codes with one title and one set of terms share a discount */
  readonly title: string;
  readonly terms: CodeTerms;
  /** the platform's customer who alone may use it; null = whoever has it */
  readonly customerId: string | null;
  /** orders that may carry it; null = any number */
  readonly uses: number | null;
  readonly startsAt: Date;
  /** null = never; further ahead than three days it is moved up to the next midnight (UTC), else to the next full hour */
  readonly endsAt: Date | null;
  /** put before what is drawn, such as `VIP`; capital letters and digits */
  readonly prefix?: string;
  /** the code itself, where it is not to be drawn */
  readonly text?: string;
}

/** `already`: the source had a code, which stands as it was issued. `taken`: the given text is another source's. */
export type IssuedCode =
  | { readonly outcome: 'issued' | 'already'; readonly code: string; readonly state: CodeState }
  | { readonly outcome: 'taken' };

/** A code as it stands. */
export interface Code {
  readonly source: CodeSource;
  readonly code: string;
  readonly title: string;
  readonly terms: CodeTerms;
  readonly customerId: string | null;
  readonly state: CodeState;
  /** why it is refused, in a sentence for the merchant */
  readonly refusal: string | null;
  readonly uses: number | null;
  /** orders that stand and carry it */
  readonly used: number;
  readonly endsAt: Date | null;
  /** the latest order that carried it */
  readonly orderId: string | null;
  readonly usedAt: Date | null;
}

/** A number of random bytes. */
export type RandomBytes = (size: number) => Uint8Array;

/** Of which class of the stack the code is. */
export function classOf(terms: CodeTerms): 'order' | 'product' | 'shipping' {
  if (terms.type === 'free-shipping') return 'shipping';
  return terms.type === 'free-product' || terms.productIds !== null ? 'product' : 'order';
}
