import { z } from 'zod';
import { type ProductPublication, PlatformRefusal, type ShopRef } from '#app/platforms/platform.ts';
import type { RestClient } from '../client/rest-client.ts';
import { recordId } from '../records/values.ts';

/** A batch takes 100 objects. Product pages are saved one after the other, at some 100 ms each. */
const batchSize = 50;

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

/** Writes what the product pages render. A product that is gone meanwhile does not hold up the others. */
export async function publishProducts(
  client: RestClient,
  shop: ShopRef,
  entries: readonly ProductPublication[],
): Promise<void> {
  for (let at = 0; at < entries.length; at += batchSize) {
    const update = entries
      .slice(at, at + batchSize)
      .map((entry) => ({ id: Number(entry.productId), meta_data: metaData(entry) }));
    const { data } = await client.call(shop, {
      route: '/wc/v3/products/batch',
      method: 'POST',
      body: { update },
      answer: batchAnswer,
    });
    const failed = data.update.find((one) => one.error !== undefined && !one.error.code.endsWith('_invalid_id'));
    if (failed?.error)
      throw new PlatformRefusal(failed.error.code, `product ${failed.id}: ${failed.error.message}`.slice(0, 300));
  }
}
