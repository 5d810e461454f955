import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { readCodeDays, readRefusals } from '#app/domains/codes/index.ts';
import { listRuns } from '#app/domains/activity/index.ts';
import { toWindow } from '#app/domains/completeness/index.ts';
import { listDeliveries } from '#app/domains/inbox/index.ts';
import { completenessReport } from '#app/flows/completeness-report.ts';
import { retryFailure } from '#app/flows/start-runs.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { type ActivityView, ActivityPage, activityViews } from './activity-page.tsx';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';

export const meta: MetaFunction = () => [{ title: 'Activity' }];

export type RetryAnswer = { readonly ok: boolean; readonly message: string };

const step = 25;
const query = z.object({
  view: z.enum(activityViews).catch('runs'),
  runStatus: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']).optional().catch(undefined),
  webhookStatus: z.enum(['pending', 'done', 'ignored', 'failed']).optional().catch(undefined),
  show: z.coerce.number().int().min(step).max(500).catch(step),
});
const codeDays = 30;
const daysBefore = (now: Date): Date => new Date(now.getTime() - codeDays * 86_400_000);
const retrySchema = z.object({ kind: z.enum(['run', 'webhook']), id: z.string().max(64) });

/** One more than is shown, so that "show more" appears only where there is more. */
async function readView(scope: ShopScope, { view, runStatus, webhookStatus, show }: z.output<typeof query>) {
  const limit = show + 1;
  const withRuns = view === 'runs' || view === 'failures';
  const runs = withRuns
    ? await listRuns(scope, {
        limit,
        ...(view === 'failures' ? { status: 'failed' as const } : runStatus ? { status: runStatus } : {}),
      })
    : [];
  const withWebhooks = view === 'webhooks' || view === 'failures';
  const webhooks = withWebhooks
    ? await listDeliveries(scope, {
        limit,
        ...(view === 'failures' ? { status: 'failed' as const } : webhookStatus ? { status: webhookStatus } : {}),
      })
    : [];
  return {
    runs: runs.slice(0, show),
    webhooks: webhooks.slice(0, show),
    more: runs.length > show || webhooks.length > show,
  };
}

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const params = new URL(args.request.url).searchParams;
  const asked = query.parse({
    view: params.get('view'),
    runStatus: params.get('status') ?? undefined,
    webhookStatus: params.get('status') ?? undefined,
    show: params.get('show'),
  });
  const page = await merchant.inShop((scope) => readView(scope, asked));
  const window = toWindow(params.get('window'));
  const { capabilities } = merchant;
  const report =
    asked.view === 'completeness' && capabilities
      ? await merchant.inShop((scope) =>
          completenessReport(scope, merchant.shop, capabilities, { window, now: merchant.now }),
        )
      : null;
  const { currency, timeZone } = merchant.shop;
  const codes =
    asked.view === 'codes'
      ? await merchant.inShop(async (scope) => ({
          days: await readCodeDays(scope, { since: daysBefore(merchant.now), timeZone, currency }),
          refusals: await readRefusals(scope, step),
          currency,
        }))
      : null;
  const status = (asked.view === 'webhooks' ? asked.webhookStatus : asked.runStatus) ?? '';
  return {
    ...page,
    report,
    codes,
    view: asked.view satisfies ActivityView,
    status,
    show: asked.show,
    next: Math.min(500, asked.show + step),
    now: merchant.now,
    timeZone,
  };
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const sent = retrySchema.safeParse(await readJson(args.request));
  if (!sent.success) throw new Response('Choose what to try again.', { status: 400 });
  const reopened = await retryFailure(args.context.services, merchant.shop.id, sent.data);
  return reopened
    ? data<RetryAnswer>({ ok: true, message: 'It is in line again' })
    : data<RetryAnswer>({ ok: false, message: 'This has not failed, or is being done already.' }, { status: 409 });
}

export default function Activity() {
  return <ActivityPage {...useLoaderData<typeof loader>()} />;
}
