import { z } from 'zod';
import { meantOptions } from '#app/infra/meant-schema.ts';
import type { GoalTerms, ItemRole, TermsKind } from '#app/domains/incentives/index.ts';
import type { BundleId } from '#app/shared/ids.ts';
import { discountSchema, headlineOf, termLimits, termsSchemas } from './terms.ts';

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
  role: z.enum(['part', 'buy', 'get', 'gift']).default('part'),
});

export interface BundleItem {
  readonly productId: string;
  readonly variantId: string | null;
  readonly quantity: number;
  /** left out in sets, where every item is a part */
  readonly role?: ItemRole | undefined;
}

const items = z.array(itemSchema).max(bundleLimits.items, `At most ${bundleLimits.items} products`);
const oneOrMore = items.min(1, 'Add at least one product');

const common = {
  title: z
    .string()
    .overwrite(withoutNul)
    .trim()
    .min(1, 'Enter a title')
    .max(bundleLimits.titleLength, `At most ${bundleLimits.titleLength} characters`),
  /** ISO 8601 with offset, or empty */
  startsAt: instant,
  endsAt: instant,
  status: z.enum(['draft', 'active', 'paused']),
};

/** Every item of a set is a part of it. */
const withoutRole = ({ productId, variantId, quantity }: z.output<typeof itemSchema>): BundleItem => ({
  productId,
  variantId,
  quantity,
});

const setSchema = z
  .object({
    ...common,
    kind: z.enum(['fixed', 'mix-and-match']),
    discount: discountSchema,
    /** mix-and-match: units that make one bundle; fixed: 0 */
    pickCount: z.int('Enter a whole number').min(0).max(bundleLimits.units, `At most ${bundleLimits.units}`),
    items: oneOrMore,
  })
  .transform((form) =>
    form.kind === 'fixed'
      ? { ...form, items: form.items.map(withoutRole), pickCount: 0 }
      : { ...form, items: form.items.map((item) => ({ ...withoutRole(item), quantity: 1 })) },
  );

/** Whole collections beside the items; the publication puts their products in place of them. */
export const collectionsSchema = z
  .array(
    z.object({
      collectionId: z.string().regex(/^\d{1,20}$/, 'Choose from the list'),
      role: z.enum(['part', 'buy', 'get']).default('part'),
    }),
  )
  .max(termLimits.collections, `At most ${termLimits.collections} can be chosen`)
  .default([]);

/** Products by what they are, as a rule of suggestions names them; the publication puts products in place of them. */
export const groupSchema = z.object({
  meant: z.discriminatedUnion('kind', meantOptions),
  role: z.enum(['buy', 'get']),
});
export type Group = z.output<typeof groupSchema>;

/** A group with the products that the latest publication found for it. */
export const foundGroupSchema = groupSchema.extend({ productIds: z.array(z.string()) });
export type FoundGroup = z.output<typeof foundGroupSchema>;

/** A kind with terms of its own. `discount` and `pickCount` are what a list shows of it. */
function termsSchema<K extends TermsKind>(kind: K, terms: (typeof termsSchemas)[K]) {
  return z.object({
    ...common,
    kind: z.literal(kind),
    terms,
    items: items.default([]),
    collections: collectionsSchema,
  });
}

const unitless = (form: { readonly items: readonly BundleItem[] }): BundleItem[] =>
  form.items.map((item) => ({ ...item, quantity: 1 }));

/**
 * What the editor sends. Messages are for the merchant and belong to the field named by the path.
 * Rules that need prices or products are in `rules.ts`.
 */
