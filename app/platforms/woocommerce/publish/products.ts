import { z } from 'zod';
import type { ProductPublication, ShopRef } from '#app/platforms/platform.ts';
import { type RestClient, StoreOverrun } from '../client/rest-client.ts';
import { isGoneCode } from '../records/resources.ts';
import { recordId } from '../records/values.ts';
import { batchSizeOf, type BatchSizes, noteDone, noteOverrun } from './batch-sizes.ts';

const batchAnswer = z.object({
  update: z
    .array(z.object({ id: recordId, error: z.object({ code: z.string(), message: z.string() }).optional() }))
    .default([]),
});

/** Text of JSON, which WordPress stores unchanged; null takes the entry away. */
const listed = (values: readonly unknown[]): string | null => (values.length === 0 ? null : JSON.stringify(values));

/** What the plugin reads from a product, see `PublishedProduct` there. */
function metaData(entry: ProductPublication): { key: string; value: string | null }[] {
  return [
    { key: '_trellis_together', value: listed(entry.together) },
    { key: '_trellis_similar', value: listed(entry.similar) },
    { key: '_trellis_again', value: entry.again ? JSON.stringify(entry.again) : null },
    { key: '_trellis_bundles', value: listed(entry.bundles) },
    { key: '_trellis_access', value: entry.access ? JSON.stringify(entry.access) : null },
  ];
}

/**
 * Writes what the product pages render. A product that is gone meanwhile, or that something in the store refuses, does
 * not hold up the others. @returns why the store refused one, by product
 */
export async function publishProducts(
  client: RestClient,
  shop: ShopRef,
  entries: readonly ProductPublication[],
  sizes: BatchSizes,
): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  for (let at = 0; at < entries.length;) {
    const size = batchSizeOf(sizes, shop.shopId);
    const update = entries
      .slice(at, at + size)
      .map((entry) => ({ id: Number(entry.productId), meta_data: metaData(entry) }));
    try {
      const { data } = await client.call(shop, {
        route: '/wc/v3/products/batch',
        method: 'POST',
        body: { update },
        repeatable: 'when-busy',
        answer: batchAnswer,
      });
      for (const { id, error } of data.update)
        if (error && !isGoneCode(error.code)) refused.set(id, error.message.slice(0, 300));
      at += size;
      noteDone(sizes, shop.shopId, update.length);
    } catch (error) {
      // What the store has saved of it is saved again: that changes nothing.
      if (!(error instanceof StoreOverrun) || !noteOverrun(sizes, shop.shopId, update.length)) throw error;
    }
  }
  return refused;
}
