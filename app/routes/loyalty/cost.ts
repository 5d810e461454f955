import { withoutTax } from '#app/domains/incentives/index.ts';
import type { SimulationReport } from '#app/flows/loyalty/simulation-report.ts';

export interface Cost {
  /** whole minor units, without the tax that a price falls by as well */
  readonly expectedMinor: number;
  readonly worstMinor: number;
  /** expected cost over sales, 0 to 1 */
  readonly shareOfSales: number;
  /** sales must grow by this share for their profit to pay for the rewards; null where nothing was sold or earned */
  readonly breakEven: number | null;
}

/**
 * What the points of a simulation, and orders that tiers free from shipping costs, cost.
 * @param breakage share of points that nobody redeems
 */
export function costOf(
  { points, worthOfPoint, freedOrders, shippingMinor, spentMinor, marginBps, taxInPricesBps }: SimulationReport,
  breakage: number,
): Cost {
  // Nobody leaves free shipping unused.
  const freed = freedOrders * shippingMinor;
  const worst = points * worthOfPoint + freed;
  const expected = points * worthOfPoint * (1 - breakage) + freed;
  const shareOfSales = spentMinor <= 0 ? 0 : expected / spentMinor;
  // Of prices with tax on both sides, and so of prices without it too.
  const margin = marginBps / 10_000;
  // More sales earn more points: what is left of the margin after them has to pay.
  const left = margin - shareOfSales;
  return {
    expectedMinor: Math.round(withoutTax(expected, taxInPricesBps)),
    worstMinor: Math.round(withoutTax(worst, taxInPricesBps)),
    shareOfSales,
    breakEven: spentMinor <= 0 || left <= 0 ? null : shareOfSales / left,
  };
}
