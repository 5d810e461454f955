import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readProducts } from '#app/domains/catalog/index.ts';
import { recommendationStatus } from '#app/domains/recommendations/index.ts';
import { latestBacktest } from '#app/flows/backtest-result.ts';
import { startBacktest } from '#app/flows/start-runs.ts';
import { requireMerchant } from '../merchant.server.ts';
import { BacktestPage } from './backtest-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Test on past orders · Recommendations' }];

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const page = await merchant.inShop(async (scope) => {
    const latest = await latestBacktest(scope);
    const named = (latest.result?.surfaces ?? []).flatMap(({ examples }) =>
      examples.flatMap(({ basket, suggested }) => [...basket, ...suggested]),
    );
    const products = await readProducts(scope, [...new Set(named)]);
    const status = await recommendationStatus(scope);
    return {
      latest,
      titles: Object.fromEntries(products.map(({ id, title }) => [id, title])),
      blends: status.state === 'active' ? status.blends : [],
    };
  });
  return { ...page, now: merchant.now, timeZone: merchant.shop.timeZone };
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  await startBacktest(args.context.services, merchant.shop.id);
  return data({ ok: true }, { status: 202 });
}

export default function BacktestRoute() {
  return <BacktestPage {...useLoaderData<typeof loader>()} />;
}
