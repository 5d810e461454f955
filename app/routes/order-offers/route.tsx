import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readOrderOfferSettings } from '#app/domains/order-offers/index.ts';
import { changeOrderOffers, orderOfferExamples } from '#app/flows/order-offer-settings.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';
import { toOffersForm } from './offers-form.ts';
import { OffersPage } from './offers-page.tsx';

export const meta: MetaFunction = () => [{ title: 'After purchase' }];

export type OffersAnswer = { readonly ok: true } | { readonly ok: false; readonly message: string };

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { shop, rules, now, standing, capabilities } = merchant;
  return merchant.inShop(async (scope) => ({
    form: toOffersForm(await readOrderOfferSettings(scope)),
    examples: await orderOfferExamples(scope, rules, now),
    currency: shop.currency,
    standing,
    shown: capabilities?.afterPurchase ?? false,
    themeEditor: capabilities?.themeEditor ?? false,
  }));
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const saved = await changeOrderOffers(args.context.services, merchant.shop.id, await readJson(args.request));
  return saved.ok
    ? data<OffersAnswer>({ ok: true })
    : data<OffersAnswer>({ ok: false, message: saved.message }, { status: 422 });
}

export default function OrderOffers() {
  const loaded = useLoaderData<typeof loader>();
  return <OffersPage key={JSON.stringify(loaded.form)} {...loaded} />;
}
