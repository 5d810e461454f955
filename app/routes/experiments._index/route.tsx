import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { readTestPage, testStates } from '#app/domains/experiments/index.ts';
import { readSilence } from '#app/domains/signals/index.ts';
import { bundlesToTest } from '../experiments.$id/subjects.server.ts';
import { requireMerchant } from '../merchant.server.ts';
import { ExperimentList } from './experiment-list.tsx';

export const meta: MetaFunction = () => [{ title: 'Experiments' }];

const pageSize = 20;
const searchSchema = z
  .string()
  .overwrite((text) => text.replaceAll('\0', ''))
  .trim()
  .max(100)
  .catch('');
const stateSchema = z.enum(['all', ...testStates]).catch('all');
const pageSchema = z.coerce.number().int().min(1).max(10_000).catch(1);

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const params = new URL(args.request.url).searchParams;
  const query = {
    search: searchSchema.parse(params.get('search') ?? ''),
    state: stateSchema.parse(params.get('state') ?? 'all'),
    page: pageSchema.parse(params.get('page') ?? 1),
    pageSize,
  };
  const { list, bundles, silence } = await merchant.inShop(async (scope) => ({
    list: await readTestPage(scope, query),
    silence: await readSilence(scope, merchant.now),
    ...(await bundlesToTest(scope, merchant.now)),
  }));
  return {
    list,
    bundles,
    silence,
    query,
    now: merchant.now,
    standing: merchant.standing,
    themeEditor: merchant.capabilities?.themeEditor ?? false,
    timeZone: merchant.shop.timeZone,
  };
}

export default function Experiments() {
  return <ExperimentList {...useLoaderData<typeof loader>()} />;
}
