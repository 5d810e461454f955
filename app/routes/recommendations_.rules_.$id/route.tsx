import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { listBundles } from '#app/domains/bundles/index.ts';
import { getRule } from '#app/domains/recommendations/index.ts';
import { publishAfterRules } from '#app/flows/publish-after-rules.ts';
import { changingRules, saveRule } from '#app/flows/rule-offers.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';
import { titlesOf } from '../rule-titles.server.ts';
import { RuleEditorPage, type RulePageData } from './rule-editor.tsx';
import { emptyRule, toRuleText } from './rule-form.ts';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page?.form.title ? `${page.form.title} · Rules` : 'New rule' },
];

/** What was sent stands in the form; the page's data is only loaded for another rule. */
export const shouldRevalidate = (): boolean => false;

export type SaveRuleAnswer =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly message: string; readonly fields: Readonly<Record<string, string>> };

const sentSchema = z.object({ revision: z.number().int().min(0), form: z.unknown() });

export async function loader(args: LoaderFunctionArgs): Promise<RulePageData> {
  const merchant = await requireMerchant(args);
  const { id = 'new' } = args.params;
  const { words } = merchant;
  const units = { currency: merchant.shop.currency, timeZone: merchant.shop.timeZone };
  return merchant.inShop(async (scope) => {
    const { items } = await listBundles(scope, { pageSize: 100, sort: 'title' }, merchant.now);
    const bundles = items
      .filter(({ bundle }) => String(bundle.id) !== id)
      .map(({ bundle }) => ({ id: bundle.id, title: bundle.title }));
    if (id === 'new') return { id: null, revision: 0, form: emptyRule, units, words, bundles };
    const found = await getRule(scope, id);
    if (!found.ok) throw new Response(found.message, { status: 404 });
    const titles = await titlesOf(scope, [found.value], words);
    return { id, revision: found.value.revision, form: toRuleText(found.value, titles, units), units, words, bundles };
  });
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { id = 'new' } = args.params;
  const sent = sentSchema.safeParse(await readJson(args.request));
  if (!sent.success) throw new Response('The form could not be read. Reload the page and try again.', { status: 400 });
  const { revision, form } = sent.data;
  const context = { now: merchant.now, newId: () => crypto.randomUUID() };
  const saved = await changingRules(() =>
    merchant.inShop((scope) => saveRule(scope, { id: id === 'new' ? null : id, revision, form }, context)),
  );
  if (!saved.ok)
    return data<SaveRuleAnswer>(
      { ok: false, message: saved.message, fields: saved.fields ?? {} },
      { status: saved.code === 'not-found' ? 404 : saved.code === 'conflict' ? 409 : 422 },
    );
  await publishAfterRules(args.context.services, merchant.shop.id);
  return data<SaveRuleAnswer>({ ok: true, id: saved.value.id });
}

export default function RulePage() {
  const page = useLoaderData<typeof loader>();
  return <RuleEditorPage key={page.id ?? 'new'} page={page} />;
}
