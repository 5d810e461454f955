import { readCheck, readFates, readOutstandingAt, readTotals } from '#app/domains/ledger/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { readUsualParcel } from '#app/infra/usual-parcel.ts';
import { type ProgrammeSettings, versionAt } from '../model.ts';
import { worthOf } from '../rewards/registry.ts';
import type { Worth } from '../rewards/reward-kind.ts';
import { readRules } from '../store.ts';
import { readAverageOrder, readOpenRewards, readPrices } from './store-report.ts';
import { expectedRedemption, worthOfPoint } from './worth.ts';

const day = 86_400_000;
/** Points find their use within half a year, or seldom. */
const matureMs = 180 * day;
const yearMs = 365 * day;

/** A reward that was given and not used yet. */
export interface RewardOwed {
  readonly title: string;
  readonly codes: number;
  /** what their members save by all of them at most, minor units */
  readonly worthMinor: number;
}

/** What the shop owes to its members; money in minor units of the shop's currency, rounded. */
export interface Liability {
  readonly available: number;
  readonly pending: number;
  /** points that members used before they were taken back, and how many members; in neither of the two above */
  readonly debts: number;
  readonly debtors: number;
  /** since ever: by orders and activities, and by hand or an import, less what was taken by hand */
  readonly issued: number;
  readonly adjusted: number;
  readonly redeemed: number;
  readonly expired: number;
  readonly forfeited: number;
  /** minor units, with a fraction */
  readonly worthOfPoint: number;
  /** if every point were redeemed for what is worth most */
  readonly worstMinor: number;
  /** 0 to 1 */
  readonly breakage: number;
  readonly expectedMinor: number;
  /** codes that are out, beside the points */
  readonly rewards: readonly RewardOwed[];
  readonly checkedAt: Date | null;
  readonly differences: number;
}

/**
 * The liability of the programme, for the accountant.
 * @param settings as they are now; at a moment before them those of that moment count
 * @param at at which moment, no later than now: by what was posted until then
 */
export async function readLiability(
  scope: ShopScope,
  settings: ProgrammeSettings,
  now: Date,
  at: Date = now,
): Promise<Liability> {
  const versions = (await readRules(scope))?.versions ?? [];
  const rules = at < now ? (versionAt(versions, at)?.settings ?? settings) : settings;
  const { outstanding: standing, moved } = await readTotals(scope, 'points', {
    from: new Date(0),
    to: new Date(at.getTime() + 1),
  });
  const { available, pending, held, debts, debtors } =
    at < now ? await readOutstandingAt(scope, 'points', at) : standing;
  const worth = await readWorth(scope, rules, at);
  const each = worthOfPoint(rules, worth);
  const costs = rules.rewards.filter(({ on }) => on).map(({ cost }) => cost);
  const old = await readFates(scope, 'points', { givenBefore: new Date(at.getTime() - matureMs), at });
  const share = expectedRedemption({
    issued: old.left + old.redeemed + old.lapsed,
    redeemed: old.redeemed,
    cheapest: costs.length === 0 ? null : Math.min(...costs),
  });
  const outstanding = available + pending + held;
  const open = await readOpenRewards(scope, at);
  const check = await readCheck(scope);
  return {
    available: available + held,
    pending,
    debts,
    debtors,
    ...moved,
    worthOfPoint: each,
    worstMinor: Math.round(outstanding * each),
    breakage: 1 - share,
    expectedMinor: Math.round(outstanding * each * share),
    rewards: open.map(({ rewardId, version, title, codes }) => {
      const known = versions.find((one) => one.version === version)?.settings ?? settings;
      const reward = known.rewards.find(({ id }) => id === rewardId);
      return { title, codes, worthMinor: reward ? codes * worthOf(reward, worth) : 0 };
    }),
    checkedAt: check?.checkedAt ?? null,
    differences: check?.differences.length ?? 0,
  };
}

/**
 * What the worth of rewards depends on, from the year before a moment. Sending is taken to cost what it costs the shopper,
 * and a tenth of an order while nobody has said.
 */
export async function readWorth(
  scope: ShopScope,
  { rewards }: Pick<ProgrammeSettings, 'rewards'>,
  at: Date,
): Promise<Worth> {
  const from = new Date(at.getTime() - yearMs);
  const averageOrderMinor = (await readAverageOrder(scope, from, at)) ?? 0;
  const prices = await readPrices(
    scope,
    rewards.flatMap((reward) => (reward.kind === 'free-product' ? [reward.productId] : [])),
  );
  return {
    averageOrderMinor,
    shippingMinor: (await readUsualParcel(scope, from, at)) ?? Math.round(averageOrderMinor / 10),
    priceOf: (productId: string) => prices.get(productId) ?? null,
  };
}
