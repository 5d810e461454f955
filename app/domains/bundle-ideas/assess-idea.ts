import { costOf, type IncentiveRules, marginBps, withoutTax } from '#app/domains/incentives/index.ts';
import type { Assumptions, Evidence, IdeaFound, IdeaKind, IdeaProduct, IdeaVariant } from './model.ts';
import { type Circumstances, type IdeaOffer, worstStack, type WorstStack } from './worst-stack.ts';

/** Discounts that are proposed, basis points: round ones, as people give them. */
export const pricePoints: readonly number[] = [500, 1000, 1500, 2000, 2500, 3000];

/** What one discount would bring in 30 days; shop-currency minor units. */
export interface PricePoint {
  readonly basisPoints: number;
  readonly priceMinor: number;
  /** bundles more than shoppers put together already */
  readonly extraBundles: number;
  /** more profit than without the offer, with the ends of what interval and assumption allow */
  readonly profit: { readonly value: number; readonly low: number; readonly high: number };
  /** share of the chances that must take the bundle for it to pay; null = no share does */
  readonly breakEven: number | null;
  readonly worst: WorstStack;
}

export type Refusal = 'unavailable' | 'out-of-stock' | 'margin' | 'stack' | 'does-not-pay';

/** An idea at today's prices, costs and stock. */
export interface Assessment {
  /** one bundle before the discount, as shoppers pay it; of a mix-and-match at the mean of its products */
  readonly priceMinor: number;
  readonly costMinor: number;
  /** products whose unit cost is unknown: the default margin stands in */
  readonly assumedCosts: readonly string[];
  /** before the discount, of the price without tax */
  readonly marginBps: number | null;
  /** days until the scarcest part is sold out at its present rate; null = nothing limits it */
  readonly cover: { readonly days: number; readonly productId: string; readonly units: number } | null;
  readonly points: readonly PricePoint[];
  /** the discount that earns most among those that may be offered; null where none may */
  readonly best: PricePoint | null;
  readonly refusal: Refusal | null;
}

/** What the idea would be as an offer; several of one product are a set of its units. */
export function offerOf(idea: IdeaFound): IdeaOffer {
  return {
    kind: idea.kind === 'mix-and-match' ? 'mix-and-match' : 'fixed',
    pickCount: idea.evidence.pickCount,
    items: idea.evidence.parts.map((part) => ({ ...part, variantId: null })),
  };
}

const cheapest = (product: IdeaProduct): IdeaVariant | undefined =>
  [...product.variants].sort((a, b) => a.priceMinor - b.priceMinor)[0];

interface Amounts {
  /** as shoppers pay it */
  readonly price: number;
  /** what the merchant keeps of it: all but the tax */
  readonly kept: number;
  readonly cost: number;
  /** profit of the part that a shopper buys who does not take the whole */
  readonly partProfit: number;
}

function amountsOf(
  kind: IdeaKind,
  evidence: Evidence,
  products: readonly IdeaProduct[],
  rules: IncentiveRules,
): Amounts {
  const taxBps = rules.taxInPricesBps ?? 0;
  let [price, cost, profit, weight] = [0, 0, 0, 0];
  for (const { productId, quantity } of evidence.parts) {
    const product = products.find(({ id }) => id === productId);
    const variant = product && cheapest(product);
    if (!variant) continue;
    const units = kind === 'mix-and-match' ? evidence.pickCount / evidence.parts.length : quantity;
    const unitCost = costOf(variant.priceMinor, variant.costMinor, rules);
    price += variant.priceMinor * units;
    cost += unitCost * units;
    const orders = evidence.sales.find((sale) => sale.productId === productId)?.orders ?? 0;
    profit += (withoutTax(variant.priceMinor, taxBps) - unitCost) * evidence.partUnits * orders;
    weight += orders;
  }
  return {
    price: Math.round(price),
    kept: withoutTax(Math.round(price), taxBps),
    cost: Math.round(cost),
    partProfit: weight > 0 ? profit / weight : 0,
  };
}

/**
 * Profit more than without the offer, for `chances` orders: those who are won over bring the profit of the whole
 * less that of the part which they buy anyway; those who take the whole already get the discount for nothing, on
 * as many bundles as they take. The odds of taking the whole, not their share, follow the assumptions, so that a
 * share never exceeds one.
 */
function profitOf(
  amounts: Amounts,
  basisPoints: number,
  { monthlyChances: chances, bundlesPerOrder }: Pick<Evidence, 'monthlyChances' | 'bundlesPerOrder'>,
  attach: number,
  assumed: Pick<Assumptions, 'elasticity' | 'reach'>,
): { extra: number; profit: number } {
  const off = (amounts.kept * basisPoints) / 10_000;
  const whole = amounts.kept - off - amounts.cost;
  // Constant elasticity: demand goes with price to the power of −elasticity.
  const factor = assumed.reach * (1 - basisPoints / 10_000) ** -assumed.elasticity;
  const taken = (attach * factor) / (1 - attach + attach * factor);
  const extra = chances * (taken - attach);
  return { extra, profit: extra * (whole - amounts.partProfit) - chances * attach * bundlesPerOrder * off };
}

