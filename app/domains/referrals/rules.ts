import type { Decision, ProgrammeTerms, Reason, ReasonCode, Reward, State, Verdict } from './model.ts';

/** Everything that the decision on one referral rests on. */
export interface Facts {
  /** what the graph makes of friend and advocate */
  readonly kinship: 'same' | 'close' | 'household' | 'none';
  /** what they share, in the graph's words */
  readonly shared: readonly string[];
  /** orders of the same person before this one, the imported history included */
  readonly earlierOrders: number;
  /** goods after discounts and refunds, minor units of the shop's currency; null = no rate to it is known */
  readonly keptMinor: number | null;
  /** of the order, ISO 4217 */
  readonly currency: string;
  /** unknown: an account without an order and an address, which nobody can be compared with */
  readonly advocate: 'active' | 'unknown' | 'stopped' | 'gone';
  /** other rewarded or pending friends of the advocate: within a day and within 30 days of the order */
  readonly friendsInDay: number;
  readonly friendsInMonth: number;
  /** orders with the advocate's code within a week, and those of them that came by the link as well */
  readonly usesInWeek: number;
  readonly linkedInWeek: number;
  /** friends of the advocate whose return window is over, and those who gave everything back */
  readonly friendsSettled: number;
  readonly friendsUndone: number;
}

/** More friends in a day than a person has who tells them of a store. */
const mostInDay = 5;
/**
 * So many orders with a code and nearly none of them by the link: it stands on a page of coupons. Clicks would not tell,
 * because anybody can make any number of them; orders cost.
 */
const publishedFrom = { uses: 8, linkedShare: 0.25 };
/** Orders come back by chance; of so many half is no chance. */
const refundsFrom = { settled: 4, share: 0.5 };

type Rule = (facts: Facts, terms: ProgrammeTerms) => { decision: Decision; reason: Reason } | null;

const found = (decision: Decision, code: ReasonCode, facts: Reason['facts'] = {}) => ({
  decision,
  reason: { code, facts },
});

/** Each rule looks for one thing. What the programme gives nothing for comes first, then what looks like fraud. */
const rules: readonly Rule[] = [
  ({ advocate }) =>
    advocate === 'gone' ? found('deny', 'no-advocate') : advocate === 'stopped' ? found('deny', 'stopped') : null,
  ({ kinship, shared }) => (kinship === 'same' ? found('deny', 'self', { shared: shared.join(', ') }) : null),
  ({ earlierOrders }) => (earlierOrders > 0 ? found('deny', 'existing-customer', { orders: earlierOrders }) : null),
  ({ keptMinor, currency }, { minOrderMinor }) =>
    minOrderMinor === 0
      ? null
      : keptMinor === null
        ? found('hold', 'currency', { currency, minOrderMinor })
        : keptMinor < minOrderMinor
          ? found('deny', 'below-minimum', { keptMinor, minOrderMinor })
          : null,
  ({ advocate }) => (advocate === 'unknown' ? found('hold', 'unknown') : null),
  ({ usesInWeek, linkedInWeek }) =>
    usesInWeek >= publishedFrom.uses && linkedInWeek < usesInWeek * publishedFrom.linkedShare
      ? found('hold', 'published', { uses: usesInWeek, linked: linkedInWeek })
      : null,
  ({ friendsInDay, friendsInMonth }, { monthlyLimit }) =>
    friendsInDay >= mostInDay
      ? found('hold', 'velocity', { friends: friendsInDay, days: 1 })
      : monthlyLimit !== null && friendsInMonth >= monthlyLimit
        ? found('hold', 'velocity', { friends: friendsInMonth, days: 30 })
        : null,
  ({ friendsSettled, friendsUndone }) =>
    friendsSettled >= refundsFrom.settled && friendsUndone >= friendsSettled * refundsFrom.share
      ? found('hold', 'refunds', { undone: friendsUndone, settled: friendsSettled })
      : null,
  ({ kinship, shared }) => (kinship === 'close' ? found('hold', 'close', { shared: shared.join(', ') }) : null),
  ({ kinship, shared }, { household }) =>
    kinship === 'household' ? found(household, 'household', { shared: shared.join(', ') }) : null,
];

