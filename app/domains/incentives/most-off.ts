import { type PriceTests, withValues } from './arms.ts';
import type { Plan, Reward } from './kinds/kind.ts';
import { kindOf } from './kinds/registry.ts';
import type { Offer } from './model.ts';

/** What offers take off a unit at most: the largest of the three. Minor units of the shop's currency. */
export interface MostOff {
  readonly basisPoints: number;
  readonly minor: number;
  /** the least that an offer leaves of a unit's price; null = none sets a price */
  readonly leftMinor: number | null;
  /** in a cart of fewer units nothing comes off */
  readonly units: number;
}

/** What the goals of a shop take off an order at most: a share of it, or an amount. */
export interface MostOffOrder {
  /** a smaller subtotal reaches none */
  readonly fromMinor: number;
  readonly basisPoints: number;
  readonly minor: number;
}

/** By product, whatever is in the cart, the margin guard left out; a product of no offer is not in it. */
export interface MostOffGoods {
  readonly products: ReadonlyMap<string, MostOff>;
  readonly order: MostOffOrder | null;
}

/** Both at their largest. */
export function largerOff(a: MostOff, b: MostOff): MostOff {
  return {
    basisPoints: Math.max(a.basisPoints, b.basisPoints),
    minor: Math.max(a.minor, b.minor),
    leftMinor:
      a.leftMinor === null || b.leftMinor === null ? (a.leftMinor ?? b.leftMinor) : Math.min(a.leftMinor, b.leftMinor),
    units: Math.min(a.units, b.units),
  };
}

/** Nothing comes off. */
export const noneOff: MostOffGoods = { products: new Map(), order: null };

/** What either takes off at most, where one of the two is at the checkout and nobody knows which. */
export function largerGoods(a: MostOffGoods, b: MostOffGoods): MostOffGoods {
  const products = new Map(a.products);
  for (const [id, off] of b.products) {
    const known = products.get(id);
    products.set(id, known ? largerOff(known, off) : off);
  }
  return { products, order: a.order && b.order ? largerShare(a.order, b.order) : (a.order ?? b.order) };
}

const largerShare = (a: MostOffOrder, b: MostOffOrder): MostOffOrder => ({
  fromMinor: Math.min(a.fromMinor, b.fromMinor),
  basisPoints: Math.max(a.basisPoints, b.basisPoints),
  minor: Math.max(a.minor, b.minor),
});

/**
 * What these offers take off at most, in any version of a price test. Whoever prices something beside them without
 * knowing which of them stand leaves that much: a sum over the units of a cart is never below what they take.
 */
export function mostOff(offers: readonly Offer[], { tests }: Pick<PriceTests, 'tests'>): MostOffGoods {
  const products = new Map<string, MostOff>();
  let order: MostOffOrder | null = null;
  for (const offer of offers) {
    const arms = tests.filter(({ bundleId }) => bundleId === offer.id).flatMap((test) => test.arms);
    for (const version of [offer, ...arms.map(({ values }) => withValues(offer, values))]) {
      for (const plan of kindOf(version).plans(version)) notePlan(plan, products);
      order = largerOrder(order, kindOf(version).goals?.(version).tiers ?? []);
    }
  }
  return { products, order };
}

function notePlan({ slots, tiers }: Plan, products: Map<string, MostOff>): void {
  const sum = (of: Plan['slots']): number => of.reduce((units, { min }) => units + min, 0);
  const reduced = slots.filter(({ paid }) => !paid);
  const units = Math.max(1, sum(slots));
  for (const tier of tiers) {
    const off = offUnit(tier.reward, Math.max(1, tier.units, sum(reduced)), units);
    for (const { productId } of reduced.flatMap(({ items }) => items)) {
      const known = products.get(productId);
      products.set(productId, known ? largerOff(known, off) : off);
    }
  }
}

/** @param among units that share an amount, at least */
function offUnit(reward: Reward, among: number, units: number): MostOff {
  const none = { basisPoints: 0, minor: 0, leftMinor: null, units };
  if (reward.type === 'percentage') return { ...none, basisPoints: reward.basisPoints };
  if (reward.type === 'unit-price') return { ...none, leftMinor: reward.minor };
  return { ...none, minor: reward.type === 'amount' ? Math.ceil(reward.minor / among) : reward.minor };
}

type Tiers = NonNullable<ReturnType<NonNullable<ReturnType<typeof kindOf>['goals']>>>['tiers'];

function largerOrder(known: MostOffOrder | null, tiers: Tiers): MostOffOrder | null {
  let order = known;
  for (const { thresholdMinor, reward } of tiers) {
    if (reward.type !== 'order-discount') continue;
    const { value } = reward;
    order = {
      fromMinor: Math.min(order?.fromMinor ?? thresholdMinor, thresholdMinor),
      basisPoints: Math.max(order?.basisPoints ?? 0, value.type === 'percentage' ? value.basisPoints : 0),
      minor: Math.max(order?.minor ?? 0, value.type === 'amount' ? value.minor : 0),
    };
  }
  return order;
}
