import { z } from 'zod';
import { type BundleProduct, getBundleProducts, readOffers } from '#app/domains/bundles/index.ts';
import {
  type Cart,
  type CodeOffer,
  costOf,
  explain,
  type IncentiveRules,
  marginBps,
  priceCart,
} from '#app/domains/incentives/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

const mostLines = 50;
const mostUnits = 999;
/** Something to take off where shipping becomes free: what it costs is known at the checkout only. */
const shippingMinor = 100;

/** One line of a cart that is asked about: `123` or, of one variant, `123.456`, and behind a colon its units. */
const lineSchema = z
  .string()
  .regex(/^\d{1,20}(\.\d{1,20})?(:\d{1,3})?$/)
  .transform((text) => {
    const [item = '', units = '1'] = text.split(':');
    const [productId = '', variantId = null] = item.split('.');
    return { productId, variantId, quantity: Number(units) };
  })
  .refine(({ quantity }) => quantity >= 1 && quantity <= mostUnits);

/** What is asked: `cart=1:2,3.31`, and `code=1000&class=order` for a code of 10 % beside it. */
export const cartToExplainSchema = z.object({
  cart: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(lineSchema).min(1).max(mostLines)),
  code: z.coerce.number().int().min(1).max(10_000).optional(),
  class: z.enum(['product', 'order', 'shipping']).default('order'),
});
export type CartToExplain = z.output<typeof cartToExplainSchema>;

export interface ExplainedLine {
  readonly productId: string;
  readonly variantId: string;
  readonly title: string;
  readonly imageUrl: string | null;
  readonly quantity: number;
  readonly priceMinor: number;
  readonly discountMinor: number;
  readonly totalMinor: number;
  /** what took part in its discount */
  readonly offers: readonly string[];
}

/** Why one offer, line or code did what it did in the cart. */
export interface ExplainedReason {
  /** see `ReasonCode` */
  readonly code: string;
  /** the offer's title, the product's, or the code; empty where it is about the cart */
  readonly about: string;
  /** of an offer its id */
  readonly offerId: string | null;
  readonly words: string;
}

/** Amounts are minor units of `currency`, the shop's. */
export interface ExplainedCart {
  readonly currency: string;
  readonly lines: readonly ExplainedLine[];
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly totalMinor: number;
  readonly freeShipping: boolean;
  /** of all lines after every discount and without tax, basis points; null where they cost nothing */
  readonly marginBps: number | null;
  /** a unit cost is unknown, so that the default margin stands in */
  readonly assumed: boolean;
  /** 'bounded': so large that the best combination was searched within a limit, or with a code that competes with bundles */
  readonly search: 'exact' | 'bounded';
  readonly reasons: readonly ExplainedReason[];
  /** products of the question that the shop does not have */
  readonly unknown: readonly string[];
}

interface Taken {
  readonly line: Cart['lines'][number];
  readonly product: BundleProduct;
  readonly title: string;
}

const sampleCode = 'CODE';

const codesOf = ({ code, class: discountClass }: CartToExplain): CodeOffer[] =>
  code === undefined
    ? []
    : [
        {
          code: sampleCode,
          class: discountClass,
          value: { type: 'percentage', basisPoints: code },
          combinesWith: { product: true, order: true, shipping: true },
          runBy: 'platform',
        },
      ];

/**
 * What a cart costs now and why: which offers apply, which do not and for what reason, what the minimum margin held
 * back. Priced by the same rules as the checkout, at the catalog's prices, in the shop's currency, for a visitor of no
 * price test. A product without a variant named counts with its first one.
 */
export async function explainCart(
  scope: ShopScope,
  asked: CartToExplain,
  { currency, rules, now }: { readonly currency: string; readonly rules: IncentiveRules; readonly now: Date },
): Promise<ExplainedCart> {
  const products = await getBundleProducts(scope, [...new Set(asked.cart.map(({ productId }) => productId))]);
  const taken = asked.cart.flatMap((one, index) => takeLine(one, index, products));
  const offers = await readOffers(scope);
  const cart: Cart = {
    currency,
    shopCurrency: currency,
    rate: '1',
    shippingMinor,
    lines: taken.map(({ line }) => line),
  };
  const pricing = priceCart(cart, { bundles: offers, codes: codesOf(asked) }, rules, now);
  const goalTitle = offers.find(({ kind }) => kind === 'cart-goals')?.title;
  const lines = taken.map(({ line, product, title }, index): ExplainedLine => {
    const priced = pricing.lines[index];
    const priceMinor = priced?.subtotalMinor ?? 0;
    const totalMinor = priced?.totalMinor ?? priceMinor;
    return {
      productId: product.id,
      variantId: line.variantId ?? '',
      title,
      imageUrl: product.imageUrl,
      quantity: line.quantity,
      priceMinor,
      discountMinor: priceMinor - totalMinor,
      totalMinor,
      offers: [
        ...(priced?.bundleTitles ?? []),
        ...(priced && priced.goalMinor > 0 && goalTitle !== undefined ? [goalTitle] : []),
        ...(priced && priced.codeMinor > 0 ? [sampleCode] : []),
      ],
    };
  });
  const totalMinor = lines.reduce((sum, line) => sum + line.totalMinor, 0);
  const cost = taken.reduce(
    (sum, { line }) => sum + costOf(line.unitPriceMinor, line.unitCostMinor, rules) * line.quantity,
    0,
  );
  return {
    currency,
    lines,
    subtotalMinor: pricing.subtotalMinor,
    discountMinor: pricing.subtotalMinor - totalMinor,
    totalMinor,
    freeShipping: pricing.shippingDiscountMinor >= shippingMinor,
    marginBps: marginBps(totalMinor, cost, rules.taxInPricesBps),
    assumed: taken.some(({ line }) => line.unitCostMinor === null),
    search: pricing.search,
    reasons: explain(pricing).map(({ code, subject, text }) => {
      const offer = offers.find(({ id }) => id === subject);
      const about = offer?.title ?? taken.find(({ line }) => line.id === subject)?.title ?? subject;
      return { code, about, offerId: offer?.id ?? null, words: text };
    }),
    unknown: asked.cart.flatMap((one, index) => (takeLine(one, index, products).length > 0 ? [] : [one.productId])),
  };
}

function takeLine(
  { productId, variantId, quantity }: CartToExplain['cart'][number],
  index: number,
  products: readonly BundleProduct[],
): Taken[] {
  const product = products.find(({ id }) => id === productId);
  const variant = product?.variants.find(({ id }) => variantId === null || id === variantId);
  if (!product || !variant) return [];
  const line = {
    id: `line-${String(index + 1)}`,
    productId,
    variantId: variant.id,
    quantity,
    unitPriceMinor: variant.priceMinor,
    unitCostMinor: variant.costMinor,
    giftCard: product.giftCard,
    sellingPlan: false,
  };
  const title = product.variants.length > 1 ? `${product.title}, ${variant.title}` : product.title;
  return [{ line, product, title }];
}
