import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { bundleListQuerySchema, listBundles } from '#app/domains/bundles/index.ts';
import { BundleList } from '../ui/bundles/bundle-list.tsx';
import { requireMerchant } from './merchant.server.ts';

export const meta: MetaFunction = () => [{ title: 'Bundles' }];

/** Reads each value by itself, so that one that is wrong does not throw the others away. */
function queryOf(params: URLSearchParams) {
  const { search, status, sort, page } = bundleListQuerySchema.shape;
  return {
    search: search.catch('').parse(params.get('search') ?? ''),
    status: status.catch('all').parse(params.get('status') ?? 'all'),
    sort: sort.catch('updated').parse(params.get('sort') ?? 'updated'),
    page: page.catch(1).parse(params.get('page') ?? 1),
  };
}

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const query = queryOf(new URL(args.request.url).searchParams);
  const list = await merchant.inShop((scope) => listBundles(scope, query, merchant.now));
  return { list, query, currency: merchant.shop.currency, timeZone: merchant.shop.timeZone };
}

export default function BundlesPage() {
  return <BundleList {...useLoaderData<typeof loader>()} />;
}
