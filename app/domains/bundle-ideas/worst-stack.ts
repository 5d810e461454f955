import {
  type BundleOffer,
  type CodeOffer,
  costOf,
  floorOf,
  type GoalReward,
  type IncentiveRules,
  marginBps,
  type Offer,
  priceCart,
  safeDiscount,
} from '#app/domains/incentives/index.ts';
import { type Beside, stackBeside, type StackPart } from './beside.ts';
import type { Assumptions, IdeaProduct, IdeaVariant } from './model.ts';

/** What an idea offers: products with units, or units to choose among products. */
export interface IdeaOffer {
  readonly kind: 'fixed' | 'mix-and-match';
  readonly pickCount: number;
  readonly items: BundleOffer['items'];
}

/** What is left where everything meets that the merchant lets meet. */
export interface WorstStack {
  /** of what is paid without tax, basis points; null where nothing is paid */
  readonly marginBps: number | null;
  /** why it may not be offered; null = it may */
  readonly refusal: 'margin' | 'stack' | null;
  /** what stands on top of the bundle in the worst case */
  readonly with: readonly StackPart[];
}

/** What an idea is judged by besides the past baskets. */
export interface Circumstances {
  readonly rules: IncentiveRules;
  readonly assumptions: Assumptions;
  readonly beside: Beside;
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

/**
 * Prices the offer at its least profitable, together with what shoppers may hold beside it and free shipping where the
 * merchant's matrix lets them combine with a bundle, by the very rules of the checkout.
 */
export function worstStack(
  offer: IdeaOffer,
  basisPoints: number,
  products: readonly IdeaProduct[],
  { rules, assumptions, beside }: Circumstances,
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
  const order = { priceMinor: price, discountedMinor: price - Math.floor((price * basisPoints) / 10_000) };
  const safe = safeDiscount(bundle, products, rules);
  const guarded = safe === null || safe.type !== 'percentage' || safe.basisPoints < basisPoints;
  const stack = stackBeside(beside, order, rules, assumptions);
  // A bundle that breaks the margin by itself needs no goal for it.
  const goals = guarded ? [] : stack.filter(isGoal);
  const codes = stack.filter((part) => !isGoal(part));
  const lines = [...units.map(({ productId, variant, quantity }) => ({ ...variant, productId, quantity }))];
  for (const { source, gives } of [...codes, ...goals]) {
    const id = source === 'goal' ? goalGift : 'gift';
    if (gives.type === 'free-product')
      lines.push({ ...gives, id, productId: id, quantity: 1, stock: null, sellWhenOutOfStock: true });
  }
  const pricing = priceCart(
    {
      currency: 'USD',
      shopCurrency: 'USD',
      rate: '1.0',
      shippingMinor: Math.ceil((price * assumptions.shippingBps) / 10_000),
      lines: lines.map(({ id, productId, quantity, priceMinor, costMinor }, index) => ({
        id: String(index),
        productId,
        variantId: id,
        quantity,
        unitPriceMinor: priceMinor,
        unitCostMinor: goals.length > 0 ? 0 : costMinor,
        giftCard: false,
        sellingPlan: false,
      })),
    },
    { bundles: [bundle, ...offerOfGoals(goals)], codes: codes.map((part, index) => codeOf(part, index, rules)) },
    // What is promised should stand: a bundle that must give way to a code is no good idea, nor one to which a goal must.
    { ...rules, codeReserve: 0, knownCodes: [], ...(goals.length > 0 ? unguarded : {}) },
    null,
  );
  const { subtotalMinor, bundleMinor, goalMinor, codeMinor, shippingDiscountMinor } = pricing;
  const net = subtotalMinor - bundleMinor - goalMinor - codeMinor - shippingDiscountMinor;
  const sum = (of: typeof floorOf): number =>
    lines.reduce((all, { priceMinor, costMinor, quantity }) => all + of(priceMinor, costMinor, rules) * quantity, 0);
  const applied = new Set(
    pricing.reasons.flatMap(({ code, subject, minor }) => (code === 'code-applied' && minor ? [subject] : [])),
  );
  const stands = ({ class: offerClass, gives }: StackPart): boolean => {
    if (gives.type === 'free-product') return pricing.bundles.some(({ offerId }) => offerId === goalId);
    return (offerClass === 'shipping' ? shippingDiscountMinor : goalMinor) > 0;
  };
  return {
    marginBps: net > 0 ? marginBps(net, sum(costOf), rules.taxInPricesBps) : null,
    refusal: guarded ? 'margin' : net < sum(floorOf) ? 'stack' : null,
    with: [...codes.filter((_part, index) => applied.has(String(index))), ...goals.filter(stands)],
  };
}

const goalId = 'goal';
const goalGift = 'goal-gift';
/** Goals are promised in full, too, while the guard would take back from them what the order does not earn. */
const unguarded = { minMarginBps: 0, ownCodes: undefined };

/** What the cart earns by itself: it takes the place of no code. */
const isGoal = ({ source }: StackPart): boolean => source === 'goal';

function rewardOf({ class: offerClass, gives }: StackPart): GoalReward {
  if (gives.type === 'free-product') return { type: 'gift', productId: goalGift, variantId: null };
  return offerClass === 'shipping' ? { type: 'free-shipping' } : { type: 'order-discount', value: gives };
}

/** Goals that the order has reached as an offer of the checkout. */
function offerOfGoals(goals: readonly StackPart[]): Offer[] {
  if (goals.length === 0) return [];
  const tiers = goals.map((goal) => ({ thresholdMinor: 0, reward: rewardOf(goal) }));
  return [{ id: goalId, kind: 'cart-goals', title: '', items: [], startsAt: null, endsAt: null, terms: { tiers } }];
}

/** None of them is reduced: what is promised should stand. */
function codeOf({ class: offerClass, gives }: StackPart, index: number, rules: IncentiveRules): CodeOffer {
  return {
    code: String(index),
    class: offerClass,
    value: gives.type === 'free-product' ? { type: 'amount', minor: gives.priceMinor } : gives,
    combinesWith: rules.combinesWith[offerClass],
    runBy: 'platform',
  };
}
