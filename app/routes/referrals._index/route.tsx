import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import {
  readAdvocateFigures,
  readFunnel,
  readOutcomes,
  readProgramme,
  readReviewQueue,
  readSales,
} from '#app/domains/referrals/index.ts';
import { findProgramme } from '#app/domains/loyalty/index.ts';
import { loyaltyProfit } from '#app/flows/loyalty/profit.ts';
import { referralProfit } from '#app/flows/referrals/profit.ts';
import { requireMerchant } from '../merchant.server.ts';
import { ReferralsPage } from './referrals-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Referrals' }];

const spans = [30, 90, 365] as const;
const daysSchema = z.coerce
  .number()
  .pipe(z.literal([...spans]))
  .catch(90);
const mostAdvocates = 25;
const mostCounted = 100;

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { now, shop, standing } = merchant;
  const days = daysSchema.parse(new URL(args.request.url).searchParams.get('days') ?? 90);
  const since = new Date(now.getTime() - days * 86_400_000);
  const page = await merchant.inShop(async (scope) => ({
    programme: await readProgramme(scope),
    funnel: await readFunnel(scope, since),
    outcomes: await readOutcomes(scope, since),
    sales: await readSales(scope, shop.currency, since),
    waiting: (await readReviewQueue(scope, mostCounted)).length,
    advocates: await readAdvocateFigures(scope, mostAdvocates),
    points: (await findProgramme(scope))?.status ?? null,
  }));
  // Held-out customers of the programme of points are not asked to share: what both earn is measured together.
  const measured = page.points !== null && page.points !== 'draft';
  const profit = measured ? await loyaltyProfit(args.context.services, shop.id) : null;
  const own = await referralProfit(args.context.services, shop.id);
  return { ...page, profit, own, days, spans: [...spans], currency: shop.currency, timeZone: shop.timeZone, standing };
}

export default function Referrals() {
  return <ReferralsPage {...useLoaderData<typeof loader>()} />;
}