export const bundleFormSchema = z.discriminatedUnion('kind', [
  setSchema,
  termsSchema('build-a-box', termsSchemas['build-a-box']).transform((form) => ({
    ...form,
    items: unitless(form),
    discount: headlineOf(form.kind, form.terms),
    pickCount: form.terms.minUnits,
  })),
  termsSchema('quantity-breaks', termsSchemas['quantity-breaks']).transform((form) => ({
    ...form,
    items: unitless(form),
    discount: headlineOf(form.kind, form.terms),
    pickCount: form.terms.tiers[0]?.units ?? 0,
  })),
  termsSchema('buy-x-get-y', termsSchemas['buy-x-get-y']).transform((form) => ({
    ...form,
    items: unitless(form),
    discount: headlineOf(form.kind, form.terms),
    pickCount: form.terms.buyUnits + form.terms.getUnits,
  })),
  termsSchema('gift', termsSchemas.gift).transform((form) => ({
    ...form,
    items: unitless(form),
    discount: headlineOf(form.kind, form.terms),
    pickCount: form.terms.trigger.type === 'buy' ? form.terms.trigger.units : 0,
  })),
  termsSchema('cart-goals', termsSchemas['cart-goals']).transform((form) => ({
    ...form,
    // The gifts of the tiers are its items, so that the catalog and its changes find them.
    items: giftsOf(form.terms),
    discount: headlineOf(form.kind, form.terms),
    pickCount: 0,
  })),
  termsSchema('together-offer', termsSchemas['together-offer'])
    .extend({ groups: z.array(groupSchema).max(2).default([]) })
    .transform((form) => ({
      ...form,
      items: unitless(form),
      discount: headlineOf(form.kind, form.terms),
      pickCount: 2,
    })),
]);

function giftsOf(terms: GoalTerms): BundleItem[] {
  const gifts = terms.tiers.flatMap(({ reward }) => (reward.type === 'gift' ? [reward] : []));
  const byId = new Map(gifts.map((gift) => [`${gift.productId}/${gift.variantId ?? ''}`, gift]));
  return [...byId.values()].map(({ productId, variantId }) => ({ productId, variantId, quantity: 1, role: 'gift' }));
}

/** What the editor holds (dates as ISO text) and what it becomes once parsed (dates as instants). */
export type AnyBundleFormInput = z.input<typeof bundleFormSchema>;
/** Of a fixed set or a mix-and-match. */
export type BundleFormInput = z.input<typeof setSchema>;
export type AnyBundleForm = z.output<typeof bundleFormSchema>;
/** A fixed set or a mix-and-match. */
export type BundleForm = z.output<typeof setSchema>;
export type BundleDiscount = BundleForm['discount'];
export type BundleKind = AnyBundleForm['kind'];
export type BundleStatus = BundleForm['status'];

/** Where a bundle stands now: its status, refined by its dates. */
export type BundlePhase = 'draft' | 'paused' | 'scheduled' | 'live' | 'expired';

interface Stored {
  readonly id: BundleId;
  /** counts up with every change; send back the one you saw */
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** the shop's when the amounts were entered; left out where that was not kept */
  readonly currency?: string | undefined;
  /** products of its groups; left out = none or not published yet */
  readonly found?: readonly FoundGroup[] | undefined;
}

/** A stored bundle of any kind. */
export type AnyBundle = AnyBundleForm & Stored;
/** A stored set. */
export type Bundle = BundleForm & Stored;

export function isSet<T extends Pick<AnyBundleForm, 'kind'>>(
  bundle: T,
): bundle is Extract<T, { kind: 'fixed' | 'mix-and-match' }> {
  return bundle.kind === 'fixed' || bundle.kind === 'mix-and-match';
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
  readonly bundle: AnyBundle;
  readonly phase: BundlePhase;
  /** how many bundles can be sold now; null = unlimited */
  readonly available: number | null;
  /** first products, for the row's pictures */
  readonly products: readonly { readonly id: string; readonly title: string; readonly imageUrl: string | null }[];
  readonly numbers: BundleNumbers;
}

export interface BundleDetails<T extends AnyBundle = Bundle> {
  readonly bundle: T;
  readonly phase: BundlePhase;
  readonly available: number | null;
  /** every product of the bundle that the catalog knows */
  readonly products: readonly BundleProduct[];
  readonly numbers: BundleNumbers;
}

const termsKinds = Object.keys(termsSchemas) as TermsKind[];

export const bundleListQuerySchema = z.object({
  search: z.string().overwrite(withoutNul).trim().max(100).default(''),
  status: z.enum(['all', 'draft', 'paused', 'scheduled', 'live', 'expired']).default('all'),
  kind: z.enum(['all', 'fixed', 'mix-and-match', ...termsKinds]).default('all'),
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

/** Products that an offer names by what they are; only the offers of rules do. */
export const groupsOf = (bundle: AnyBundle | AnyBundleForm): readonly Group[] =>
  'groups' in bundle ? bundle.groups : [];
