import { z } from 'zod';
import type { CustomerTagging, ShopRef } from '#app/platforms/platform.ts';
import type { RestClient } from '../client/rest-client.ts';
import { recordId } from '../records/values.ts';

/** WooCommerce's customers have no tags, and its API does not change their role: a field of their own, which plugins can read. */
export const tagField = 'trellis_segments';
/** Objects of one batch. Source: WooCommerce REST API, "Batch update". */
export const customersTaggedAtOnce = 100;

const batchAnswer = z.object({
  update: z
    .array(z.object({ id: recordId, error: z.object({ code: z.string(), message: z.string() }).optional() }))
    .default([]),
});

/**
 * All tags of ours as one text with commas;
 * the field goes with the last of them. Whole customers come back, because WordPress picks no
 * fields within a batch: nothing but their ids is read.
 */
export async function tagCustomers(
  client: RestClient,
  shop: ShopRef,
  taggings: readonly CustomerTagging[],
): Promise<ReadonlyMap<string, string>> {
  if (taggings.length === 0) return new Map();
  const body = {
    update: taggings.map(({ customerId, all }) => ({
      id: Number(customerId),
      meta_data: [{ key: tagField, value: all.length === 0 ? null : all.join(', ') }],
    })),
  };
  const { data } = await client.call(shop, {
    route: '/wc/v3/customers/batch',
    method: 'POST',
    body,
    answer: batchAnswer,
  });
  const byId = new Map(data.update.map((one) => [one.id, one]));
  return new Map(
    taggings.flatMap(({ customerId }) => {
      const one = byId.get(customerId);
      if (one && !one.error) return [];
      return [[customerId, one?.error?.message ?? 'The store did not answer for this customer.'] as const];
    }),
  );
}
