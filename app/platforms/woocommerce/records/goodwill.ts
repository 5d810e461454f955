import type { WooOrder, WooRefund } from './order-schema.ts';
import type { Purse } from './exchange.ts';
import { metaText } from './values.ts';

interface Part {
  readonly total: string;
  readonly total_tax: string;
}

/** The line of the order that a line of a refund is about. Source: WooCommerce, wc_create_refund, `_refunded_item_id`. */
const refundedLine = (line: WooRefund['line_items'][number]): string | null =>
  metaText(line.meta_data, '_refunded_item_id');

/**
 * Units given back, by line. A refund of an amount without lines gives back none.
 */
export function refundedUnits(refunds: readonly WooRefund[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const line of refunds.flatMap(({ line_items: lines }) => lines)) {
    const id = refundedLine(line);
    if (id !== null) units.set(id, (units.get(id) ?? 0) + Math.abs(line.quantity));
  }
  return units;
}

/**
 * What was given back on goods that stayed with the customer, in the terms of the lines' prices; undefined where a refund
 * did not come with its parts. On a line that is what is beyond its units. An amount without parts is the shipping where
 * it is exactly that, once; else it was on the goods, unless units came back later for so much less than they are worth.
 * Amounts are rounded each by itself, so that what is as small as that is nothing.
 */
export function goodwillOf(node: WooOrder, refunds: readonly WooRefund[], purse: Purse): number | undefined {
  const details = new Map(refunds.map((refund) => [refund.id, refund]));
  const gross = (part: Part) => purse.amount(part.total) + purse.amount(part.total_tax);
  const priced = (part: Part) => (node.prices_include_tax ? gross(part) : purse.amount(part.total));
  const grossOf = (parts: readonly Part[]) => parts.reduce((sum, part) => sum + gross(part), 0);
  let shippingMinor = purse.amount(node.shipping_total) + purse.amount(node.shipping_tax);
  let amountsMinor = 0;
  const onLine = new Map<string, number>();
  for (const { id, total } of node.refunds) {
    const refund = details.get(id);
    if (!refund) return undefined;
    const { line_items: lines, shipping_lines: shipping, fee_lines: fees } = refund;
    for (const line of lines) {
      const of = refundedLine(line) ?? '';
      onLine.set(of, (onLine.get(of) ?? 0) + priced(line));
    }
    const beyond = purse.amount(total) - grossOf(lines) - grossOf(shipping) - grossOf(fees);
    const parts = lines.length + shipping.length + fees.length;
    // Total and tax of each part.
    if (beyond <= parts) continue;
    if (parts === 0 && shippingMinor > 0 && Math.abs(beyond - shippingMinor) <= 1) shippingMinor = 0;
    else amountsMinor += beyond;
  }
  const units = refundedUnits(refunds);
  const beyondUnits = node.line_items.map((line) => {
    const back = Math.min(Math.max(0, line.quantity), units.get(line.id) ?? 0);
    const worth = line.quantity > 0 ? Math.ceil((priced(line) * back) / line.quantity) : 0;
    return (onLine.get(line.id) ?? 0) - worth;
  });
  const short = beyondUnits.reduce((sum, one) => sum + Math.max(0, -one), 0);
  const [net, all] = [node.line_items.reduce((sum, line) => sum + priced(line), 0), grossOf(node.line_items)];
  const amounts = all > net ? Math.round((amountsMinor * net) / all) : amountsMinor;
  // A line's share of a total rounds up, and each of its amounts by itself.
  const slack = refunds.length + 1;
  return beyondUnits.reduce((sum, one) => sum + (one > slack ? one : 0), Math.max(0, amounts - short));
}
