import { minorUnitDigits } from '#app/shared/money.ts';
import { publishedConfigs } from './surfaces.ts';
import { type CartCase, cartCases } from './table.ts';

/** The cases without codes: those are other coupons, which WooCommerce works out itself. */
export const plainCases = cartCases.filter(({ codes }) => codes.length === 0);

/** The case as a cart of WooCommerce. */
export function toStore(cartCase: CartCase, decimals: number) {
  const { currency, rate, lines } = cartCase;
  return {
    currency,
    decimals,
    rate: Number(rate),
    published: { configs: publishedConfigs(cartCase), startsAt: '2026-01-01T00:00:00Z' },
    lines: lines.map((line) => ({
      key: line.id,
      product_id: Number(line.productId),
      variation_id: Number(line.variantId),
      quantity: line.quantity,
      price: String(line.unitPriceMinor / 10 ** minorUnitDigits(currency)),
      type: line.giftCard ? 'gift-card' : line.sellingPlan ? 'subscription' : 'simple',
    })),
  };
}
