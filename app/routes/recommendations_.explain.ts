import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { explainProduct, explainSuggestion, type ProductExplanation } from '#app/domains/recommendations/index.ts';
import { interestOfPerson } from '#app/flows/cart-affinity.ts';
import { requireMerchant } from './merchant.server.ts';

const id = z.string().regex(/^\d{1,20}$/);
const mostInCart = 50;
const querySchema = z.union([
  z.object({ product: id, suggested: id.optional() }),
  z.object({
    cart: z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(id).min(1).max(mostInCart)),
    suggested: id,
    visitor: z.uuid().optional(),
  }),
]);

/** Leaves only what is said about one suggestion; null where it is not among them. */
function about(explanation: ProductExplanation, suggested: string): ProductExplanation | null {
  const only = <T extends { readonly productId: string }>(list: readonly T[]): T[] =>
    list.filter(({ productId }) => productId === suggested);
  const narrowed = { ...explanation, together: only(explanation.together), similar: only(explanation.similar) };
  return narrowed.together.length + narrowed.similar.length > 0 ? narrowed : null;
}

/**
 * Why products are suggested beside `?product=`, or one of them (`&suggested=`), as JSON: the source that spoke
 * loudest, the score, the orders it rests on, how sure it is, what the merchant's rules did, and all of it in words.
 * `?cart=1,2&suggested=3` asks the same of a cart, with what each source and each product in it adds, and with
 * `&visitor=` what that visitor looked at or searched for that moved it. For whoever holds a session token of the store.
 */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const merchant = await requireMerchant(args);
  const query = querySchema.safeParse(Object.fromEntries(new URL(args.request.url).searchParams));
  const answer = (body: unknown, status: number): Response =>
    Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } });
  if (!query.success)
    return answer(
      {
        error: 'invalid',
        message:
          'Name a product by its number: ?product=123, and if you like &suggested=456, or ?cart=123,456&suggested=789, with &visitor= and an id if you like.',
      },
      400,
    );
  const asked = query.data;
  const interest =
    'cart' in asked && asked.visitor !== undefined
      ? await interestOfPerson(args.context.services, merchant.shop.id, asked.visitor)
      : null;
  const explanation = await merchant.inShop(async (scope) => {
    if ('cart' in asked) {
      const found = await explainSuggestion(scope, {
        cart: asked.cart,
        productId: asked.suggested,
        interest,
        now: merchant.now,
      });
      return found.code === 'explained' ? found : null;
    }
    const found = await explainProduct(scope, asked.product, merchant.now);
    return found && asked.suggested !== undefined ? about(found, asked.suggested) : found;
  });
  return explanation
    ? answer(explanation, 200)
    : answer({ error: 'not-found', message: 'This product is not in the catalog, or is not suggested there.' }, 404);
}
