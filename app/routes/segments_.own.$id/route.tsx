import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { type ShouldRevalidateFunctionArgs, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { deepest, mostConditions } from '#app/domains/segments/index.ts';
import { type BuilderPage, readBuilder } from '#app/flows/segments/builder.ts';
import { putAway, type SaveOutcome, saveSegment } from '#app/flows/segments/save-segment.ts';
import type { PlatformWords } from '#app/platforms/platform.ts';
import { isUuid } from '#app/shared/ids.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';
import { SegmentBuilder } from './segment-builder.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page?.name ? `${page.name} · Segments` : 'New segment' },
];

/** What was typed stands in the form: only another address loads the page again. */
export const shouldRevalidate = ({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs): boolean =>
  currentUrl.href !== nextUrl.href;

const sentSchema = z.union([
  z.object({ archived: z.boolean() }),
  z.object({ revision: z.number().int().min(0), newId: z.uuid(), draft: z.unknown() }),
]);

export async function loader(
  args: LoaderFunctionArgs,
): Promise<BuilderPage & { deepest: number; most: number; words: PlatformWords }> {
  const merchant = await requireMerchant(args);
  const { id = 'new' } = args.params;
  const query = new URL(args.request.url).searchParams;
  const from = query.get('from');
  const page = await merchant.inShop((scope) =>
    readBuilder(scope, merchant.shop, {
      id: id === 'new' ? null : id,
      from: from !== null && isUuid(from) ? from : null,
      template: query.get('template'),
    }),
  );
  if (!page) throw new Response('There is no such segment.', { status: 404 });
  return { ...page, deepest, most: mostConditions, words: merchant.words };
}

const statusOf = { saved: 200, 'not-found': 404, 'changed-meanwhile': 409, used: 409 } as const;

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { id = 'new' } = args.params;
  const sent = sentSchema.safeParse(await readJson(args.request));
  if (!sent.success || (id !== 'new' && !isUuid(id)))
    throw new Response('The form could not be read. Reload the page and try again.', { status: 400 });
  const { services } = args.context;
  if ('archived' in sent.data) {
    if (id === 'new') return data<SaveOutcome>({ code: 'saved', id });
    const put = await putAway(services, merchant.shop.id, id, sent.data.archived);
    return data<SaveOutcome>(put, { status: statusOf[put.code as keyof typeof statusOf] });
  }
  const outcome = await saveSegment(services, merchant.shop.id, { id: id === 'new' ? null : id, ...sent.data });
  return data<SaveOutcome>(outcome, { status: statusOf[outcome.code as keyof typeof statusOf] ?? 422 });
}

export default function OwnSegment() {
  const page = useLoaderData<typeof loader>();
  return <SegmentBuilder key={page.key} page={page} />;
}
