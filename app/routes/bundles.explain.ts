import type { LoaderFunctionArgs } from '@remix-run/node';
import { cartToExplainSchema, explainCart } from '#app/flows/explain-cart.ts';
import { requireMerchant } from './merchant.server.ts';

/**
 * Why a cart costs what it costs, as JSON: `?cart=123:2,456.789` names products (behind a point a variant, behind a
 * colon the units), `&code=1000&class=order` a code of 10 % beside it. For whoever holds a session token of the store.
 */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const merchant = await requireMerchant(args);
  const asked = cartToExplainSchema.safeParse(Object.fromEntries(new URL(args.request.url).searchParams));
  const headers = { 'Cache-Control': 'no-store' };
  if (!asked.success)
    return Response.json(
      {
        error: 'invalid',
        message:
          'Name up to 50 products with their units, ?cart=123:2,456.789:1, and if you like a code in basis points, &code=1000&class=order.',
      },
      { status: 400, headers },
    );
  const context = { currency: merchant.shop.currency, rules: merchant.rules, now: merchant.now };
  return Response.json(await merchant.inShop((scope) => explainCart(scope, asked.data, context)), { headers });
}
