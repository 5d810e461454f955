import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { listRuns } from '#app/domains/activity/index.ts';
import {
  assumptionsSchema,
  countBaskets,
  leastBaskets,
  readSearch,
  saveAssumptions,
  writeStatus,
} from '#app/domains/bundle-ideas/index.ts';
import { ideaTitle, type IdeaView, readIdeaViews } from '#app/flows/bundle-ideas.ts';
import { startMineBundles } from '#app/flows/start-runs.ts';
import { type IdeaRow, ideaSorts, ideaViews, selectIdeas } from '../../ui/ideas/idea-row.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';
import { IdeasPage } from './ideas-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Bundle ideas' }];

const querySchema = z.object({
  search: z.string().trim().max(100).catch(''),
  view: z.enum(ideaViews).catch('ideas'),
  kind: z.enum(['all', 'fixed', 'mix-and-match', 'quantity-breaks']).catch('all'),
  sort: z.enum(ideaSorts).catch('profit'),
});

const sentSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('search') }),
  z.object({ intent: z.enum(['dismiss', 'restore']), id: z.string().max(64) }),
  z.object({ intent: z.literal('assume'), assumptions: z.unknown() }),
]);

export type IdeaAnswer =
  | { readonly ok: true; readonly intent: 'search' | 'dismiss' | 'restore' | 'assume'; readonly id: string | null }
  | { readonly ok: false; readonly message: string };

const toRow = ({ idea, assessment, products }: IdeaView): IdeaRow => ({
  id: idea.id,
  title: ideaTitle(idea, products),
  kind: idea.kind,
  status: idea.status,
  bundleId: idea.bundleId,
  imageUrl: products[0]?.imageUrl ?? null,
  support: idea.evidence.support,
  chances: idea.evidence.chances,
  attach: idea.evidence.attach.value,
  trend: idea.evidence.trend,
  marginBps: assessment.marginBps,
  costAssumed: assessment.assumedCosts.length > 0,
  cover: assessment.cover,
  best: assessment.best && { basisPoints: assessment.best.basisPoints, profit: assessment.best.profit },
  refusal: assessment.refusal,
});

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const query = querySchema.parse(Object.fromEntries(new URL(args.request.url).searchParams));
  const page = await merchant.inShop(async (scope) => {
    const [run] = await listRuns(scope, { limit: 1, kind: 'mine-bundles' });
    const { report, searchedAt } = await readSearch(scope);
    const { views } = await readIdeaViews(scope, merchant);
    // Counting is for shops that have nothing to look at yet.
    const missing = views.length === 0 ? Math.max(0, leastBaskets - (await countBaskets(scope))) : 0;
    return { run: run ?? null, report, searchedAt, rows: views.map(toRow), missing };
  });
  const count = (view: (typeof ideaViews)[number]): number =>
    selectIdeas(page.rows, { search: '', view, kind: 'all', sort: 'profit' }).length;
  return {
    ...page,
    needed: leastBaskets,
    rows: selectIdeas(page.rows, query),
    refused: selectIdeas(page.rows, { search: '', view: 'refused', kind: 'all', sort: 'support' }),
    any: page.rows.length > 0,
    counts: Object.fromEntries(ideaViews.map((view) => [view, count(view)])),
    query,
    currency: merchant.shop.currency,
    now: merchant.now,
  };
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const sent = sentSchema.safeParse(await readJson(args.request));
  if (!sent.success)
    throw new Response('The request could not be read. Reload the page and try again.', { status: 400 });
  const { intent } = sent.data;
  if (intent === 'search') {
    await startMineBundles(args.context.services, merchant.shop.id);
    return data<IdeaAnswer>({ ok: true, intent, id: null }, { status: 202 });
  }
  if (intent === 'assume') {
    const parsed = assumptionsSchema.safeParse(sent.data.assumptions);
    if (!parsed.success)
      return data<IdeaAnswer>({ ok: false, message: 'One of these numbers is out of range.' }, { status: 422 });
    await merchant.inShop((scope) => saveAssumptions(scope, parsed.data));
    return data<IdeaAnswer>({ ok: true, intent, id: null });
  }
  const { id } = sent.data;
  const change =
    intent === 'dismiss'
      ? ({ from: ['open'], to: 'dismissed', bundleId: null, now: merchant.now } as const)
      : ({ from: ['dismissed'], to: 'open', bundleId: null, now: merchant.now } as const);
  const changed = await merchant.inShop((scope) => writeStatus(scope, id, change));
  return changed
    ? data<IdeaAnswer>({ ok: true, intent, id })
    : data<IdeaAnswer>({ ok: false, message: 'This idea is no longer there.' }, { status: 404 });
}

export default function BundleIdeas() {
  return <IdeasPage {...useLoaderData<typeof loader>()} />;
}
