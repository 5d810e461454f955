import { type GivenBack, keptGoodsMinor, leftOfLine, paidForLine } from '#app/shared/kept-goods.ts';
import { splitByWeights } from '#app/shared/money.ts';
import type { EarningLine, OrderFacts } from './earning/earn-kind.ts';
import { earnKindOf, type EarnRule } from './earning/registry.ts';
import { rateOf } from './exchange.ts';
import type { ProgrammeSettings } from './model.ts';

/** Why an order gave points; `rule` is a rule's id, `tier` the tier's multiplier, `cap` what a limit took off. */
export interface Reason {
  readonly rule: string;
  readonly kind: EarnRule['kind'] | 'tier' | 'cap' | 'currency';
  readonly points: number;
}

export interface OrderPoints {
  readonly points: number;
  readonly reasons: readonly Reason[];
}

export interface EarningOrder extends OrderFacts {
  readonly currency: string;
  /** of the member's tier when the order arrived; null = no tier */
  readonly tierBps: number | null;
}

const none: OrderPoints = { points: 0, reasons: [] };

/** One order gives no more for money: whatever rules, prices and rates multiply to, it is kept and added up exactly. */
const mostForMoney = 1_000_000_000n;

/**
 * Points of an order of which something is kept, before caps. Money counts by the goods that stay with the customer,
 * after discounts, without shipping; the sum over the order is rounded down once (rounding rule: floor of the order's
 * exact points), so that the points of what is left never depend on the steps in which the rest came back.
 * Of several multipliers on a line the best one counts; one below 1 wins over all of them.
 */
export function pointsOfOrder(order: EarningOrder, settings: ProgrammeSettings): OrderPoints {
  const rules = settings.rules.filter(({ on }) => on);
  const flat = rules.flatMap((rule): Reason[] => {
    const points = earnKindOf(rule.kind).onOrder?.(rule, order) ?? 0;
    return points > 0 ? [{ rule: rule.id, kind: rule.kind, points }] : [];
  });
  const money = moneyReasons(order, settings, rules);
  const reasons = [...money, ...flat];
  return reasons.length === 0 ? none : { points: sumOf(reasons), reasons };
}

export const sumOf = (reasons: readonly Reason[]): number => reasons.reduce((sum, { points }) => sum + points, 0);

function moneyReasons(order: EarningOrder, settings: ProgrammeSettings, rules: readonly EarnRule[]): Reason[] {
  const rule = rules.find((one) => one.kind === 'amount');
  if (!rule) return [];
  const rate = rateOf(order.currency, settings);
  if (rate === null) return [{ rule: rule.id, kind: 'currency', points: 0 }];
  const worth = (weighted: bigint): number => {
    const exact =
      (weighted * rate.numerator * BigInt(rule.points)) / (rate.denominator * 10_000n * BigInt(rule.perMinor));
    return Number(exact < mostForMoney ? exact : mostForMoney);
  };
  let plain = 0n;
  let weighted = 0n;
  const extras = new Map<string, { readonly reason: Omit<Reason, 'points'>; weight: number }>();
  for (const line of order.lines) {
    const { bps, reason } = multiplierOf(line, order, rules);
    plain += BigInt(line.keptMinor) * BigInt(Math.min(bps, 10_000));
    weighted += BigInt(line.keptMinor) * BigInt(bps);
    if (bps <= 10_000 || line.keptMinor === 0) continue;
    const extra = extras.get(reason.rule) ?? { reason, weight: 0 };
    extra.weight += line.keptMinor * (bps - 10_000);
    extras.set(reason.rule, extra);
  }
  const [basic, all] = [worth(plain), worth(weighted)];
  const list = [...extras.values()];
  const parts =
    list.length === 0
      ? []
      : splitByWeights(
          all - basic,
          list.map(({ weight }) => weight),
        );
  return [
    { rule: rule.id, kind: rule.kind, points: basic },
    ...list.map(({ reason }, index) => ({ ...reason, points: parts[index] ?? 0 })),
  ].filter(({ points }) => points > 0);
}

/** The multiplier that counts for a line, and what it comes from. */
function multiplierOf(
  line: EarningLine,
  order: EarningOrder,
  rules: readonly EarnRule[],
): { readonly bps: number; readonly reason: Omit<Reason, 'points'> } {
  let best = { bps: Math.max(10_000, order.tierBps ?? 0), reason: { rule: 'tier', kind: 'tier' as Reason['kind'] } };
  let least: typeof best | null = null;
  // Points for a gift card would come once more with what is bought for it.
  if (line.giftCard) return { ...best, bps: 0 };
  for (const rule of rules) {
    const bps = earnKindOf(rule.kind).onLine?.(rule, line, order) ?? null;
    if (bps === null) continue;
    const found = { bps, reason: { rule: rule.id, kind: rule.kind } };
    if (bps > best.bps) best = found;
    if (bps < 10_000 && (least === null || bps < least.bps)) least = found;
  }
  return least ?? best;
}

/** An order line as the mirror holds it; amounts in minor units of the order's currency. */
export interface MirroredLine {
  readonly productId: string | null;
  readonly collectionIds: readonly string[];
  readonly giftCard: boolean;
  readonly subscription: boolean;
  readonly quantity: number;
  readonly refundedQuantity: number;
  readonly unitPriceMinor: number;
  readonly discountMinor: number;
}

export interface MirroredSums extends GivenBack {
  readonly cancelled: boolean;
}

/**
 * What stays with the customer, by line; null where nothing of the order is kept. Units that came back take their share
 * of the line along (rounded down what is left); what was given back on goods that stay is spread over the lines by the
 * largest remainder.
 */
export function keptLines(sums: MirroredSums, lines: readonly MirroredLine[]): EarningLine[] | null {
  const { cancelled, totalMinor, refundedMinor } = sums;
  if (cancelled || (totalMinor > 0 && refundedMinor >= totalMinor)) return null;
  if (lines.length > 0 && lines.every(({ quantity, refundedQuantity }) => refundedQuantity >= quantity)) return null;
  const byUnits = lines.map(leftOfLine);
  const goods = { wholeMinor: sum(lines.map(paidForLine)), leftMinor: sum(byUnits) };
  const keptMinor = keptGoodsMinor(goods, sums);
  const kept = keptMinor < goods.leftMinor ? splitByWeights(keptMinor, byUnits) : byUnits;
  return lines.map(({ productId, collectionIds, giftCard, subscription }, index) => ({
    productId,
    collectionIds,
    giftCard,
    subscription,
    keptMinor: kept[index] ?? 0,
  }));
}

const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0);
