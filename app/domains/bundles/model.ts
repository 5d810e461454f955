import { z } from 'zod';
import type { BundleId } from '#app/shared/ids.ts';

/** Limits of one bundle; the title's keeps the Function's output small. */
export const bundleLimits = { titleLength: 80, items: 20, units: 50 } as const;

/** A year that every part holds: PostgreSQL knows no year 0, and text of years above 9999 is read differently. */
const isUsual = (at: Date | null): boolean => at === null || (at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9999);

const instant = z
  .union([z.iso.datetime({ offset: true, error: 'Enter a date and time' }), z.literal(''), z.null()])
  .transform((text) => (text === '' || text === null ? null : new Date(text)))
  .refine(isUsual, 'Enter a date of another year');

/** PostgreSQL's text cannot hold NUL. */
const withoutNul = (text: string) => text.replaceAll('\0', '');

const itemSchema = z.object({
  productId: z.string().regex(/^\d{1,20}$/, 'Choose a product'),
  /** null = any variant */
  variantId: z
    .string()
    .regex(/^\d{1,20}$/, 'Choose a variant')
    .nullable(),
  quantity: z.int('Enter a whole number').min(1, 'At least 1').max(bundleLimits.units, `At most ${bundleLimits.units}`),
});

const discountSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('percentage'),
    basisPoints: z
      .int('Enter a percentage with at most 2 decimals')
      .min(1, 'Enter more than 0 %')
      .max(10_000, 'Enter at most 100 %'),
  }),
  z.object({
    type: z.literal('amount'),
    minor: z.int('Enter an amount').min(1, 'Enter more than 0').max(1_000_000_000_00, 'Enter a smaller amount'),
  }),
]);

/**
 * What the editor sends. Messages are for the merchant and belong to the field named by the path.
 * Rules that need prices or products are in `rules.ts`.
 */
export const bundleFormSchema = z
  .object({
    title: z
      .string()
      .overwrite(withoutNul)
      .trim()
      .min(1, 'Enter a title')
      .max(bundleLimits.titleLength, `At most ${bundleLimits.titleLength} characters`),
    kind: z.enum(['fixed', 'mix-and-match']),
    discount: discountSchema,
    /** mix-and-match: units that make one bundle; fixed: 0 */
    pickCount: z.int('Enter a whole number').min(0).max(bundleLimits.units, `At most ${bundleLimits.units}`),
    /** ISO 8601 with offset, or empty */
    startsAt: instant,
    endsAt: instant,
    status: z.enum(['draft', 'active', 'paused']),
    items: z
      .array(itemSchema)
      .min(1, 'Add at least one product')
      .max(bundleLimits.items, `At most ${bundleLimits.items} products`),
  })
  .transform((form) =>
    form.kind === 'fixed'
      ? { ...form, pickCount: 0 }
      : { ...form, items: form.items.map((item) => ({ ...item, quantity: 1 })) },
  );

/** What the editor holds (dates as ISO text) and what it becomes once parsed (dates as instants). */
export type BundleFormInput = z.input<typeof bundleFormSchema>;
export type BundleForm = z.output<typeof bundleFormSchema>;
export type BundleItem = BundleForm['items'][number];
export type BundleDiscount = BundleForm['discount'];
export type BundleKind = BundleForm['kind'];
export type BundleStatus = BundleForm['status'];

/** Where a bundle stands now: its status, refined by its dates. */
export type BundlePhase = 'draft' | 'paused' | 'scheduled' | 'live' | 'expired';

export interface Bundle extends BundleForm {
  readonly id: BundleId;
  /** counts up with every change; send back the one you saw */
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A product as bundles need it; amounts in the shop's currency, minor units. */
export interface BundleProduct {
  readonly id: string;
  readonly title: string;
  readonly handle: string;
  readonly imageUrl: string | null;
  readonly giftCard: boolean;
  /** active and visible in the online store */
  readonly sellable: boolean;
  readonly variants: readonly BundleVariant[];
}

export interface BundleVariant {
  readonly id: string;
  readonly title: string;
  readonly priceMinor: number;
  readonly costMinor: number | null;
  /** null = not tracked */
  readonly stock: number | null;
  readonly sellWhenOutOfStock: boolean;
}

/** What sold as part of the bundle: cancelled and test orders do not count, refunded units are taken out. */
export interface BundleNumbers {
  readonly orders: number;
  readonly unitsSold: number;
  readonly revenueMinor: number;
  readonly discountMinor: number;
}

export interface BundleListItem {
  readonly bundle: Bundle;
  readonly phase: BundlePhase;
  /** how many bundles can be sold now; null = unlimited */
  readonly available: number | null;
  /** first products, for the row's pictures */
  readonly products: readonly { readonly id: string; readonly title: string; readonly imageUrl: string | null }[];
  readonly numbers: BundleNumbers;
}

export interface BundleDetails {
  readonly bundle: Bundle;
  readonly phase: BundlePhase;
  readonly available: number | null;
  /** every product of the bundle that the catalog knows */
  readonly products: readonly BundleProduct[];
  readonly numbers: BundleNumbers;
}

export const bundleListQuerySchema = z.object({
  search: z.string().overwrite(withoutNul).trim().max(100).default(''),
  status: z.enum(['all', 'draft', 'paused', 'scheduled', 'live', 'expired']).default('all'),
  sort: z.enum(['updated', 'title', 'revenue']).default('updated'),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(20),
});
export type BundleListQuery = z.output<typeof bundleListQuerySchema>;

/** `fields`: message by the field's path, joined with dots ("items.0.quantity", "discount.minor"). */
export type BundleFailure =
  | {
      readonly ok: false;
      readonly code: 'invalid';
      readonly message: string;
      readonly fields: Readonly<Record<string, string>>;
    }
  | { readonly ok: false; readonly code: 'not-found' | 'conflict'; readonly message: string };
export type BundleResult<T> = { readonly ok: true; readonly value: T } | BundleFailure;

/** Time and randomness for the use cases that write. */
export interface BundleContext {
  readonly now: Date;
  /** a new lower-case UUID (`crypto.randomUUID`) */
  readonly newId: () => string;
}
