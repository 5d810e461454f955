import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { readCollections } from '#app/domains/catalog/index.ts';
import { findProgramme, type ProgrammeSettings, readLiability } from '#app/domains/loyalty/index.ts';
import { saveLoyalty, trySettings } from '#app/flows/loyalty/programme.ts';
import { latestSimulation } from '#app/flows/loyalty/simulation-report.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';
import { productTitles } from '../product-titles.server.ts';
import { ProgrammePage } from './programme-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Programme · Loyalty' }];

export type ProgrammeAnswer = { readonly ok: true } | { readonly ok: false; readonly message: string };

const change = z.object({ revision: z.number().int(), settings: z.unknown() });
/** What would these cost? Nothing of it is kept. */
const trial = z.object({ simulate: z.looseObject({}) });

/** What the products and collections are called that the settings name. */
async function titlesIn(scope: ShopScope, { rules, exclusives, rewards }: ProgrammeSettings) {
  const chosen = [...rules.filter((rule) => rule.kind === 'product-multiplier'), ...exclusives];
  const free = rewards.flatMap((reward) => (reward.kind === 'free-product' ? reward.productId : []));
  const collections = await readCollections(
    scope,
    chosen.flatMap(({ collectionIds }) => collectionIds),
  );
  return {
    products: await productTitles(scope, [...chosen.flatMap(({ productIds }) => productIds), ...free]),
    collections: Object.fromEntries(collections.map(({ id, title }) => [id, title])),
  };
}

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const programme = await merchant.inShop(findProgramme);
  // With what the platform's admin said of who asks: a page that is opened anew proves it by that.
  if (!programme)
    throw new Response(null, { status: 302, headers: { Location: `/loyalty${new URL(args.request.url).search}` } });
  const { status, settings, revision } = programme;
  const gifts = {
    giftCards: merchant.capabilities?.giftCards ?? false,
    storeCredit: merchant.capabilities?.storeCredit ?? false,
  };
  const exclusives = merchant.capabilities?.exclusiveProducts ?? false;
  const { timeZone } = merchant.shop;
  const { titles, costs } = await merchant.inShop(async (scope) => ({
    titles: await titlesIn(scope, settings),
    costs: {
      saved: (await latestSimulation(scope, 'saved')).report,
      tried: await latestSimulation(scope, 'tried'),
      breakage: (await readLiability(scope, settings, merchant.now)).breakage,
      now: merchant.now,
    },
  }));
  return { status, settings, revision, words: merchant.words, gifts, exclusives, timeZone, titles, costs };
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const asked = z.union([change, trial]).safeParse(await readJson(args.request));
  if (!asked.success) return data<ProgrammeAnswer>({ ok: false, message: 'Load the page again.' }, { status: 400 });
  const { services } = args.context;
  const { id } = merchant.shop;
  const done =
    'simulate' in asked.data
      ? await trySettings(services, id, asked.data.simulate)
      : await saveLoyalty(services, id, { revision: asked.data.revision, settings: asked.data.settings });
  return done.ok
    ? data<ProgrammeAnswer>({ ok: true })
    : data<ProgrammeAnswer>({ ok: false, message: done.message }, { status: 422 });
}

export default function ProgrammeRoute() {
  const loaded = useLoaderData<typeof loader>();
  return <ProgrammePage key={loaded.revision} {...loaded} />;
}
