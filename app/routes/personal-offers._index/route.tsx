import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readOfferFigures, readOffers, readPolicy, templateIds } from '#app/domains/personal-offers/index.ts';
import { readSegmentChoices } from '#app/domains/segments/index.ts';
import { changePolicy } from '#app/flows/personal-offers/merchant.ts';
import { keptOfferResult } from '#app/flows/personal-offers/measure.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';
import { OffersPage } from './offers-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Personal offers' }];

export type PolicyAnswer = { readonly ok: true } | { readonly ok: false; readonly message: string };

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { shop, now, standing } = merchant;
  const page = await merchant.inShop(async (scope) => ({
    offers: await readOffers(scope),
    figures: await readOfferFigures(scope, now),
    policy: await readPolicy(scope),
    choices: await readSegmentChoices(scope),
  }));
  const rows = [];
  for (const offer of page.offers) {
    const result = offer.liveFrom ? await keptOfferResult(args.context.services, shop.id, offer) : null;
    const { id, title, status, endReason, terms } = offer;
    rows.push({ id, title, status, endReason, terms, figures: page.figures.get(id) ?? null, result });
  }
  return {
    rows,
    policy: page.policy,
    choices: page.choices,
    templates: templateIds,
    currency: shop.currency,
    standing,
  };
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const saved = await changePolicy(args.context.services, merchant.shop.id, await readJson(args.request));
  return saved.ok
    ? data<PolicyAnswer>({ ok: true })
    : data<PolicyAnswer>({ ok: false, message: saved.message }, { status: 422 });
}

export default function PersonalOffers() {
  return <OffersPage {...useLoaderData<typeof loader>()} />;
}
