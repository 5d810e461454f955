import { readCheck, readTotals } from '#app/domains/ledger/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ProgrammeSettings } from '../model.ts';
import { readAverageOrder, readPrices } from './store-report.ts';
import { expectedRedemption, worthOfPoint } from './worth.ts';

const day = 86_400_000;
/** Points find their use within half a year, or seldom. */
const matureMs = 180 * day;
const yearMs = 365 * day;

/** What the shop owes to its members; money in minor units of the shop's currency, rounded. */
export interface Liability {
  readonly available: number;
  readonly pending: number;
  /** since ever */
  readonly issued: number;
  readonly redeemed: number;
  readonly expired: number;
  /** minor units, with a fraction */
  readonly worthOfPoint: number;
  /** if every point were redeemed for what is worth most */
  readonly worstMinor: number;
  /** 0 to 1 */
  readonly breakage: number;
  readonly expectedMinor: number;
  readonly checkedAt: Date | null;
  readonly differences: number;
}

/** The liability of the programme now, for the accountant. */
export async function readLiability(scope: ShopScope, settings: ProgrammeSettings, now: Date): Promise<Liability> {
  const all = await readTotals(scope, 'points', { from: new Date(0), to: now });
  const old = await readTotals(scope, 'points', { from: new Date(0), to: new Date(now.getTime() - matureMs) });
  const { available, pending, held } = all.outstanding;
  const each = worthOfPoint(settings, await readWorth(scope, settings, now));
  const costs = settings.rewards.filter(({ on }) => on).map(({ cost }) => cost);
  const share = expectedRedemption({
    issued: Math.max(0, old.moved.issued),
    redeemed: Math.max(0, all.moved.redeemed),
    cheapest: costs.length === 0 ? null : Math.min(...costs),
  });
  const outstanding = Math.max(0, available + pending + held);
  const check = await readCheck(scope);
  return {
    available: available + held,
    pending,
    issued: all.moved.issued,
    redeemed: all.moved.redeemed,
    expired: all.moved.expired,
    worthOfPoint: each,
    worstMinor: Math.round(outstanding * each),
    breakage: 1 - share,
    expectedMinor: Math.round(outstanding * each * share),
    checkedAt: check?.checkedAt ?? null,
    differences: check?.differences.length ?? 0,
  };
}

/** What the worth of the rewards depends on, from the last year. Sending is taken to cost a tenth of an order. */
export async function readWorth(scope: ShopScope, { rewards }: Pick<ProgrammeSettings, 'rewards'>, now: Date) {
  const averageOrderMinor = (await readAverageOrder(scope, new Date(now.getTime() - yearMs))) ?? 0;
  const prices = await readPrices(
    scope,
    rewards.flatMap((reward) => (reward.kind === 'free-product' ? [reward.productId] : [])),
  );
  return {
    averageOrderMinor,
    shippingMinor: Math.round(averageOrderMinor / 10),
    priceOf: (productId: string) => prices.get(productId) ?? null,
  };
}
