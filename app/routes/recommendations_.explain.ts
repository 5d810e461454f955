import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import {
  explainCart,
  explainProduct,
  explainStoredList,
  explainSuggestion,
  type ListExplanation,
  type ProductExplanation,
} from '#app/domains/recommendations/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { standingOf } from '#app/flows/asker-standing.ts';
import { interestOfPerson } from '#app/flows/cart-affinity.ts';
import { customerNamed } from '#app/flows/customer-named.ts';
import { requireMerchant } from './merchant.server.ts';
import { cartToExplainSchema, productIdSchema as id } from './recommendations/cart-to-explain.server.ts';

/** A customer's number or e-mail address. */
const customer = z
  .string()
  .trim()
  .min(1)
  .max(254)
  // PostgreSQL's text cannot hold NUL.
  .refine((text) => !text.includes('\0'));
const querySchema = z.union([
  z.object({ product: id, suggested: id.optional() }),
  z.object({ list: z.literal('popular'), suggested: id.optional() }),
  z.object({
    cart: cartToExplainSchema,
    suggested: id.optional(),
    visitor: z.uuid().optional(),
    customer: customer.optional(),
  }),
  // Who names a cart asks about it, also where it cannot be read.
  z
    .object({ customer, suggested: id.optional(), cart: z.never().optional() })
    .transform(({ customer, suggested }) => ({ customer, suggested })),
]);

/** Leaves only what is said about one suggestion; null where it is not among them. */
function about(
  explanation: ProductExplanation | ListExplanation,
  suggested: string,
): ProductExplanation | ListExplanation | null {
  const only = <T extends { readonly productId: string }>(list: readonly T[]): T[] =>
    list.filter(({ productId }) => productId === suggested);
  if ('suggestions' in explanation) {
    const suggestions = only(explanation.suggestions);
    return suggestions.length > 0 ? { ...explanation, suggestions } : null;
  }
  const narrowed = { ...explanation, together: only(explanation.together), similar: only(explanation.similar) };
  return narrowed.together.length + narrowed.similar.length > 0 ? narrowed : null;
}

function explainAsked(
  scope: ShopScope,
  asked: { readonly product: string } | { readonly list: 'popular' } | { readonly customer: string },
  now: Date,
): Promise<ProductExplanation | ListExplanation | null> {
  if ('product' in asked) return explainProduct(scope, asked.product, now);
  return 'list' in asked
    ? explainStoredList(scope, asked.list, '', now)
    : explainStoredList(scope, 'for-you', asked.customer, now);
}

/**
 * Why products are suggested beside `?product=`, or one of them (`&suggested=`), as JSON: the source that spoke
 * loudest, the score, the orders it rests on, how sure it is, what the merchant's rules did, and all of it in words.
 * `?cart=1,2` asks the same of a cart, with `&visitor=` what that visitor looked at or searched for that moved it, with
 * `&customer=` what is added or left out for that customer once signed in; `&suggested=3` answers of one product, also of
 * one that is not suggested, with what each source and each product in the cart adds. `?list=popular` asks of what is
 * suggested to everybody, `?customer=7` of a customer's own list. Customers are named by number or e-mail address. For
 * whoever holds a session token of the store.
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
          'Name a product by its number: ?product=123, and if you like &suggested=456, or ?cart=123,456, if you like with &suggested=789, with &visitor= and an id, or with &customer= and a number or e-mail address. ?list=popular asks about what everybody is shown, ?customer=123 about what a customer is.',
      },
      400,
    );
  const asked = query.data;
  const { services } = args.context;
  const visitorId = ('cart' in asked ? asked.visitor : null) ?? null;
  const interest = visitorId === null ? null : await interestOfPerson(services, merchant.shop.id, visitorId);
  const explanation = await merchant.inShop(async (scope) => {
    if ('cart' in asked) {
      const customerId = asked.customer === undefined ? null : await customerNamed(services, scope, asked.customer);
      const standing = await standingOf(scope, merchant, { visitorId, customerId });
      const question = { cart: asked.cart, interest, ...standing };
      if (asked.suggested === undefined) return explainCart(scope, question);
      const found = await explainSuggestion(scope, { ...question, productId: asked.suggested });
      return found.code === 'explained' ? found : null;
    }
    const named = 'customer' in asked ? { customer: await customerNamed(services, scope, asked.customer) } : asked;
    const found = await explainAsked(scope, named, merchant.now);
    return found && asked.suggested !== undefined ? about(found, asked.suggested) : found;
  });
  return explanation
    ? answer(explanation, 200)
    : answer(
        {
          error: 'not-found',
          message: 'Nothing was computed yet, or this product is not in the catalog or not suggested there.',
        },
        404,
      );
}
