import { beforeEach, expect, it } from 'vitest';
import { searchProducts } from '#app/domains/catalog/index.ts';
import { seedProducts } from './catalog.ts';
import { setUpBundleShops } from './shop.ts';

const { inShop, shops } = setUpBundleShops();
const titles = { 51: 'Écharpe d’ÉTÉ', 52: 'Größe 50%', 53: 'ΟΔΟΣ', 54: 'a_b', 55: 'axb', 56: '夏の帽子', 57: 'c\\d' };

beforeEach(async () => {
  const { database, shop } = shops();
  await seedProducts(
    database,
    shop,
    Object.keys(titles).map((id) => ({ id, variants: [{ id: `${id}1`, priceMinor: 1000 }] })),
  );
  await inShop(async ({ tx, shopId }) => {
    for (const [id, title] of Object.entries(titles))
      await tx.product.update({ where: { shopId_id: { shopId, id } }, data: { title, handle: `h${id}` } });
  });
});

it.each([
  ['écharpe', ['51']],
  ['d’été', ['51']],
  ['GRÖSSE', []],
  ['gröẞe', ['52']],
  ['οδος', ['53']],
  ['夏', ['56']],
  ['50%', ['52']],
  ['%', ['52']],
  ['a_b', ['54']],
  ['_', ['54']],
  ['\\', ['57']],
  ['no such', []],
])('finds what holds %j in any case', async (search, expected) => {
  const { products, total } = await inShop((scope) => searchProducts(scope, { search }));
  expect(products.map(({ id }) => id).toSorted()).toEqual(expected);
  expect(total).toBe(expected.length);
});
