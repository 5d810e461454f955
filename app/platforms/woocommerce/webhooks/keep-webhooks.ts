import { z } from 'zod';
import type { ShopRef } from '#app/platforms/platform.ts';
import type { RestClient } from '../client/rest-client.ts';
import { topics } from '../records/webhook-events.ts';
import { recordId, text } from '../records/values.ts';

const webhook = z.object({ id: recordId, topic: text, status: text, delivery_url: text });
const route = '/wc/v3/webhooks';

async function listOurs(client: RestClient, shop: ShopRef, deliveryUrl: string) {
  const ours: z.infer<typeof webhook>[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await client.call(shop, {
      route,
      query: { per_page: '100', page: String(page), orderby: 'id', order: 'asc', status: 'all' },
      answer: z.array(webhook),
    });
    ours.push(...data.filter((one) => one.delivery_url === deliveryUrl));
    if (data.length < 100) return ours;
  }
}

async function remove(client: RestClient, shop: ShopRef, id: string): Promise<void> {
  await client.call(shop, {
    route: `${route}/${id}`,
    method: 'DELETE',
    query: { force: 'true' },
    answer: z.unknown(),
  });
}

/** Makes the store send us nothing any more. */
export async function removeWebhooks(client: RestClient, shop: ShopRef, deliveryUrl: string): Promise<void> {
  for (const { id } of await listOurs(client, shop, deliveryUrl)) await remove(client, shop, id);
}

/**
 * Makes the store send us each topic exactly once: creates what is missing, and makes anew what WooCommerce has
 * disabled (silently, after several deliveries that failed in a row; switched on again it would keep its count and be
 * disabled by the next failure). Removes what would deliver twice.
 * @param options.secret letters and digits only: WordPress decodes entities in it before it signs
 * @returns how many had to be mended
 */
export async function keepWebhooks(
  client: RestClient,
  shop: ShopRef,
  options: { readonly deliveryUrl: string; readonly secret: string },
): Promise<number> {
  const { deliveryUrl, secret } = options;
  const ours = await listOurs(client, shop, deliveryUrl);
  let mended = 0;
  for (const topic of topics) {
    const named = ours.filter((one) => one.topic === topic);
    const kept = named.find((one) => one.status === 'active');
    for (const { id } of named.filter((one) => one !== kept)) {
      await remove(client, shop, id);
      mended += 1;
    }
    if (!kept) {
      const body = { name: `Trellis: ${topic}`, topic, delivery_url: deliveryUrl, secret, status: 'active' };
      await client.call(shop, { route, method: 'POST', body, answer: webhook });
      mended += 1;
    }
  }
  return mended;
}
