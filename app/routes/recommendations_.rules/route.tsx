import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { searchProducts } from '#app/domains/catalog/index.ts';
import {
  listRules,
  previewRules,
  readMerchandising,
  reorderRules,
  type RuleResult,
  saveMerchandising,
} from '#app/domains/recommendations/index.ts';
import { publishAfterRules } from '#app/flows/publish-after-rules.ts';
import { changingRules, removeRule, switchRule } from '#app/flows/rule-offers.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { ruleSentence } from '../../ui/rules/rule-words.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';
import { titlesOf } from '../rule-titles.server.ts';
import { RulesPage } from './rules-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Rules · Recommendations' }];

const idPattern = /^\d{1,20}$/;
const sentSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('status'), id: z.string(), revision: z.number().int(), status: z.enum(['on', 'off']) }),
  z.object({ intent: z.literal('delete'), id: z.string() }),
  z.object({ intent: z.literal('order'), ids: z.array(z.string()).max(1000) }),
  z.object({ intent: z.literal('settings'), settings: z.unknown() }),
]);

export type RulesAnswer =
  | { readonly ok: true; readonly intent: string }
  | { readonly ok: false; readonly message: string; readonly fields: Readonly<Record<string, string>> };

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const params = new URL(args.request.url).searchParams;
  const search = (params.get('search') ?? '').trim().slice(0, 100);
  const product = params.get('product') ?? '';
  const { currency } = merchant.shop;
  const page = await merchant.inShop(async (scope) => {
    const rules = await listRules(scope, merchant.now);
    const titles = await titlesOf(scope, rules, merchant.words);
    const found = search === '' ? null : await searchProducts(scope, { search, pageSize: 8, activeOnly: true });
    return {
      rules: rules.map((rule) => ({
        id: rule.id,
        title: rule.title,
        revision: rule.revision,
        status: rule.status,
        phase: rule.phase,
        action: rule.action,
        sentence: ruleSentence(rule, titles, currency),
      })),
      settings: await readMerchandising(scope),
      found: (found?.products ?? []).map(({ id, title, imageUrl }) => ({ id, title, imageUrl })),
      preview: idPattern.test(product) ? await previewRules(scope, product, merchant.now) : null,
    };
  });
  return { ...page, search, product };
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const sent = sentSchema.safeParse(await readJson(args.request));
  if (!sent.success)
    throw new Response('The request could not be read. Reload the page and try again.', { status: 400 });
  const { now } = merchant;
  const asked = sent.data;
  const change = (scope: ShopScope): Promise<RuleResult<unknown>> => {
    switch (asked.intent) {
      case 'status':
        return switchRule(scope, asked, { now });
      case 'delete':
        return removeRule(scope, asked.id, { now });
      case 'order':
        return reorderRules(scope, asked.ids, { now });
      case 'settings':
        return saveMerchandising(scope, asked.settings, { now });
    }
  };
  const result = await changingRules(() => merchant.inShop(change));
  if (!result.ok)
    return data<RulesAnswer>({ ok: false, message: result.message, fields: result.fields ?? {} }, { status: 422 });
  await publishAfterRules(args.context.services, merchant.shop.id);
  return data<RulesAnswer>({ ok: true, intent: asked.intent });
}

export default function Rules() {
  return <RulesPage {...useLoaderData<typeof loader>()} />;
}
