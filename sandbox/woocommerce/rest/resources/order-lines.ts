import { z } from 'zod';
import type { WooOrderLine } from '../../model.ts';
import { newLine } from '../../orders.ts';
import { RestError } from '../answer.ts';
import { minorOf } from '../money.ts';
import type { RestContext } from '../request.ts';
import { priceOf } from '../views/product.ts';
import { mergeMeta, metaInput } from './meta.ts';

export const amountInput = z.union([z.string(), z.number()]);
export const lineInput = z.object({
  id: z.number().optional(),
  name: z.string().optional(),
  product_id: z.number().nullish(),
  variation_id: z.number().optional(),
  quantity: z.number().int().optional(),
  subtotal: amountInput.optional(),
  total: amountInput.optional(),
  meta_data: metaInput.optional(),
});

/** A line is added, changed by its id, or taken out by quantity 0 or product null. A product need not exist. */
export function changedLines(
  context: RestContext,
  lines: WooOrderLine[],
  given: z.infer<typeof lineInput>,
): WooOrderLine[] {
  const { store } = context;
  const known = lines.find((line) => line.id === given.id);
  if (given.id !== undefined && known === undefined)
    throw new RestError(
      'woocommerce_rest_invalid_item_id',
      'Order item ID provided is not associated with order.',
      400,
    );
  if (known !== undefined && (given.quantity === 0 || given.product_id === null))
    return lines.filter((line) => line !== known);
  const productId = given.product_id ?? known?.productId ?? 0;
  const variationId = given.variation_id ?? known?.variationId ?? 0;
  const quantity = given.quantity ?? known?.quantity ?? 1;
  const variation = store.variations.get(variationId);
  const product = store.product(variation?.parentId ?? productId);
  const sold = variation ?? product;
  // A product that does not exist costs nothing.
  const each = sold === null ? '' : priceOf(sold);
  const fresh = newLine(store, {
    productId: variation?.parentId ?? productId,
    variationId,
    name: given.name ?? known?.name ?? product?.name ?? '',
    quantity,
    gross: (minorOf(each, store.site) ?? 0) * quantity,
    off: 0,
    metaData: [],
  });
  const total = minorOf(given.total, store.site);
  const subtotal = minorOf(given.subtotal, store.site) ?? total;
  const tax = (net: number): number => (store.site.tax === 'none' ? 0 : Math.round((net * store.site.taxRate) / 100));
  const kept = known !== undefined && given.quantity === undefined ? known : fresh;
  const line: WooOrderLine = {
    ...kept,
    id: known?.id ?? fresh.id,
    name: fresh.name,
    ...(subtotal === null ? {} : { subtotal, subtotalTax: tax(subtotal) }),
    ...(total === null ? {} : { total, totalTax: tax(total) }),
    metaData: mergeMeta(known?.metaData ?? [], given.meta_data ?? [], () => store.nextId()),
  };
  return known === undefined ? [...lines, line] : lines.map((other) => (other === known ? line : other));
}
