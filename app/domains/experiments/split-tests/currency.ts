import type { ShopScope } from '#app/infra/database.ts';
import { moveTest, readTestsIn } from './store.ts';
import type { SplitTest } from './model.ts';

/**
 * The currency in which a test's versions were entered, where that is not the shop's any more and one of them is an
 * amount: 5 pounds off are not 5 yen off. Null for one whose versions mean what they say.
 * @param currency the shop's, ISO 4217
 */
export function foreignVersions(
  { arms, currency: entered }: Pick<SplitTest, 'arms' | 'currency'>,
  currency: string,
): string | null {
  if (entered === null || entered === currency) return null;
  const amounts = arms.some(({ change }) => change.values?.some((value) => value.type !== 'percentage') === true);
  return amounts ? entered : null;
}

/**
 * Stops running tests whose versions are amounts of another currency than the shop's, and those of bundles that give
 * nothing for that reason. Drafts and tests from before currencies were kept are taken to be of the present one.
 * @param bundles ids of bundles that give nothing
 * @returns how many were stopped
 */
export async function stopForeignTests(
  scope: ShopScope,
  { currency, bundles, now }: { readonly currency: string; readonly bundles: readonly string[]; readonly now: Date },
): Promise<number> {
  await scope.tx.splitTest.updateMany({ where: { shopId: scope.shopId, currency: null }, data: { currency } });
  let stopped = 0;
  for (const test of await readTestsIn(scope, ['running'])) {
    const { type, id } = test.subject;
    const ofBundle = (type === 'bundle' || type === 'price') && bundles.includes(id);
    if (!ofBundle && foreignVersions(test, currency) === null) continue;
    const change = { status: 'stopped', stopReason: 'currency-changed', endedAt: now, updatedAt: now } as const;
    if (await moveTest(scope, test.id, ['running'], change)) stopped += 1;
  }
  return stopped;
}
