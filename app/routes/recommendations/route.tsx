import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listCurrentRuns } from '#app/domains/activity/index.ts';
import { readProducts, searchProducts } from '#app/domains/catalog/index.ts';
import {
  explainCart,
  explainProduct,
  explainStoredList,
  recommendationStatus,
} from '#app/domains/recommendations/index.ts';
import { standingOf } from '#app/flows/asker-standing.ts';
import { startRecompute } from '#app/flows/start-runs.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { RecommendationsPage } from './recommendations-page.tsx';
import { type Merchant, requireMerchant } from '../merchant.server.ts';
import type { TriedCart } from './cart-card.tsx';
import { cartToExplainSchema, productIdSchema } from './cart-to-explain.server.ts';

export const meta: MetaFunction = () => [{ title: 'Recommendations' }];

async function explained(scope: ShopScope, id: string, now: Date) {
  const found = productIdSchema.safeParse(id).success ? await explainProduct(scope, id, now) : null;
  if (!found) return null;
  const pictured = await readProducts(scope, [
    id,
    ...found.together.map((one) => one.productId),
    ...found.similar.map((one) => one.productId),
  ]);
  return { ...found, pictures: Object.fromEntries(pictured.map((product) => [product.id, product.imageUrl])) };
}

/** What is shown where nothing is known of the shopper or the product. */
async function popular(scope: ShopScope, now: Date) {
  const found = await explainStoredList(scope, 'popular', '', now);
  if (!found) return null;
  const pictured = await readProducts(
    scope,
    found.suggestions.map((one) => one.productId),
  );
  return {
    list: found.suggestions,
    pictures: Object.fromEntries(pictured.map((product) => [product.id, product.imageUrl])),
  };
}

/** What somebody of whom nothing is known is suggested for a cart of these products. */
async function tried(scope: ShopScope, ids: readonly string[], merchant: Merchant): Promise<TriedCart> {
  if (ids.length === 0) return { products: [], list: [], pictures: {} };
  const standing = await standingOf(scope, merchant, { visitorId: null, customerId: null });
  const found = await explainCart(scope, { cart: ids, interest: null, ...standing });
  const list = found?.suggestions ?? [];
  const known = new Map(
    (await readProducts(scope, [...ids, ...list.map((one) => one.productId)])).map((product) => [product.id, product]),
  );
  return {
    products: ids.map((id) => ({ id, title: known.get(id)?.title ?? null })),
    list,
    pictures: Object.fromEntries([...known.values()].map((product) => [product.id, product.imageUrl])),
  };
}

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const params = new URL(args.request.url).searchParams;
  const search = (params.get('search') ?? '').trim().slice(0, 100);
  const product = params.get('product') ?? '';
  const cart = cartToExplainSchema.safeParse(params.get('cart') ?? '');
  const page = await merchant.inShop(async (scope) => {
    const [run] = (await listCurrentRuns(scope)).filter(
      ({ kind, status }) =>
        // The first import is followed by a computation.
        (kind === 'import' || kind === 'recommend' || kind === 'publish') &&
        (status === 'queued' || status === 'running'),
    );
    const found = search === '' ? null : await searchProducts(scope, { search, pageSize: 8 });
    const status = await recommendationStatus(scope);
    return {
      run: run ?? null,
      found,
      status,
      explanation: product === '' ? null : await explained(scope, product, merchant.now),
      cart: await tried(scope, cart.data ?? [], merchant),
      popular: product === '' && found === null ? await popular(scope, merchant.now) : null,
    };
  });
  const { now, shop, standing } = merchant;
  return { ...page, search, product, now, timeZone: shop.timeZone, standing };
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  await startRecompute(args.context.services, merchant.shop.id);
  return data({ ok: true }, { status: 202 });
}

export default function Recommendations() {
  return <RecommendationsPage {...useLoaderData<typeof loader>()} />;
}
