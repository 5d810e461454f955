import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { hashEmail } from '#app/domains/customers/index.ts';
import { findProgramme, readMemberPage, readOthers } from '#app/domains/loyalty/index.ts';
import { requireMerchant } from '../merchant.server.ts';
import { MembersPage } from './members-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Members · Loyalty' }];

const pageSize = 50;
const mostOthers = 20;
const text = z
  .string()
  .overwrite((typed) => typed.replaceAll('\0', ''))
  .trim()
  .max(200)
  .catch('');

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const params = new URL(args.request.url).searchParams;
  const search = text.parse(params.get('search') ?? '');
  const tier = params.has('tier') ? text.parse(params.get('tier')) : null;
  const after = text.parse(params.get('after') ?? '');
  const emailHash = search.includes('@') ? hashEmail(args.context.services.secrets, search) : null;
  const { rows, others, programme } = await merchant.inShop(async (scope) => ({
    rows: await readMemberPage(scope, { search, emailHash, tier, after, limit: pageSize + 1 }),
    others: search === '' ? [] : await readOthers(scope, { search, emailHash, limit: mostOthers }),
    programme: await findProgramme(scope),
  }));
  const page = rows.slice(0, pageSize);
  return {
    rows: page,
    others,
    next: rows.length > pageSize ? (page.at(-1)?.customerId ?? null) : null,
    first: after === '',
    search,
    tier,
    tiers: (programme?.settings.tiers.levels ?? []).map(({ id, name }) => ({ id, name })),
    timeZone: merchant.shop.timeZone,
  };
}

export default function Members() {
  return <MembersPage {...useLoaderData<typeof loader>()} />;
}
