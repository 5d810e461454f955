import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { type ShouldRevalidateFunction, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { findSplitTest, readingHistory, readingOf, withheldBy } from '#app/domains/experiments/index.ts';
import { changeExperiment, saveExperiment } from '#app/flows/change-experiment.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';
import { DraftPage } from './draft-page.tsx';
import { ExperimentFormPage } from './experiment-form.tsx';
import { ExperimentPage } from './experiment-page.tsx';
import { emptyForm, formAboutBundle, toExperimentForm } from './form-state.ts';
import { bundlesToTest } from './subjects.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page?.test ? `${page.test.title} · Experiments` : 'New experiment' },
];

const isDeletion = (sent: unknown): boolean =>
  typeof sent === 'object' && sent !== null && 'intent' in sent && sent.intent === 'delete';

/** What was deleted has no data any more: the page is left without asking for it again. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ currentUrl, nextUrl, json, defaultShouldRevalidate }) =>
  currentUrl.pathname !== nextUrl.pathname || (!isDeletion(json) && defaultShouldRevalidate);

/** What came of something that the merchant did with an experiment. */
export type ChangeAnswer =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly message: string; readonly fields: Readonly<Record<string, string>> };

const sentSchema = z.union([
  z.object({ intent: z.literal('save'), form: z.unknown() }),
  z.object({
    intent: z.enum(['start', 'stop', 'apply', 'withdraw', 'delete']),
    arm: z.string().max(5).default(''),
  }),
]);

/** The bundle that a new experiment is to be about. */
const aboutSchema = z.uuid().nullable().catch(null);

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { shop, now } = merchant;
  const id = args.params['id'] ?? 'new';
  const marginBps = shop.settings.defaultMarginBps;
  const about = aboutSchema.parse(new URL(args.request.url).searchParams.get('bundle'));
  const found = await merchant.inShop(async (scope) => {
    const bundles = await bundlesToTest(scope, now);
    if (id === 'new') return { ...bundles, test: null, reading: null, history: [], withholds: false };
    const test = await findSplitTest(scope, id);
    if (!test) return null;
    return {
      ...bundles,
      test,
      reading: await readingOf(scope, test, { now, marginBps }),
      history: await readingHistory(scope, id),
      withholds: withheldBy(test) !== null,
    };
  });
  if (!found) throw new Response('This experiment does not exist (any more).', { status: 404 });
  return {
    ...found,
    about,
    now,
    marginBps,
    timeZone: shop.timeZone,
    currency: shop.currency,
    behind: merchant.standing.behind,
  };
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { services } = args.context;
  const id = args.params['id'] ?? 'new';
  const sent = sentSchema.safeParse(await readJson(args.request));
  if (!sent.success) throw new Response('The form could not be read. Reload the page and try again.', { status: 400 });
  const result =
    sent.data.intent === 'save'
      ? await saveExperiment(services, merchant.shop.id, id === 'new' ? null : id, sent.data.form)
      : await changeExperiment(services, merchant.shop.id, id, sent.data);
  if (result.ok) return data<ChangeAnswer>({ ok: true, id: result.value.id });
  const status = result.code === 'not-found' ? 404 : result.code === 'wrong-state' ? 409 : 422;
  // A 4xx keeps the page's data as it is, so that nothing typed is lost.
  return data<ChangeAnswer>({ ok: false, message: result.message, fields: result.fields }, { status });
}

export default function Experiment() {
  const { test, about, ...page } = useLoaderData<typeof loader>();
  const { bundles, priced, currency, behind } = page;
  const subjects = { bundles, priced, currency, behind };
  if (!test) {
    const title = about === null ? undefined : bundles[about];
    const initial = about === null || title === undefined ? emptyForm : formAboutBundle(about, title);
    return <ExperimentFormPage key={`new ${initial.subject}`} id={null} initial={initial} {...subjects} />;
  }
  const key = `${test.id}:${new Date(test.updatedAt).toISOString()}`;
  return test.state === 'draft' ? (
    <DraftPage key={key} test={test} initial={toExperimentForm(test, currency)} {...subjects} />
  ) : (
    <ExperimentPage key={test.id} test={test} {...page} />
  );
}
