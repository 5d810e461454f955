import {
  type BundleOffer,
  type CodeOffer,
  floorOf,
  type IncentiveRules,
  priceCart,
  safeDiscount,
} from '#app/domains/incentives/index.ts';
import type { Assumptions, IdeaProduct, IdeaVariant } from './model.ts';

/** What an idea offers: products with units, or units to choose among products. */
export interface IdeaOffer {
  readonly kind: 'fixed' | 'mix-and-match';
  readonly pickCount: number;
  readonly items: BundleOffer['items'];
}

/** What is left where everything meets that the merchant lets meet. */
export interface WorstStack {
  /** (net − cost) ÷ net, basis points; null where nothing is paid */
  readonly marginBps: number | null;
  /** why it may not be offered; null = it may */
  readonly refusal: 'margin' | 'stack' | null;
  /** what stands on top of the bundle in the worst case */
  readonly with: readonly ('code' | 'shipping')[];
}

/** The least profitable way to fill the offer: of each choice the variant with least above its floor. */
function worstUnits(
  offer: IdeaOffer,
  products: readonly IdeaProduct[],
  rules: IncentiveRules,
): { productId: string; variant: IdeaVariant; quantity: number }[] {
  const worst = offer.items.flatMap((item) => {
    const [variant] = [...(products.find(({ id }) => id === item.productId)?.variants ?? [])].sort(
      (a, b) => roomShare(a, rules) - roomShare(b, rules),
    );
    return variant ? [{ productId: item.productId, variant, quantity: item.quantity }] : [];
  });
  if (offer.kind === 'fixed') return worst;
  const [least] = [...worst].sort((a, b) => roomShare(a.variant, rules) - roomShare(b.variant, rules));
  return least ? [{ ...least, quantity: offer.pickCount }] : [];
}

const roomShare = (variant: IdeaVariant, rules: IncentiveRules): number =>
  variant.priceMinor === 0
    ? 0
    : (variant.priceMinor - floorOf(variant.priceMinor, variant.costMinor, rules)) / variant.priceMinor;

const any = { product: true, order: true, shipping: true };

/**
 * Prices the offer at its least profitable, together with the largest code and free shipping where the
 * merchant's matrix lets them combine with a bundle, by the very rules of the checkout.
 */
export function worstStack(
  offer: IdeaOffer,
  basisPoints: number,
  products: readonly IdeaProduct[],
  rules: IncentiveRules,
  assumptions: Pick<Assumptions, 'codeBps' | 'shippingBps'>,
): WorstStack {
  const bundle: BundleOffer = {
    ...offer,
    id: 'idea',
    title: '',
    discount: { type: 'percentage', basisPoints },
    startsAt: null,
    endsAt: null,
  };
  const units = worstUnits(offer, products, rules);
  const price = units.reduce((sum, { variant, quantity }) => sum + variant.priceMinor * quantity, 0);
  const percentage = { type: 'percentage', basisPoints: assumptions.codeBps } as const;
  const codes: CodeOffer[] = [];
  const code = (name: string, offerClass: CodeOffer['class'], value: CodeOffer['value']): void => {
    // Only what the platform itself would let stand beside the bundle; it cannot be reduced by our guard.
    if (rules.combinesWith.product[offerClass])
      codes.push({ code: name, class: offerClass, value, combinesWith: any, runBy: 'platform' });
  };
  if (assumptions.codeBps > 0) {
    code('ORDER', 'order', percentage);
    if (!rules.combinesWith.product.order) code('PRODUCT', 'product', percentage);
  }
  if (assumptions.shippingBps > 0) code('SHIPPING', 'shipping', { type: 'percentage', basisPoints: 10_000 });
  const pricing = priceCart(
    {
      currency: 'USD',
      shopCurrency: 'USD',
      rate: '1.0',
      shippingMinor: Math.ceil((price * assumptions.shippingBps) / 10_000),
      lines: units.map(({ productId, variant, quantity }, index) => ({
        id: String(index),
        productId,
        variantId: variant.id,
        quantity,
        unitPriceMinor: variant.priceMinor,
        unitCostMinor: variant.costMinor,
        giftCard: false,
        sellingPlan: false,
      })),
    },
    { bundles: [bundle], codes },
    // What is promised should stand: a bundle that must give way to a code is no good idea.
    { ...rules, codeReserve: 0 },
    null,
  );
  const net = price - pricing.bundleMinor - pricing.codeMinor - pricing.shippingDiscountMinor;
  const floor = units.reduce(
    (sum, { variant, quantity }) => sum + floorOf(variant.priceMinor, variant.costMinor, rules) * quantity,
    0,
  );
  const cost = units.reduce((sum, { variant, quantity }) => sum + costOf(variant, rules) * quantity, 0);
  const safe = safeDiscount(bundle, products, rules);
  const guarded = safe === null || safe.type !== 'percentage' || safe.basisPoints < basisPoints;
  return {
    marginBps: net > 0 ? Math.floor(((net - cost) * 10_000) / net) : null,
    refusal: guarded ? 'margin' : net < floor ? 'stack' : null,
    with: [
      ...(pricing.codeMinor > 0 ? (['code'] as const) : []),
      ...(pricing.shippingDiscountMinor > 0 ? (['shipping'] as const) : []),
    ],
  };
}

/** The unit cost, or what the default margin leaves of the price, rounded up. */
export function costOf(variant: IdeaVariant, rules: Pick<IncentiveRules, 'defaultMarginBps'>): number {
  return variant.costMinor ?? Math.ceil((variant.priceMinor * (10_000 - rules.defaultMarginBps)) / 10_000);
}
