import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { listCurrentRuns } from '#app/domains/activity/index.ts';
import { foreignBundles, listBundles, readActiveTitles } from '#app/domains/bundles/index.ts';
import { readTestPage } from '#app/domains/experiments/index.ts';
import { recommendationStatus } from '#app/domains/recommendations/index.ts';
import { saveSetup } from '#app/domains/shops/index.ts';
import { readSilence } from '#app/domains/signals/index.ts';
import { completenessProblems } from '#app/flows/completeness-report.ts';
import { homeNumbers } from '#app/flows/home-numbers.ts';
import { HomePage } from './home-page.tsx';
import { nextStep } from './next-step.ts';
import { setupSteps } from './setup-steps.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';

export const meta: MetaFunction = () => [{ title: 'Trellis' }];

const daysSchema = z.coerce
  .number()
  .pipe(z.union([z.literal(7), z.literal(30), z.literal(90), z.literal(365)]))
  .catch(30);
/** How long after connecting a store a page waits to hear what it can show, milliseconds. */
const lookMs = 120_000;
const changeSchema = z.object({ dismissed: z.literal(true).optional(), blocksChecked: z.boolean().optional() });

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { shop, now, standing, capabilities } = merchant;
  const days = daysSchema.parse(new URL(args.request.url).searchParams.get('days') ?? 30);
  const numbers = await homeNumbers(args.context.services, shop.id, { days });
  const known = await merchant.inShop(async (scope) => {
    const runs = await listCurrentRuns(scope);
    const recommendations = await recommendationStatus(scope);
    const live = await listBundles(scope, { status: 'live', pageSize: 20 }, now);
    const leftOut = shop.platformState.bundlesTried?.leftOut ?? [];
    const goals = await listBundles(scope, { status: 'live', kind: 'cart-goals', pageSize: 1 }, now);
    const tests = await readTestPage(scope, { search: '', state: 'all', page: 1, pageSize: 1 });
    return {
      runs,
      recommendations,
      foreign: await foreignBundles(scope, shop.currency),
      leftOut: await readActiveTitles(scope, leftOut),
      silence: await readSilence(scope, now),
      liveBundles: live.total,
      progress: {
        liveBundles: live.total,
        latestBundle: live.items.find(({ bundle }) => !leftOut.includes(bundle.id))?.bundle.id ?? null,
        liveGoals: goals.total,
        experiments: tests.total,
        backtests: runs.filter(({ kind }) => kind === 'backtest').length,
      },
    };
  });
  const problems = capabilities
    ? await merchant.inShop((scope) => completenessProblems(scope, shop, capabilities, now))
    : [];
  const running = known.runs.filter(
    (run) => run.kind !== 'reconcile' && (run.status === 'queued' || run.status === 'running'),
  );
  const blocks = capabilities?.storefrontBlocks ?? false;
  const themeEditor = capabilities?.themeEditor ?? false;
  return {
    days,
    numbers,
    now,
    steps: setupSteps({
      runs: known.runs,
      recommendations: known.recommendations.state,
      liveBundles: known.liveBundles,
      setup: shop.setup,
      blocks: blocks && themeEditor,
    }),
    next: known.recommendations.state === 'active' ? nextStep(known.progress) : null,
    setup: shop.setup,
    blocks,
    themeEditor,
    looking:
      (capabilities?.lacks ?? null) !== null &&
      shop.platformState.companion === undefined &&
      now.getTime() - shop.installedAt.getTime() < lookMs,
    standing,
    running,
    // Only the newest run of a kind counts: an older failure was mended by a later success.
    failed: known.runs.filter(
      (run, at, all) => run.status === 'failed' && all.findIndex(({ kind }) => kind === run.kind) === at,
    ),
    incomplete: problems[0] ?? null,
    foreign: known.foreign,
    silence: known.silence,
    // Its orders were looked at, and none are being imported.
    assumedTaxBps:
      shop.tax.source === 'assumed' && shop.tax.orders !== null && !running.some(({ kind }) => kind === 'import')
        ? shop.tax.bps
        : null,
    allTried: shop.platformState.bundlesTried?.all ?? true,
    leftOut: known.leftOut,
    shop: {
      name: shop.name,
      domain: shop.domain,
      currency: shop.currency,
      timeZone: shop.timeZone,
    },
  };
}

/** Remembers what the set-up guide cannot derive: that it was dismissed, and that the theme blocks were seen live. */
export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const change = changeSchema.safeParse(await readJson(args.request));
  if (!change.success)
    throw new Response('The request could not be read. Reload the page and try again.', { status: 400 });
  const { dismissed, blocksChecked } = change.data;
  const setup = {
    dismissed: dismissed ?? merchant.shop.setup.dismissed,
    blocksChecked: blocksChecked ?? merchant.shop.setup.blocksChecked,
  };
  await merchant.inShop((scope) => saveSetup(scope, setup));
  return data({ ok: true });
}

export default function Home() {
  return <HomePage {...useLoaderData<typeof loader>()} />;
}
