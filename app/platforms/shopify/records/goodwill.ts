import type { PlatformOrderLine } from '#app/platforms/platform.ts';
import { paidForLine } from '#app/shared/kept-goods.ts';

/** What is known of an order's refunds beside the units that they gave back; minor units. */
interface Discrepancy {
  /**
   * what was given back less what its units, taxes and shipping came to: below zero in the customer's favour. Source:
   * Shopify, Order.refundDiscrepancySet, and `order_adjustments` of refunds, which since 2024-10 hold nothing else.
   */
  readonly minor: number;
  readonly refundedMinor: number;
  readonly taxesIncluded: boolean;
}

/** A line with its taxes as a share of the price without them: 0.19. */
interface TaxedLine extends Pick<PlatformOrderLine, 'quantity' | 'unitPriceMinor' | 'discountMinor'> {
  readonly rate: number;
}

/**
 * What was given back on goods that stayed with the customer, in the terms of the lines' prices: where tax comes on top,
 * its share of the goods is taken out, rounded half up.
 */
export function goodwillOf({ minor, refundedMinor, taxesIncluded }: Discrepancy, lines: readonly TaxedLine[]): number {
  const given = Math.min(refundedMinor, Math.max(0, -minor));
  if (given === 0 || taxesIncluded) return given;
  const net = lines.reduce((sum, line) => sum + paidForLine(line), 0);
  const gross = lines.reduce((sum, line) => sum + paidForLine(line) * (1 + line.rate), 0);
  return gross > net ? Math.round((given * net) / gross) : given;
}