const severity: Readonly<Record<Decision, number>> = { pay: 0, credit: 1, hold: 2, deny: 3 };

/** The graded decision on a referral, with every reason that speaks for it or for a milder one. */
export function judge(facts: Facts, terms: ProgrammeTerms): Verdict {
  const all = rules.flatMap((rule) => rule(facts, terms) ?? []);
  const hardest = [...all].sort((a, b) => severity[b.decision] - severity[a.decision])[0];
  if (!hardest) return { decision: 'pay', reasons: [{ code: 'clean', facts: {} }] };
  return { decision: hardest.decision, reasons: all.map(({ reason }) => reason) };
}

/** What the programme does not give to anybody is no accusation. */
const innocent: ReadonlySet<ReasonCode> = new Set(['existing-customer', 'below-minimum', 'stopped', 'no-advocate']);
const isInnocent = ({ reasons }: Verdict) =>
  reasons.some(({ code }) => innocent.has(code)) && !reasons.some(({ code }) => code === 'self');

/** The reward for an advocate's nth friend. */
export function rewardFor(
  { tiers, creditReward }: ProgrammeTerms,
  friendNo: number,
  decision: 'pay' | 'credit',
): Reward {
  if (decision === 'credit') return creditReward;
  const tier = tiers.findLast(({ from }) => from <= friendNo) ?? tiers[0];
  if (!tier) throw new Error('a programme without tiers');
  return tier.reward;
}

export interface Standing {
  readonly verdict: Verdict;
  readonly overruled: Decision | null;
  readonly friendNo: number;
  readonly terms: ProgrammeTerms;
  readonly placedAt: Date;
  readonly dueAt: Date;
}

/** The order as it is now; null = gone. */
export interface OrderNow {
  readonly cancelled: boolean;
  readonly test: boolean;
  /** of the shop's currency; null = no rate to it is known */
  readonly keptMinor: number | null;
  readonly totalMinor: number;
  readonly refundedMinor: number;
}

export interface Target {
  readonly state: Exclude<State, 'new'>;
  /** what is to stand; `handedOut`: the return window is over */
  readonly reward: { readonly reward: Reward; readonly handedOut: boolean } | null;
  /** when time alone changes it; null = never */
  readonly checkAt: Date | null;
}

const nothing = (state: Target['state'], checkAt: Date | null = null): Target => ({ state, reward: null, checkAt });

const days = (from: Date, count: number) => new Date(from.getTime() + count * 86_400_000);

/** An order that does not stand: gone, cancelled or given back in full. */
export const isUndone = (order: Pick<OrderNow, 'cancelled' | 'totalMinor' | 'refundedMinor'> | null): boolean =>
  order === null || order.cancelled || (order.totalMinor > 0 && order.refundedMinor >= order.totalMinor);

/** What a referral comes to, by its order as it is and the time: the same whatever happened in between. */
export function targetOf(standing: Standing, order: OrderNow | null, now: Date): Target {
  const { verdict, overruled, terms, dueAt, friendNo, placedAt } = standing;
  if (order === null || isUndone(order)) return nothing('cancelled');
  const decision = overruled ?? afterDeadline(verdict.decision, standing, now);
  if (order.test) return nothing('ineligible');
  if (decision === 'deny') return nothing(overruled === null && isInnocent(verdict) ? 'ineligible' : 'denied');
  if (decision === 'hold')
    // What the merchant has put aside stays there.
    return nothing('held', terms.afterReview === 'wait' || overruled ? null : days(placedAt, terms.reviewDays));
  // The merchant may pay for an order below the minimum; a refund that leaves less takes back all the same.
  if (order.keptMinor !== null && order.keptMinor < terms.minOrderMinor && overruled === null)
    return nothing('cancelled');
  const handedOut = dueAt <= now;
  const reward = rewardFor(terms, friendNo, decision);
  return {
    state: handedOut ? 'rewarded' : 'pending',
    reward: { reward, handedOut },
    checkAt: handedOut ? null : dueAt,
  };
}

function afterDeadline(decision: Decision, { terms, placedAt }: Standing, now: Date): Decision {
  if (decision !== 'hold' || terms.afterReview === 'wait' || days(placedAt, terms.reviewDays) > now) return decision;
  return terms.afterReview;
}
