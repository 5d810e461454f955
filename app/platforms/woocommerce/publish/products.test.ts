import { expect, test } from 'vitest';
import { PlatformUnavailable, type ProductPublication } from '#app/platforms/platform.ts';
import { toShopId } from '#app/shared/ids.ts';
import { type RestClient, StoreOverrun } from '../client/rest-client.ts';
import type { BatchSizes } from './batch-sizes.ts';
import { publishProducts } from './products.ts';

const shop = { shopId: toShopId('0199f1a0-0000-7000-8000-000000000001'), domain: 'store.example' };
const entries = (count: number): ProductPublication[] =>
  Array.from({ length: count }, (_, at) => ({ productId: String(at + 1), together: [], similar: [], bundles: [] }));

/** A store that saves at most so many products before it is given up; what it refuses, and the batches it was sent. */
function storeThat(most: number | (() => number), refuses: Readonly<Record<number, string>> = {}) {
  const batches: number[][] = [];
  const client: RestClient = {
    call(_shop, request) {
      const ids = (request.body as { update: { id: number }[] }).update.map(({ id }) => id);
      batches.push(ids);
      if (ids.length > (typeof most === 'number' ? most : most()))
        return Promise.reject(new StoreOverrun('The store could not answer', 30_000));
      const update = ids.map((id) =>
        id in refuses ? { id, error: { code: refuses[id], message: `no ${String(id)}` } } : { id },
      );
      return Promise.resolve({ data: request.answer.parse({ update }), total: null, skewMs: null });
    },
  };
  return { client, batches };
}

test('products that the store refuses are told, and hold up none of the others', async () => {
  const gone = 'woocommerce_rest_product_invalid_id';
  const { client, batches } = storeThat(100, { 2: 'product_invalid_sku', 7: gone, 51: 'vetoed' });
  const refused = await publishProducts(client, shop, entries(120), new Map());
  expect([...refused]).toEqual([
    ['2', 'no 2'],
    ['51', 'no 51'],
  ]);
  expect(batches.map((ids) => ids.length)).toEqual([50, 50, 20]);
});

test('a host that is not done with a batch in time gets smaller ones, at once with the next page', async () => {
  const { client, batches } = storeThat(15);
  const sizes: BatchSizes = new Map();
  await publishProducts(client, shop, entries(50), sizes);
  expect(batches.map((ids) => ids.length)).toEqual([50, 25, 13, 13, 13, 11]);
  expect(batches.slice(2).flat()).toEqual(entries(50).map(({ productId }) => Number(productId)));
  batches.length = 0;
  await publishProducts(client, shop, entries(26), sizes);
  expect(batches.map((ids) => ids.length)).toEqual([13, 13]);
});

test('one that answers nothing is given up', async () => {
  const { client, batches } = storeThat(0);
  await expect(publishProducts(client, shop, entries(50), new Map())).rejects.toBeInstanceOf(PlatformUnavailable);
  expect(batches.map((ids) => ids.length)).toEqual([50, 25, 13, 7, 6]);
});

test('batches grow again after some that went through, ever later where that was in vain', async () => {
  let most = 15;
  const { client, batches } = storeThat(() => most);
  const sizes: BatchSizes = new Map();
  const sent = async (count: number) => {
    batches.length = 0;
    await publishProducts(client, shop, entries(count), sizes);
    return batches.map((ids) => ids.length);
  };
  expect(await sent(13 * 8)).toEqual([50, 25, 13, 13, 13, 13, 26, 13, 13, 13, 13]);
  expect(await sent(13 * 6)).toEqual([13, 13, 13, 13, 26, 13, 13]);
  // Whatever slowed it is over.
  most = 100;
  expect(await sent(13 * 14 + 26 * 16 + 50 * 2)).toEqual([
    ...Array.from({ length: 14 }, () => 13),
    ...Array.from({ length: 16 }, () => 26),
    ...[50, 50],
  ]);
  expect(sizes.size).toBe(0);
});

test('one that is busy, or not to be reached, is not asked for less', async () => {
  const sizes: BatchSizes = new Map();
  let asked = 0;
  const client: RestClient = {
    call() {
      asked += 1;
      return Promise.reject(new PlatformUnavailable('The store could not answer', 30_000));
    },
  };
  await expect(publishProducts(client, shop, entries(50), sizes)).rejects.toBeInstanceOf(PlatformUnavailable);
  expect([asked, sizes.size]).toEqual([1, 0]);
});
