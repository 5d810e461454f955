import { z } from 'zod';
import { type CustomerPublication, PlatformRefusal, type ShopRef } from '#app/platforms/platform.ts';
import type { RestClient } from '../client/rest-client.ts';
import { recordId } from '../records/values.ts';

/** A batch takes 100 objects; each is saved by itself. */
const batchSize = 50;

const batchAnswer = z.object({
  update: z
    .array(z.object({ id: recordId, error: z.object({ code: z.string(), message: z.string() }).optional() }))
    .default([]),
});

/** What the plugin reads of whoever is logged in, see `Customer_Drop` and `Tier_Code` there. Guests have no account to keep it. */
export async function publishCustomers(
  client: RestClient,
  shop: ShopRef,
  entries: readonly CustomerPublication[],
): Promise<void> {
  const accounts = entries.filter(({ customerId }) => /^[1-9]\d*$/.test(customerId));
  for (let at = 0; at < accounts.length; at += batchSize) {
    const update = accounts.slice(at, at + batchSize).map(({ customerId, points, figure, keys, code }) => ({
      id: Number(customerId),
      meta_data: [
        { key: '_trellis_points', value: String(points) },
        { key: '_trellis_figure', value: figure === 0 ? null : String(figure) },
        { key: '_trellis_keys', value: keys.length === 0 ? null : keys.join(' ') },
        { key: '_trellis_tier_code', value: code === '' ? null : code },
      ],
    }));
    const { data } = await client.call(shop, {
      route: '/wc/v3/customers/batch',
      method: 'POST',
      body: { update },
      answer: batchAnswer,
    });
    const failed = data.update.find((one) => one.error !== undefined && !/invalid_id$/.test(one.error.code));
    if (failed?.error)
      throw new PlatformRefusal(failed.error.code, `customer ${failed.id}: ${failed.error.message}`.slice(0, 300));
  }
}
