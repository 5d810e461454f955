import type { Baskets } from './baskets.ts';
import type { Gathered } from './gather.ts';
import type { Evidence } from './model.ts';
import { shareDifference, wilson } from './statistics.ts';

const dayMs = 86_400_000;
/** How far back "lately" reaches. */
const recentDays = 90;

/** The time that "lately" covers: the last 90 days up to the last order, less where the past is shorter. */
export interface Window {
  /** first basket of it */
  readonly from: number;
  readonly days: number;
  /** units of each product (index into `Baskets.products`) sold in it */
  readonly units: Float64Array;
}

/** Reads the recent window off the baskets. */
export function recentWindow({ start, item, quantity, at, products }: Baskets): Window {
  const last = at.at(-1) ?? 0;
  const begin = last - recentDays * dayMs;
  let from = at.findIndex((moment) => moment > begin);
  if (from < 0) from = at.length;
  const days = Math.max(1, Math.min(recentDays, (last - (at[0] ?? last)) / dayMs));
  const units = new Float64Array(products.length);
  for (let place = start[from] ?? 0; place < item.length; place += 1) {
    const index = item[place] ?? 0;
    units[index] = (units[index] ?? 0) + (quantity[place] ?? 0);
  }
  return { from, days, units };
}

/** Puts counts into the words of `Evidence`. */
export function toEvidence(
  counts: Gathered,
  window: Window,
  values: Pick<
    Evidence,
    'parts' | 'pickCount' | 'orders' | 'bundlesPerOrder' | 'partUnits' | 'given' | 'lift' | 'sales'
  >,
): Evidence {
  const recent = { days: Math.round(window.days), support: counts.recentSupport, chances: counts.recentChances };
  const before = { support: counts.support - recent.support, chances: counts.chances - recent.chances };
  const z = shareDifference(
    { hits: recent.support, cases: recent.chances },
    { hits: before.support, cases: before.chances },
  );
  return {
    ...values,
    support: counts.support,
    chances: counts.chances,
    buyers: counts.buyers,
    attach: wilson(counts.support, counts.chances),
    recent,
    before,
    trend: z > 1.96 ? 'rising' : z < -1.96 ? 'falling' : 'steady',
    monthlyChances: (recent.chances / window.days) * 30,
  };
}
