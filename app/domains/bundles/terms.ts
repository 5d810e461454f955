import { z } from 'zod';
import type { DiscountValue, KindTerms, TermsKind, UnitValue } from '#app/domains/incentives/index.ts';

/** Limits of the terms of one offer; they keep the checkout's configuration small. */
export const termLimits = { tiers: 8, units: 50, times: 100, collections: 10, minor: 1_000_000_000_00 } as const;

const basisPoints = z
  .int('Enter a percentage with at most 2 decimals')
  .min(1, 'Enter more than 0 %')
  .max(10_000, 'Enter at most 100 %');
const minor = z.int('Enter an amount').min(1, 'Enter more than 0').max(termLimits.minor, 'Enter a smaller amount');
const units = z.int('Enter a whole number').min(1, 'At least 1').max(termLimits.units, `At most ${termLimits.units}`);
const times = z.int('Enter a whole number').min(1, 'At least 1').max(termLimits.times, `At most ${termLimits.times}`);
const tiers = <T extends z.ZodType>(tier: T) =>
  z.array(tier).min(1, 'Add at least one tier').max(termLimits.tiers, `At most ${termLimits.tiers} tiers`);
const id = z.string().regex(/^\d{1,20}$/, 'Choose a product');

/** What comes off a whole set. */
export const discountSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('percentage'), basisPoints }),
  z.object({ type: z.literal('amount'), minor }),
]);

/** What comes off each unit, or what each unit costs. */
export const unitValueSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('percentage'), basisPoints }),
  z.object({ type: z.literal('amount'), minor }),
  z.object({ type: z.literal('price'), minor }),
]);

const rewardSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('order-discount'), value: discountSchema }),
  z.object({ type: z.literal('free-shipping') }),
  z.object({ type: z.literal('gift'), productId: id, variantId: id.nullable() }),
]);

/** The terms of each kind as they are sent and stored; rules over several fields are in `rules.ts`. */
export const termsSchemas = {
  'build-a-box': z.object({
    minUnits: units,
    maxUnits: units,
    tiers: tiers(z.object({ units, discount: discountSchema })),
    assembled: z.boolean().optional(),
  }),
  'quantity-breaks': z.object({
    per: z.enum(['mixed', 'product'], 'Choose how units are counted'),
    tiers: tiers(z.object({ units, value: unitValueSchema })),
  }),
  'buy-x-get-y': z.object({ buyUnits: units, getUnits: units, value: unitValueSchema, timesPerOrder: times }),
  gift: z.object({
    trigger: z.discriminatedUnion('type', [
      z.object({ type: z.literal('buy'), units }),
      z.object({ type: z.literal('subtotal'), minor }),
    ]),
    timesPerOrder: times,
  }),
  'cart-goals': z.object({ tiers: tiers(z.object({ thresholdMinor: minor, reward: rewardSchema })) }),
  'together-offer': z.object({ basisPoints, timesPerOrder: times }),
} satisfies { readonly [K in TermsKind]: z.ZodType<KindTerms[K]> };

const stored = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('build-a-box'), terms: termsSchemas['build-a-box'] }),
  z.object({ kind: z.literal('quantity-breaks'), terms: termsSchemas['quantity-breaks'] }),
  z.object({ kind: z.literal('buy-x-get-y'), terms: termsSchemas['buy-x-get-y'] }),
  z.object({ kind: z.literal('gift'), terms: termsSchemas.gift }),
  z.object({ kind: z.literal('cart-goals'), terms: termsSchemas['cart-goals'] }),
  z.object({ kind: z.literal('together-offer'), terms: termsSchemas['together-offer'] }),
]);

/** Stored terms of a kind. @throws when they do not fit the kind's schema */
export function readTerms(kind: TermsKind, terms: unknown): z.output<typeof stored> {
  return stored.parse({ kind, terms });
}

function strongest(values: readonly UnitValue[]): DiscountValue {
  const known = values.flatMap((value) => (value.type === 'price' ? [] : [value]));
  const percentages = known.flatMap((value) => (value.type === 'percentage' ? [value.basisPoints] : []));
  if (percentages.length > 0) return { type: 'percentage', basisPoints: Math.max(...percentages) };
  const amounts = known.flatMap((value) => (value.type === 'amount' ? [value.minor] : []));
  return amounts.length > 0
    ? { type: 'amount', minor: Math.max(...amounts) }
    : { type: 'percentage', basisPoints: 10_000 };
}

/**
 * The one discount that a list shows for an offer ("up to …"): its largest percentage, else its largest amount;
 * 100 % where something is free or has a price of its own.
 */
export function headlineOf<K extends TermsKind>(kind: K, terms: KindTerms[K]): DiscountValue;
export function headlineOf(kind: TermsKind, terms: KindTerms[TermsKind]): DiscountValue {
  if ('trigger' in terms) return strongest([]);
  if ('basisPoints' in terms) return { type: 'percentage', basisPoints: terms.basisPoints };
  if ('value' in terms) return strongest([terms.value]);
  return strongest(
    terms.tiers.flatMap((tier) => {
      if ('discount' in tier) return [tier.discount];
      if ('value' in tier) return [tier.value];
      return tier.reward.type === 'order-discount' ? [tier.reward.value] : [];
    }),
  );
}
