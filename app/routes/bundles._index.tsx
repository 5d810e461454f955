import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import {
  bundleListQuerySchema,
  listBundles,
  previewStoredBundles,
  readActiveTitles,
} from '#app/domains/bundles/index.ts';
import { BundleList } from '../ui/bundles/bundle-list.tsx';
import { hasPage } from '#app/flows/bundle-page-slots.ts';
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
  const { bundlesTried } = merchant.shop.platformState;
  const { list, previews, leftOut } = await merchant.inShop(async (scope) => {
    const found = await listBundles(scope, query, merchant.now);
    const bundles = found.items.map(({ bundle }) => bundle);
    return {
      list: found,
      previews: await previewStoredBundles(scope, bundles, merchant.rules),
      leftOut: await readActiveTitles(scope, bundlesTried?.leftOut ?? []),
    };
  });
  const promises = Object.fromEntries([...previews].map(([id, preview]) => [id, promiseOf(preview)]));
  const addresses = Object.fromEntries(
    list.items.flatMap(({ bundle }) =>
      hasPage(bundle)
        ? [
            [
              bundle.id,
              `${merchant.shop.storefrontUrl}${bundlePagePath(bundle, merchant.capabilities?.pagePrefix)}`,
            ] as const,
          ]
        : [],
    ),
  );
  const { currency } = merchant.shop;
  const allTried = bundlesTried?.all ?? true;
  return { list, promises, addresses, query, allTried, leftOut, currency, standing: merchant.standing };
}

export default function BundlesPage() {
  return <BundleList {...useLoaderData<typeof loader>()} />;
}
