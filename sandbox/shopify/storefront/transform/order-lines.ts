import type { SandboxOrderDraft } from '../../model.ts';
import { split, toText } from '../../money.ts';
import type { PricedCart, PricedLine } from '../cart/priced-cart.ts';
import type { BundlePart } from './model.ts';

type OrderLine = SandboxOrderDraft['lines'][number];

const pairs = (values: Readonly<Record<string, string>>): { key: string; value: string }[] =>
  Object.entries(values).map(([key, value]) => ({ key, value }));

/** The order's lines: of a bundle its components, each at its own price and with its share of the discounts. */
export function orderLines(priced: PricedCart, nextId: () => string): OrderLine[] {
  return priced.lines.flatMap((line) => {
    const allocations = [...line.allocations, ...line.orderAllocations];
    if (line.parts === null) {
      const whole = { ...line, amount: line.unitPrice * line.quantity, lineId: line.key };
      return linesOf(
        whole,
        allocations.map(({ amount, applicationIndex }) => ({ amount, applicationIndex })),
        priced.currency,
      );
    }
    const group = groupOf(line, nextId());
    const shares = allocations.map(({ amount }) =>
      split(
        amount,
        (line.parts ?? []).map((part) => part.amount),
      ),
    );
    return line.parts.flatMap((part, index) =>
      linesOf(
        part,
        allocations.map(({ applicationIndex }, at) => ({ amount: shares[at]?.[index] ?? 0, applicationIndex })),
        priced.currency,
      ).map((each) => ({ ...each, group })),
    );
  });
}

function groupOf(line: PricedLine, id: string): NonNullable<OrderLine['group']> {
  return {
    id,
    title: line.product.title,
    quantity: line.quantity,
    productId: line.product.id,
    variantId: line.variant.id,
    customAttributes: pairs(line.properties),
  };
}

/** One line, or two where an amount does not divide by its units: an order's line has one price. */
function linesOf(
  part: BundlePart,
  allocations: readonly { amount: number; applicationIndex: number }[],
  currency: string,
): OrderLine[] {
  const low = Math.floor(part.amount / part.quantity);
  const higher = part.amount - low * part.quantity;
  const prices = [
    { price: low + 1, quantity: higher },
    { price: low, quantity: part.quantity - higher },
  ].filter(({ quantity }) => quantity > 0);
  const weights = prices.map(({ price, quantity }) => price * quantity);
  const shares = allocations.map(({ amount }) => split(amount, weights));
  return prices.map(({ price, quantity }, index) => ({
    productId: part.product.id,
    variantId: part.variant.id,
    title: part.product.title,
    sku: part.variant.sku,
    quantity,
    price: toText(price, currency),
    customAttributes: pairs(part.properties),
    discountAllocations: allocations.flatMap(({ applicationIndex }, at) => {
      const amount = shares[at]?.[index] ?? 0;
      return amount === 0 && weights.length > 1 ? [] : [{ amount: toText(amount, currency), applicationIndex }];
    }),
  }));
}

/** True when the stock no longer holds what the cart takes, bundles counted by their components. */
export function isShort(priced: PricedCart): boolean {
  const variants = new Map<string, { wanted: number; stock: number }>();
  const units: readonly Pick<BundlePart, 'variant' | 'quantity'>[] = priced.lines.flatMap<
    Pick<BundlePart, 'variant' | 'quantity'>
  >((line) => line.parts ?? [line]);
  for (const { variant, quantity } of units) {
    if (!variant.tracked || variant.inventoryPolicy !== 'DENY') continue;
    const known = variants.get(variant.id)?.wanted ?? 0;
    variants.set(variant.id, { wanted: known + quantity, stock: variant.inventoryQuantity });
  }
  return [...variants.values()].some(({ wanted, stock }) => stock < wanted);
}
