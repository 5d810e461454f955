import { isDeepStrictEqual } from 'node:util';
import { getBundle } from '#app/domains/bundles/index.ts';
import { readDeliveries } from '#app/domains/deliveries/index.ts';
import type { SplitTest } from '#app/domains/experiments/index.ts';
import { type DiscountValue, type IncentiveRules, safeDiscount } from '#app/domains/incentives/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { formatDecimal } from '#app/shared/money.ts';

type Tested = Pick<SplitTest, 'subject' | 'arms'>;

/**
 * Why versions of a bundle's discount cannot be tested, by field of the form; empty where all can. Each version must
 * be charged in full whatever a shopper puts into the set: one that the margin guard cuts is another version.
 */
export async function priceTestProblems(
  scope: ShopScope,
  { subject, arms }: Tested,
  now: Date,
): Promise<Record<string, string>> {
  if (subject.type !== 'price') return {};
  const found = await getBundle(scope, subject.id, now);
  if (!found.ok)
    return { 'subject.id': 'Choose a fixed set or a mix-and-match: other kinds have more than one discount.' };
  const native = (await readDeliveries(scope)).some(
    ({ bundleId, delivery }) => bundleId === subject.id && delivery === 'native',
  );
  if (native)
    return { 'subject.id': 'This bundle is sold as a product of your store, which has one price for all visitors.' };
  const { settings, currency } = await readShop(scope);
  return priceProblems(found.value, arms, { ...settings, sellingPlans: 'exclude' }, currency);
}

/** The same, once everything is read. Pure. @param currency the shop's, ISO 4217 */
export function priceProblems(
  {
    bundle,
    products,
  }: { readonly bundle: Parameters<typeof safeDiscount>[0]; readonly products: Parameters<typeof safeDiscount>[1] },
  arms: Tested['arms'],
  rules: IncentiveRules,
  currency: string,
): Record<string, string> {
  const problems: Record<string, string> = {};
  arms.forEach(({ change: { discount } }, index) => {
    if (!discount) return;
    const field = `arms.${String(index)}.change.discount`;
    const safe = safeDiscount({ ...bundle, discount }, products, rules);
    if (isDeepStrictEqual(discount, bundle.discount)) problems[field] = 'This is what the bundle gives today';
    else if (!isDeepStrictEqual(safe, discount))
      problems[field] = safe
        ? `At most ${inWords(safe, currency)} keeps the margin that you set`
        : 'No discount keeps the margin that you set';
  });
  return problems;
}

const inWords = (value: DiscountValue, currency: string): string =>
  value.type === 'percentage'
    ? `${String(value.basisPoints / 100)} %`
    : `${formatDecimal(value.minor, currency)} ${currency}`;
