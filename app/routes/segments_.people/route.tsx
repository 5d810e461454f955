import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { hashEmail } from '#app/domains/customers/index.ts';
import { findOwnSegment, isGroup, isSegmentRef, readPeople } from '#app/domains/segments/index.ts';
import { groupWords } from '../segments/group-words.ts';
import { requireMerchant } from '../merchant.server.ts';
import { PeoplePage } from './people-page.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page ? `${page.name} · Segments` : 'Segments' },
];

const pageSize = 50;
const text = z
  .string()
  .overwrite((typed) => typed.replaceAll('\0', ''))
  .trim()
  .max(200)
  .catch('');

/** Customers of a group or of a segment of the merchant, page by page. */
export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const params = new URL(args.request.url).searchParams;
  const ref = params.get('segment') ?? '';
  const search = text.parse(params.get('search') ?? '');
  const after = text.parse(params.get('after') ?? '');
  // Addresses are kept as hashes alone: a whole one is found, a part of one is not.
  const emailHash = search.includes('@') ? hashEmail(args.context.services.secrets, search) : null;
  const { name, rows } = await merchant.inShop(async (scope) => {
    if (!isSegmentRef(ref)) return { name: null, rows: [] };
    const own = isGroup(ref) ? null : await findOwnSegment(scope, ref);
    return {
      name: isGroup(ref) ? groupWords[ref].name : own && !own.archived ? own.name : null,
      rows: await readPeople(scope, { ref, search, emailHash, after, limit: pageSize + 1 }),
    };
  });
  if (name === null) throw new Response('There is no such segment.', { status: 404 });
  const page = rows.slice(0, pageSize);
  return {
    segment: ref,
    name,
    rows: page,
    next: rows.length > pageSize ? (page.at(-1)?.customerId ?? null) : null,
    first: after === '',
    search,
    currency: merchant.shop.currency,
    timeZone: merchant.shop.timeZone,
  };
}

export default function People() {
  return <PeoplePage {...useLoaderData<typeof loader>()} />;
}
