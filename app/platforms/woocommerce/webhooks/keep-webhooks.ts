import { z } from 'zod';
import type { ShopRef } from '#app/platforms/platform.ts';
import type { RestClient } from '../client/rest-client.ts';
import { inParallel } from '../records/in-parallel.ts';
import { topics } from '../records/webhook-events.ts';
import { recordId, text } from '../records/values.ts';

const webhook = z.object({ id: recordId, topic: text, status: text, delivery_url: text });
const route = '/wc/v3/webhooks';
/** Beside each other, but few at a time: each one that is made is greeted by the store at once. */
const width = 4;

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
  await inParallel(await listOurs(client, shop, deliveryUrl), width, ({ id }) => remove(client, shop, id));
}

/**
 * Makes the store send us each topic exactly once: creates what is missing, and makes anew what WooCommerce has
 * disabled (silently, after several deliveries that failed in a row; switched on again it would keep its count and be
 * disabled by the next failure). Removes what would deliver twice.
 * @param options.secret letters and digits only: WordPress decodes entities in it before it signs
 * @returns of how many topics that had to be mended
 */
export async function keepWebhooks(
  client: RestClient,
  shop: ShopRef,
  options: { readonly deliveryUrl: string; readonly secret: string },
): Promise<number> {
  const { deliveryUrl, secret } = options;
  const ours = await listOurs(client, shop, deliveryUrl);
  const wrong = topics.flatMap((topic) => {
    const named = ours.filter((one) => one.topic === topic);
    const kept = named.find((one) => one.status === 'active');
    const surplus = named.filter((one) => one !== kept);
    return kept && surplus.length === 0 ? [] : [{ topic, surplus, missing: !kept }];
  });
  await inParallel(
    wrong.flatMap(({ surplus }) => surplus),
    width,
    ({ id }) => remove(client, shop, id),
  );
  await inParallel(
    wrong.filter(({ missing }) => missing),
    width,
    ({ topic }) => {
      const body = { name: `Trellis: ${topic}`, topic, delivery_url: deliveryUrl, secret, status: 'active' };
      return client.call(shop, { route, method: 'POST', body, answer: webhook });
    },
  );
  return wrong.length;
}
