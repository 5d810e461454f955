import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { findProgramme, readLiability, readMemberFigures, readMonths, wordsFor } from '#app/domains/loyalty/index.ts';
import { beginLoyalty, startSimulation, switchLoyalty } from '#app/flows/loyalty/programme.ts';
import { loyaltyProfit } from '#app/flows/loyalty/profit.ts';
import { latestSimulation } from '#app/flows/loyalty/simulation-report.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';
import { LoyaltyPage } from './loyalty-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Loyalty' }];

export type LoyaltyAnswer = { readonly ok: true } | { readonly ok: false; readonly message: string };

const yearMs = 365 * 86_400_000;
const intent = z.object({ intent: z.enum(['begin', 'simulate', 'on', 'off']) });

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { now, shop, standing, capabilities } = merchant;
  const page = await merchant.inShop(async (scope) => {
    const programme = await findProgramme(scope);
    return {
      programme: programme && { status: programme.status, settings: programme.settings },
      liability: programme && (await readLiability(scope, programme.settings, now)),
      months: programme ? await readMonths(scope, new Date(now.getTime() - yearMs), now) : [],
      members: await readMemberFigures(scope),
      simulation: await latestSimulation(scope, 'saved'),
    };
  });
  // A programme that nobody has met has changed nothing.
  const live = page.programme !== null && page.programme.status !== 'draft';
  const profit = live ? await loyaltyProfit(args.context.services, shop.id) : null;
  const places =
    capabilities?.lacks === null
      ? {
          address: `${shop.storefrontUrl}${capabilities.rewardsPath}`,
          themeEditor: capabilities.themeEditor,
          insideCheckout: shop.platformState.insideCheckout ?? false,
        }
      : null;
  return { ...page, profit, places, currency: shop.currency, timeZone: shop.timeZone, now, standing };
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { services } = args.context;
  const asked = intent.safeParse(await readJson(args.request));
  if (!asked.success) return data<LoyaltyAnswer>({ ok: false, message: 'Load the page again.' }, { status: 400 });
  const { id } = merchant.shop;
  switch (asked.data.intent) {
    case 'begin':
      await beginLoyalty(services, id, wordsFor(args.request.headers.get('accept-language')));
      // The first question is what it would cost.
      await startSimulation(services, id);
      return data<LoyaltyAnswer>({ ok: true });
    case 'simulate':
      await startSimulation(services, id);
      return data<LoyaltyAnswer>({ ok: true }, { status: 202 });
    default: {
      const switched = await switchLoyalty(services, id, asked.data.intent === 'on');
      return switched.ok
        ? data<LoyaltyAnswer>({ ok: true })
        : data<LoyaltyAnswer>({ ok: false, message: switched.message }, { status: 422 });
    }
  }
}

export default function Loyalty() {
  return <LoyaltyPage {...useLoaderData<typeof loader>()} />;
}