function pointOf(
  idea: IdeaFound,
  basisPoints: number,
  amounts: Amounts,
  products: readonly IdeaProduct[],
  circumstances: Circumstances,
): PricePoint {
  const { assumptions } = circumstances;
  const { attach, bundlesPerOrder } = idea.evidence;
  const { elasticity, reach } = assumptions;
  const expected = profitOf(amounts, basisPoints, idea.evidence, attach.value, assumptions);
  // The ends: the interval of the share, and shoppers half or one and a half times as responsive as assumed.
  const ends = [attach.low, attach.high].flatMap((share) =>
    [0.5, 1.5].map(
      (factor) =>
        profitOf(amounts, basisPoints, idea.evidence, share, {
          elasticity: elasticity * factor,
          reach: 1 + (reach - 1) * factor,
        }).profit,
    ),
  );
  const off = (amounts.kept * basisPoints) / 10_000;
  const gain = amounts.kept - off - amounts.cost - amounts.partProfit;
  const breakEven = gain > 0 ? attach.value * (1 + (bundlesPerOrder * off) / gain) : null;
  return {
    basisPoints,
    priceMinor: Math.round(amounts.price - (amounts.price * basisPoints) / 10_000),
    extraBundles: expected.extra,
    profit: {
      value: Math.round(expected.profit),
      low: Math.round(Math.min(...ends, expected.profit)),
      high: Math.round(Math.max(...ends, expected.profit)),
    },
    breakEven: breakEven !== null && breakEven <= 1 ? breakEven : null,
    worst: worstStack(offerOf(idea), basisPoints, products, circumstances),
  };
}

function coverOf(idea: IdeaFound, products: readonly IdeaProduct[]): Assessment['cover'] {
  const covers = idea.evidence.parts.flatMap(({ productId }) => {
    const variants = products.find(({ id }) => id === productId)?.variants ?? [];
    if (variants.some(({ stock, sellWhenOutOfStock }) => stock === null || sellWhenOutOfStock)) return [];
    const units = variants.reduce((sum, { stock }) => sum + Math.max(0, stock ?? 0), 0);
    const daily = idea.evidence.sales.find((sale) => sale.productId === productId)?.dailyUnits ?? 0;
    return daily > 0 || units === 0 ? [{ days: units === 0 ? 0 : units / daily, productId, units }] : [];
  });
  // A mix-and-match lives on with one colour less, so that its best stocked parts decide.
  const sorted = covers.sort((a, b) => a.days - b.days);
  if (idea.kind !== 'mix-and-match') return sorted[0] ?? null;
  return covers.length < idea.evidence.parts.length
    ? null
    : (sorted[Math.max(0, sorted.length - idea.evidence.pickCount)] ?? null);
}

function refusalOf(
  idea: IdeaFound,
  products: readonly IdeaProduct[],
  cover: Assessment['cover'],
  points: readonly PricePoint[],
): Refusal | null {
  const usable = idea.evidence.parts.every(({ productId }) =>
    products.some(({ id, sellable, variants }) => id === productId && sellable && variants.length > 0),
  );
  if (!usable) return 'unavailable';
  if (cover?.units === 0) return 'out-of-stock';
  const allowed = points.filter(
    ({ worst, basisPoints }) => worst.refusal === null && pricePoints.includes(basisPoints),
  );
  if (allowed.length === 0) return points[0]?.worst.refusal ?? 'margin';
  return allowed.every(({ profit }) => profit.value <= 0) ? 'does-not-pay' : null;
}

/**
 * Holds an idea against prices, unit costs, stock, the merchant's rules and what shoppers may hold beside it.
 * @param extra a further discount to try, basis points
 */
export function assessIdea(
  idea: IdeaFound,
  products: readonly IdeaProduct[],
  circumstances: Circumstances,
  extra: readonly number[] = [],
): Assessment {
  const { rules } = circumstances;
  const amounts = amountsOf(idea.kind, idea.evidence, products, rules);
  const tried = [...new Set([...pricePoints, ...extra])].sort((a, b) => a - b);
  const points = tried.map((basisPoints) => pointOf(idea, basisPoints, amounts, products, circumstances));
  const cover = coverOf(idea, products);
  const refusal = refusalOf(idea, products, cover, points);
  const [best] = points
    .filter(({ worst, basisPoints }) => worst.refusal === null && pricePoints.includes(basisPoints))
    .sort((a, b) => b.profit.value - a.profit.value || a.basisPoints - b.basisPoints);
  return {
    priceMinor: amounts.price,
    costMinor: amounts.cost,
    assumedCosts: idea.evidence.parts
      .map(({ productId }) => productId)
      .filter((id) => {
        const product = products.find((one) => one.id === id);
        return product !== undefined && cheapest(product)?.costMinor === null;
      }),
    marginBps: amounts.price > 0 ? marginBps(amounts.price, amounts.cost, rules.taxInPricesBps) : null,
    cover,
    points,
    best: refusal === null || refusal === 'does-not-pay' ? (best ?? null) : null,
    refusal,
  };
}
