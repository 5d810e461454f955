import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { cartToExplainSchema, explainCart } from '#app/flows/explain-cart.ts';
import { requireMerchant } from '../merchant.server.ts';
import { TryPage } from './try-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Try a cart' }];

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const asked = cartToExplainSchema.safeParse(Object.fromEntries(new URL(args.request.url).searchParams));
  const context = { currency: merchant.shop.currency, rules: merchant.rules, now: merchant.now };
  const explained = asked.success ? await merchant.inShop((scope) => explainCart(scope, asked.data, context)) : null;
  return {
    explained: explained && explained.lines.length > 0 ? explained : null,
    code: asked.success ? (asked.data.code ?? null) : null,
    codeClass: asked.success ? asked.data.class : ('order' as const),
    minMarginBps: merchant.shop.settings.minMarginBps,
    standing: merchant.standing,
  };
}

export default function TryACart() {
  return <TryPage {...useLoaderData<typeof loader>()} />;
}
