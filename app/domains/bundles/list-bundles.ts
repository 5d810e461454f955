import type { z } from 'zod';
import type { ShopScope } from '#app/infra/database.ts';
import { availableBundles } from './availability.ts';
import { type BundleListItem, bundleListQuerySchema } from './model.ts';
import { phaseOf } from './rules.ts';
import { noNumbers, readNumbers, readPage, readProducts } from './store.ts';

export interface BundlePage {
  readonly items: readonly BundleListItem[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
}

/** One page of the merchant's bundles with phase, stock and numbers. Values that do not parse fall back to their defaults. */
export async function listBundles(
  scope: ShopScope,
  query: z.input<typeof bundleListQuerySchema>,
  now: Date,
): Promise<BundlePage> {
  const parsed = bundleListQuerySchema.safeParse(query);
  const wanted = parsed.success ? parsed.data : bundleListQuerySchema.parse({});
  const { bundles, total } = await readPage(scope, wanted, now);
  const products = await readProducts(
    scope,
    bundles.flatMap((bundle) => bundle.items.map((item) => item.productId)),
  );
  const numbers = await readNumbers(
    scope,
    bundles.map((bundle) => bundle.id),
  );
  const items = bundles.map((bundle): BundleListItem => ({
    bundle,
    phase: phaseOf(bundle, now),
    available: availableBundles(bundle, products),
    products: bundle.items
      .flatMap((item) => products.find((product) => product.id === item.productId) ?? [])
      .slice(0, 4)
      .map(({ id, title, imageUrl }) => ({ id, title, imageUrl })),
    numbers: numbers.get(bundle.id) ?? noNumbers,
  }));
  return { items, total, page: wanted.page, pageSize: wanted.pageSize };
}
