import type { LoaderFunctionArgs } from '@remix-run/node';
import { readCollections, readProducts, searchCollections, searchProducts } from '#app/domains/catalog/index.ts';
import { requireMerchant } from './merchant.server.ts';

/** What can be chosen where no admin offers a picker. */
export interface Pickable {
  readonly products: readonly {
    readonly id: string;
    readonly title: string;
    /** none where there is only one */
    readonly variants: readonly { readonly id: string; readonly title: string }[];
  }[];
  readonly collections: readonly { readonly id: string; readonly title: string }[];
  /** titles of what was chosen before */
  readonly named: Readonly<Record<string, string>>;
}

const most = 50;

export async function loader(args: LoaderFunctionArgs): Promise<Pickable> {
  const merchant = await requireMerchant(args);
  const query = new URL(args.request.url).searchParams;
  const search = (query.get('search') ?? '').slice(0, 200);
  // PostgreSQL's text cannot hold NUL.
  const ids = (query.get('ids') ?? '').replaceAll('\0', '').split(',').slice(0, 200);
  const titles = (rows: readonly { readonly id: string; readonly title: string }[]) =>
    Object.fromEntries(rows.map(({ id, title }) => [id, title]));
  return merchant.inShop(async (scope) => {
    if (query.get('kind') === 'collections') {
      const collections = await searchCollections(scope, search, most);
      return { products: [], collections, named: titles(await readCollections(scope, ids)) };
    }
    const { products } = await searchProducts(scope, { search, activeOnly: true, pageSize: most });
    const pickable = products.map(({ id, title, variants }) => ({
      id,
      title,
      variants: variants.length < 2 ? [] : variants.map((variant) => ({ id: variant.id, title: variant.title })),
    }));
    return { products: pickable, collections: [], named: titles(await readProducts(scope, ids)) };
  });
}
