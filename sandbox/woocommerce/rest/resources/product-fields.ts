import { RestError } from '../answer.ts';
import type { RestContext } from '../request.ts';

/** WordPress takes scripts out of what is written through the API; what a database holds already stays. */
export const cleaned = (text: string | undefined): string | undefined =>
  text?.replace(/<\/?(?:script|style|iframe|object)\b[^>]*>/gi, '');

/** @throws RestError when another product or variation has the code */
export function assertSkuFree(context: RestContext, sku: string, own: number): void {
  const { store } = context;
  for (const table of [store.products, store.variations])
    for (const item of table.values())
      if (item.sku === sku && item.id !== own && item.status !== 'trash')
        throw new RestError('product_invalid_sku', 'Invalid or duplicated SKU.', 400, {
          resource_id: item.id,
          unique_sku: `${sku}-1`,
        });
}

export const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/<[^>]*>/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
