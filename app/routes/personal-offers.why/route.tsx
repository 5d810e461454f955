import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { readLog } from '#app/domains/personal-offers/index.ts';
import { requireMerchant } from '../merchant.server.ts';
import { LogPage } from './log-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Why / why not' }];

const query = z.object({
  offer: z.uuid().nullable().catch(null),
  customer: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .nullable()
    .catch(null),
});
const rows = 100;

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { searchParams } = new URL(args.request.url);
  const asked = query.parse({ offer: searchParams.get('offer'), customer: searchParams.get('customer') });
  const log = await merchant.inShop((scope) =>
    readLog(scope, { offerId: asked.offer, customerId: asked.customer }, rows),
  );
  const { currency, timeZone } = merchant.shop;
  return { log, currency, timeZone };
}

export default function OfferLog() {
  return <LogPage {...useLoaderData<typeof loader>()} />;
}
