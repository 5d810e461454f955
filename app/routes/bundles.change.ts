import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import {
  type BundleResult,
  deleteBundle,
  duplicateBundle,
  restoreBundle,
  setBundleStatus,
} from '#app/domains/bundles/index.ts';
import { startPublishBundles } from '#app/flows/start-runs.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ChangeAnswer, ChangeIntent } from '../ui/bundles/use-bundle-change.ts';
import { readJson } from './json-body.server.ts';
import { requireMerchant } from './merchant.server.ts';

const changeSchema = z.object({
  intent: z.enum(['activate', 'pause', 'duplicate', 'delete', 'restore']),
  ids: z.array(z.string().max(64)).min(1).max(100),
});

/** One thing that is done to a bundle; answers the id to speak of afterwards. */
async function change(scope: ShopScope, intent: ChangeIntent, id: string, now: Date): Promise<BundleResult<string>> {
  const named = (result: BundleResult<unknown>): BundleResult<string> => (result.ok ? { ok: true, value: id } : result);
  switch (intent) {
    case 'activate':
      return named(await setBundleStatus(scope, id, 'active', { now }));
    case 'pause':
      return named(await setBundleStatus(scope, id, 'paused', { now }));
    case 'delete':
      return named(await deleteBundle(scope, id, { now }));
    case 'restore':
      return named(await restoreBundle(scope, id, { now }));
    case 'duplicate': {
      const copy = await duplicateBundle(scope, id, ' (copy)', { now, newId: () => crypto.randomUUID() });
      return copy.ok ? { ok: true, value: copy.value.id } : copy;
    }
  }
}

/** Changes chosen bundles, each by itself: one that is refused does not hold up the others. */
export async function action(args: ActionFunctionArgs): Promise<ChangeAnswer> {
  const merchant = await requireMerchant(args);
  const sent = changeSchema.safeParse(await readJson(args.request));
  if (!sent.success) throw new Response('Choose at least one bundle.', { status: 400 });
  const { intent, ids } = sent.data;
  const done: string[] = [];
  const problems = new Set<string>();
  for (const id of ids) {
    const result = await merchant.inShop((scope) => change(scope, intent, id, merchant.now));
    if (result.ok) done.push(result.value);
    else if (result.code === 'invalid') problems.add(Object.values(result.fields)[0] ?? result.message);
    else problems.add(result.message);
  }
  if (done.length > 0) await startPublishBundles(args.context.services, merchant.shop.id);
  return { intent, done, problems: [...problems] };
}
