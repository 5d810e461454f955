import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import {
  confidenceOf,
  flowDays,
  leastBuyers,
  mapOf,
  readFit,
  readFlows,
  readGroups,
  readLeftOut,
  readSquares,
} from '#app/domains/segments/index.ts';
import { listOwnSegments } from '#app/flows/segments/own-segments.ts';
import { enqueueSegments } from '#app/flows/enqueue-segments.ts';
import { requireMerchant } from '../merchant.server.ts';
import { drawing } from './flow-chart.tsx';
import { layOutFlows } from './flow-layout.server.ts';
import { SegmentsPage } from './segments-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Segments' }];

const daysSchema = z.coerce
  .number()
  .pipe(z.literal([...flowDays]))
  .catch(90);

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const days = daysSchema.parse(new URL(args.request.url).searchParams.get('days') ?? 90);
  const page = await merchant.inShop(async (scope) => ({
    fit: await readFit(scope),
    own: await listOwnSegments(scope, merchant.shop.currency),
    map: mapOf(await readSquares(scope)),
    groups: await readGroups(scope, merchant.now),
    flows: await readFlows(scope, days),
    leftOut: await readLeftOut(scope),
  }));
  const { now, standing, shop } = merchant;
  const sure = page.groups.reduce((sum, one) => sum + one.sure, 0);
  return {
    ...page,
    layout: layOutFlows(page.flows, drawing.height, drawing.gap),
    confidence: confidenceOf(page.fit?.buyers ?? 0, sure),
    sure,
    leastBuyers,
    days,
    spans: [...flowDays],
    now,
    standing,
    currency: shop.currency,
  };
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  await enqueueSegments(args.context.services, merchant.shop.id);
  return data({ since: merchant.now }, { status: 202 });
}

export default function Segments() {
  return <SegmentsPage {...useLoaderData<typeof loader>()} />;
}
