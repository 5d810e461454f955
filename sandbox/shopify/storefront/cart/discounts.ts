import type { SandboxDiscount, SandboxProduct, SandboxVariant } from '../../model.ts';
import { split } from '../../money.ts';

/** A cart line as discounts see it; minor units. */
export interface OfferLine {
  readonly id: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly product: SandboxProduct;
  readonly variant: SandboxVariant;
  readonly properties: Readonly<Record<string, string>>;
}

export type OfferValue =
  /** 10 is ten per cent */
  { readonly percentage: number } | { readonly amount: number; readonly each: boolean };

export interface ProductCandidate {
  readonly message: string | null;
  readonly targets: readonly { readonly lineId: string; readonly quantity: number | null }[];
  readonly value: OfferValue;
}

export interface OrderCandidate {
  readonly message: string | null;
  readonly excludedLineIds: readonly string[];
  readonly minimumSubtotal: number;
  readonly value: OfferValue;
}

interface OfferHead {
  readonly title: string;
  readonly kind: 'AUTOMATIC' | 'CODE';
  readonly code: string | null;
  readonly discountId: string;
  readonly combinesWith: SandboxDiscount['combinesWith'];
}

/** One discount of one class that could apply. */
export type DiscountOffer = OfferHead &
  (
    | {
        readonly targetClass: 'PRODUCT';
        readonly strategy: 'FIRST' | 'MAXIMUM' | 'ALL';
        readonly candidates: readonly ProductCandidate[];
      }
    | {
        readonly targetClass: 'ORDER';
        readonly strategy: 'FIRST' | 'MAXIMUM';
        readonly candidates: readonly OrderCandidate[];
      }
    | { readonly targetClass: 'SHIPPING'; readonly percentage: number }
  );

export interface AppliedDiscount {
  readonly title: string;
  readonly kind: 'AUTOMATIC' | 'CODE';
  readonly code: string | null;
  readonly targetClass: 'PRODUCT' | 'ORDER' | 'SHIPPING';
  /** what the shopper reads */
  readonly shown: string;
  /** of a shipping discount, else 0 */
  readonly shippingPercentage: number;
}

export interface Allocation {
  readonly lineId: string;
  readonly title: string;
  readonly amount: number;
  readonly applicationIndex: number;
}

export interface ChosenDiscounts {
  readonly applied: readonly AppliedDiscount[];
  readonly allocations: readonly Allocation[];
}

/** A discount of a code goes by its code, with what its Function has to say of it. */
function shownOf(offer: DiscountOffer, message: string | null): string {
  if (offer.code === null) return message ?? offer.title;
  return message === null ? offer.title : `${offer.title}: ${message}`;
}

const classFlag = { PRODUCT: 'productDiscounts', ORDER: 'orderDiscounts', SHIPPING: 'shippingDiscounts' } as const;

/**
 * Two discounts combine when each allows the other's class. Source: shopify.dev, "About discounts". What one
 * Function gives in several classes is one discount, which decided itself what of it stands together.
 */
function mayCombine(a: DiscountOffer, b: DiscountOffer): boolean {
  if (a.discountId === b.discountId) return true;
  return a.combinesWith[classFlag[b.targetClass]] && b.combinesWith[classFlag[a.targetClass]];
}

/**
 * The set of offers that saves the shopper most, among all sets in which each pair may combine. A line carries
 * one product discount at most, the better one; order discounts count from what is left.
 */
export function chooseDiscounts(lines: readonly OfferLine[], offers: readonly DiscountOffer[]): ChosenDiscounts {
  let best: ChosenDiscounts = { applied: [], allocations: [] };
  let bestSaving = 0;
  for (const set of combinable(offers)) {
    const result = applySet(lines, set);
    const saving =
      result.allocations.reduce((sum, allocation) => sum + allocation.amount, 0) +
      result.applied.reduce((sum, discount) => sum + discount.shippingPercentage / 100, 0);
    if (saving > bestSaving) [best, bestSaving] = [result, saving];
  }
  return best;
}

function combinable(offers: readonly DiscountOffer[]): DiscountOffer[][] {
  let sets: DiscountOffer[][] = [[]];
  for (const offer of offers) {
    sets = [
      ...sets,
      ...sets.filter((set) => set.every((other) => mayCombine(other, offer))).map((set) => [...set, offer]),
    ];
  }
  return sets;
}

