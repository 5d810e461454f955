import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import {
  bundleListQuerySchema,
  getBundleProducts,
  isSet,
  listBundles,
  previewBundle,
} from '#app/domains/bundles/index.ts';
import { BundleList } from '../ui/bundles/bundle-list.tsx';
import { bundlePagePath } from '#app/flows/bundle-page-url.ts';
import { promiseOf } from '../ui/bundles/promise.ts';
import { requireMerchant } from './merchant.server.ts';

export const meta: MetaFunction = () => [{ title: 'Bundles' }];

/** Reads each value by itself, so that one that is wrong does not throw the others away. */
function queryOf(params: URLSearchParams) {
  const { search, status, kind, sort, page } = bundleListQuerySchema.shape;
  return {
    search: search.catch('').parse(params.get('search') ?? ''),
    status: status.catch('all').parse(params.get('status') ?? 'all'),
    kind: kind.catch('all').parse(params.get('kind') ?? 'all'),
    sort: sort.catch('updated').parse(params.get('sort') ?? 'updated'),
    page: page.catch(1).parse(params.get('page') ?? 1),
  };
}

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const query = queryOf(new URL(args.request.url).searchParams);
  const { list, products } = await merchant.inShop(async (scope) => {
    const found = await listBundles(scope, query, merchant.now);
    const ids = found.items.flatMap(({ bundle }) => bundle.items.map((item) => item.productId));
    return { list: found, products: await getBundleProducts(scope, ids) };
  });
  const promises = Object.fromEntries(
    list.items.flatMap(({ bundle }) =>
      isSet(bundle) ? [[bundle.id, promiseOf(previewBundle(bundle, products, merchant.rules))] as const] : [],
    ),
  );
  const addresses = Object.fromEntries(
    list.items.flatMap(({ bundle }) =>
      isSet(bundle) ? [[bundle.id, `https://${merchant.shop.domain}${bundlePagePath(bundle)}`] as const] : [],
    ),
  );
  return { list, promises, addresses, query, currency: merchant.shop.currency };
}

export default function BundlesPage() {
  return <BundleList {...useLoaderData<typeof loader>()} />;
}
