import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { hashEmail } from '#app/domains/customers/index.ts';
import {
  countGuestsIn,
  findOwnSegment,
  findSegmentTag,
  isGroup,
  isSegmentRef,
  readPeople,
  tagFor,
} from '#app/domains/segments/index.ts';
import { readSegmentUses } from '#app/flows/segments/segment-uses.ts';
import { type TagOutcome, tagSegment } from '#app/flows/segments/tag-segment.ts';
import { groupWords } from '../segments/group-words.ts';
import { readJson } from '../json-body.server.ts';
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
  const { name, rows, tag, uses, guests } = await merchant.inShop(async (scope) => {
    if (!isSegmentRef(ref)) return { name: null, rows: [], tag: null, uses: undefined, guests: 0 };
    const own = isGroup(ref) ? null : await findOwnSegment(scope, ref);
    return {
      name: isGroup(ref) ? groupWords[ref].name : own && !own.archived ? own.name : null,
      rows: await readPeople(scope, { ref, search, emailHash, after, limit: pageSize + 1 }),
      tag: await findSegmentTag(scope, ref),
      uses: (await readSegmentUses(scope)).get(ref),
      guests: isGroup(ref) ? await countGuestsIn(scope, ref) : 0,
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
    tag,
    proposal: tagFor(name),
    /** null = the store is not reached now */
    tagging: merchant.capabilities?.customerTags ?? null,
    offers: uses?.offers ?? [],
    guests,
    own: !isGroup(ref),
    now: merchant.now,
    currency: merchant.shop.currency,
    timeZone: merchant.shop.timeZone,
  };
}

const sentSchema = z.object({ tag: z.string().max(200).nullable() });
const statusOf = { saved: 202, invalid: 422, taken: 409, 'too-many': 409, 'not-found': 404 } as const;

/** The segment's tag in the store. */
export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const ref = new URL(args.request.url).searchParams.get('segment') ?? '';
  const sent = sentSchema.safeParse(await readJson(args.request));
  if (!sent.success) throw new Response('The form could not be read. Reload the page and try again.', { status: 400 });
  const outcome = await tagSegment(args.context.services, merchant.shop.id, ref, sent.data.tag);
  return data<TagOutcome>(outcome, { status: statusOf[outcome.code] });
}

export default function People() {
  return <PeoplePage {...useLoaderData<typeof loader>()} />;
}