function applySet(lines: readonly OfferLine[], set: readonly DiscountOffer[]): ChosenDiscounts {
  const applied: AppliedDiscount[] = [];
  const allocations: Allocation[] = [];
  const register = (offer: DiscountOffer, shown: string): number => {
    const title = offer.code ?? shown;
    const known = applied.findIndex(
      (discount) =>
        discount.title === title && discount.targetClass === offer.targetClass && discount.code === offer.code,
    );
    if (known >= 0) return known;
    applied.push({
      title,
      kind: offer.kind,
      code: offer.code,
      targetClass: offer.targetClass,
      shown,
      shippingPercentage: offer.targetClass === 'SHIPPING' ? offer.percentage : 0,
    });
    return applied.length - 1;
  };
  const byOffer = set.flatMap((offer) =>
    offer.targetClass === 'PRODUCT' ? [{ offer, savings: productSavings(lines, offer) }] : [],
  );
  const left = new Map(lines.map((line) => [line.id, line.unitPrice * line.quantity]));
  for (const line of lines) {
    const ranked = byOffer
      .map(({ offer, savings }) => {
        const own = savings.filter((saving) => saving.lineId === line.id);
        return { offer, own, sum: own.reduce((sum, saving) => sum + saving.amount, 0) };
      })
      .sort((a, b) => b.sum - a.sum);
    const winner = ranked[0];
    if (!winner || winner.sum === 0) continue;
    for (const saving of winner.own) {
      allocations.push({
        lineId: line.id,
        title: saving.title,
        amount: saving.amount,
        applicationIndex: register(winner.offer, saving.title),
      });
    }
    left.set(line.id, (left.get(line.id) ?? 0) - winner.sum);
  }
  const afterProducts = new Map(left);
  for (const offer of set) {
    if (offer.targetClass === 'SHIPPING') register(offer, offer.title);
    if (offer.targetClass !== 'ORDER') continue;
    const candidate = bestOrderCandidate(offer, afterProducts);
    if (!candidate) continue;
    const title = shownOf(offer, candidate.message);
    const rest = [...left.values()].reduce((sum, value) => sum + value, 0);
    const amount = Math.min(rest, orderSaving(candidate, afterProducts));
    const shares = split(
      amount,
      lines.map((line) => (candidate.excludedLineIds.includes(line.id) ? 0 : (left.get(line.id) ?? 0))),
    );
    for (const [index, line] of lines.entries()) {
      const share = shares[index] ?? 0;
      if (share === 0) continue;
      allocations.push({ lineId: line.id, title, amount: share, applicationIndex: register(offer, title) });
      left.set(line.id, (left.get(line.id) ?? 0) - share);
    }
  }
  return { applied, allocations };
}

interface Saving {
  lineId: string;
  title: string;
  amount: number;
}

function productSavings(
  lines: readonly OfferLine[],
  offer: Extract<DiscountOffer, { targetClass: 'PRODUCT' }>,
): Saving[] {
  const each = offer.candidates.map((candidate) => candidateSavings(lines, candidate, new Map(), offer));
  if (offer.strategy === 'FIRST') return each.find((savings) => savings.length > 0) ?? [];
  if (offer.strategy === 'MAXIMUM') {
    const sum = (savings: Saving[]): number => savings.reduce((total, saving) => total + saving.amount, 0);
    return each.reduce<Saving[]>((best, savings) => (sum(savings) > sum(best) ? savings : best), []);
  }
  // ALL: a unit is discounted once, so later candidates find only the units that earlier ones left.
  const used = new Map<string, number>();
  return offer.candidates.flatMap((candidate) => candidateSavings(lines, candidate, used, offer));
}

function candidateSavings(
  lines: readonly OfferLine[],
  candidate: ProductCandidate,
  used: Map<string, number>,
  offer: DiscountOffer,
): Saving[] {
  const targets = candidate.targets.flatMap((target) => {
    const line = lines.find((each) => each.id === target.lineId);
    if (!line) return [];
    const units = Math.min(target.quantity ?? line.quantity, line.quantity - (used.get(line.id) ?? 0));
    used.set(line.id, (used.get(line.id) ?? 0) + units);
    return units > 0 ? [{ line, units, value: units * line.unitPrice }] : [];
  });
  const value = candidate.value;
  let amounts: number[];
  if ('percentage' in value) amounts = targets.map((target) => Math.round((target.value * value.percentage) / 100));
  else if (value.each) amounts = targets.map((target) => Math.min(target.value, value.amount * target.units));
  else {
    const total = targets.reduce((sum, target) => sum + target.value, 0);
    amounts = split(
      Math.min(total, value.amount),
      targets.map((target) => target.value),
    );
  }
  return targets
    .map((target, index) => ({
      lineId: target.line.id,
      title: shownOf(offer, candidate.message),
      amount: amounts[index] ?? 0,
    }))
    .filter((saving) => saving.amount > 0);
}

function orderSaving(candidate: OrderCandidate, left: ReadonlyMap<string, number>): number {
  const base = [...left].reduce((sum, [id, value]) => sum + (candidate.excludedLineIds.includes(id) ? 0 : value), 0);
  if (base < candidate.minimumSubtotal) return 0;
  const value = candidate.value;
  return 'percentage' in value ? Math.round((base * value.percentage) / 100) : Math.min(base, value.amount);
}

function bestOrderCandidate(
  offer: Extract<DiscountOffer, { targetClass: 'ORDER' }>,
  left: ReadonlyMap<string, number>,
): OrderCandidate | null {
  const useful = offer.candidates.filter((candidate) => orderSaving(candidate, left) > 0);
  if (offer.strategy === 'FIRST') return useful[0] ?? null;
  return useful.reduce<OrderCandidate | null>(
    (best, each) => (!best || orderSaving(each, left) > orderSaving(best, left) ? each : best),
    null,
  );
}
