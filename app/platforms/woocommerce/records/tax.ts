import type { PlatformOrder } from '#app/platforms/platform.ts';
import { mostTaxBps } from '#app/shared/tax-in-prices.ts';
import type { WooOrder } from './order-schema.ts';

/**
 * The highest tax on one of the lines: several rates on one add up. A line names every rate of the order, with no amount
 * for those that are not its own; the rate itself stands with the order. Orders from before WooCommerce 3.7 do not name it.
 */
export function highestTax({
  line_items: lines,
  tax_lines: rates,
}: Pick<WooOrder, 'line_items' | 'tax_lines'>): Pick<PlatformOrder, 'taxBps'> {
  const percentOf = new Map(rates.map(({ rate_id: id, rate_percent: percent }) => [id, percent]));
  let highest = 0;
  for (const { taxes } of lines) {
    let percent = 0;
    for (const { id, total } of taxes) {
      if (!(Math.abs(Number(total)) > 0)) continue;
      const rate = percentOf.get(id) ?? '';
      if (!/^\d{1,2}(\.\d+)?$/.test(rate)) return {};
      percent += Number(rate);
    }
    highest = Math.max(highest, percent);
  }
  const bps = Math.round(highest * 100);
  return bps <= mostTaxBps ? { taxBps: bps } : {};
}
