import type { SimulationReport } from '#app/flows/loyalty/simulation-report.ts';

export interface Cost {
  /** whole minor units */
  readonly expectedMinor: number;
  readonly worstMinor: number;
  /** expected cost over sales, 0 to 1 */
  readonly shareOfSales: number;
  /** sales must grow by this share for their profit to pay for the rewards; null where nothing was sold or earned */
  readonly breakEven: number | null;
}

/**
 * What the points of a simulation cost.
 * @param breakage share of points that nobody redeems
 */
export function costOf({ points, worthOfPoint, spentMinor, marginBps }: SimulationReport, breakage: number): Cost {
  const worst = points * worthOfPoint;
  const expected = worst * (1 - breakage);
  const shareOfSales = spentMinor <= 0 ? 0 : expected / spentMinor;
  const margin = marginBps / 10_000;
  // More sales earn more points: what is left of the margin after them has to pay.
  const left = margin - shareOfSales;
  return {
    expectedMinor: Math.round(expected),
    worstMinor: Math.round(worst),
    shareOfSales,
    breakEven: spentMinor <= 0 || left <= 0 ? null : shareOfSales / left,
  };
}
