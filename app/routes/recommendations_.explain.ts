import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { explainProduct, type ProductExplanation } from '#app/domains/recommendations/index.ts';
import { requireMerchant } from './merchant.server.ts';

const id = z.string().regex(/^\d{1,20}$/);
const querySchema = z.object({ product: id, suggested: id.optional() });

/** Leaves only what is said about one suggestion; null where it is not among them. */
function about(explanation: ProductExplanation, suggested: string): ProductExplanation | null {
  const only = <T extends { readonly productId: string }>(list: readonly T[]): T[] =>
    list.filter(({ productId }) => productId === suggested);
  const narrowed = { ...explanation, together: only(explanation.together), similar: only(explanation.similar) };
  return narrowed.together.length + narrowed.similar.length > 0 ? narrowed : null;
}

/**
 * Why products are suggested beside `?product=`, or one of them (`&suggested=`), as JSON: the source that spoke
 * loudest, the score, the orders it rests on, and all of it in words. For whoever holds a session token of the store.
 */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const merchant = await requireMerchant(args);
  const query = querySchema.safeParse(Object.fromEntries(new URL(args.request.url).searchParams));
  const answer = (body: unknown, status: number): Response =>
    Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } });
  if (!query.success)
    return answer(
      { error: 'invalid', message: 'Name a product by its number: ?product=123, and if you like &suggested=456.' },
      400,
    );
  const { product, suggested } = query.data;
  const found = await merchant.inShop((scope) => explainProduct(scope, product));
  const explanation = found && suggested !== undefined ? about(found, suggested) : found;
  return explanation
    ? answer(explanation, 200)
    : answer({ error: 'not-found', message: 'This product is not in the catalog, or is not suggested there.' }, 404);
}
