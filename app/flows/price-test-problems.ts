import { isDeepStrictEqual } from 'node:util';
import {
  foreignCurrency,
  getWholeBundle,
  validateBundle,
  valuesOfBundle,
  type WholeBundle,
  withVersion,
} from '#app/domains/bundles/index.ts';
import { readDeliveries } from '#app/domains/deliveries/index.ts';
import { foreignVersions, type SplitTest } from '#app/domains/experiments/index.ts';
import {
  type IncentiveRules,
  type Offer,
  safeOffer,
  type UnitValue,
  valuesOf,
  withValues,
} from '#app/domains/incentives/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { formatDecimal } from '#app/shared/money.ts';
import { rulesOfShop } from './rules-of-shop.ts';

/** `currency`: of the amounts as they were stored; left out = they are entered now */
type Tested = Pick<SplitTest, 'subject' | 'arms'> & Partial<Pick<SplitTest, 'currency'>>;

/**
 * Why versions of what a bundle gives cannot be tested, by field of the form; empty where all can. Each version must
 * be charged in full whatever a shopper chooses: one that the margin guard cuts is another version.
 */
export async function priceTestProblems(
  scope: ShopScope,
  { subject, arms, currency = null }: Tested,
): Promise<Record<string, string>> {
  if (subject.type !== 'price') return {};
  const found = await getWholeBundle(scope, subject.id);
  if (!found || valuesOfBundle(found.bundle).length === 0)
    return {
      'subject.id': 'Choose a bundle with a discount or a price: gifts cannot be compared.',
    };
  const native = (await readDeliveries(scope)).some(
    ({ bundleId, delivery }) => bundleId === subject.id && delivery === 'native',
  );
  if (native)
    return { 'subject.id': 'This bundle is sold as a product of your store, which has one price for all visitors.' };
  const shop = await readShop(scope);
  const foreign = foreignCurrency(found.bundle, shop.currency);
  if (foreign !== null)
    return { 'subject.id': `This bundle’s amounts are in ${foreign}. Enter them in ${shop.currency} first.` };
  const entered = foreignVersions({ arms, currency }, shop.currency);
  if (entered !== null)
    return Object.fromEntries(
      arms.flatMap(({ change: { values } }, index) =>
        values ? [[`arms.${String(index)}.change.values`, enterAnew(entered, shop.currency)]] : [],
      ),
    );
  return priceProblems(found, arms, rulesOfShop(shop, null), shop.currency);
}

/** What the merchant is told of amounts in a currency that the shop does not sell in any more. */
const enterAnew = (entered: string, currency: string): string =>
  `These amounts were entered in ${entered}. Enter them in ${currency} and save.`;

/** The same, once everything is read. Pure. @param currency the shop's, ISO 4217 */
export function priceProblems(
  { bundle, offer, products }: WholeBundle,
  arms: Tested['arms'],
  rules: IncentiveRules,
  currency: string,
): Record<string, string> {
  const problems: Record<string, string> = {};
  const today = valuesOf(offer);
  const ownProblems = validateBundle(bundle, products);
  arms.forEach(({ change: { values } }, index) => {
    if (!values) return;
    const field = `arms.${String(index)}.change.values`;
    const version = withVersion(bundle, values);
    if (!version) {
      problems[field] = 'The bundle has other steps now. Choose it again';
      return;
    }
    if (isDeepStrictEqual(values, today)) {
      problems[field] = 'This is what the bundle gives today';
      return;
    }
    // The rules of the bundle's own editor, as far as the version breaks them and not the bundle itself.
    for (const [path, message] of Object.entries(validateBundle(version, products)))
      if (ownProblems[path] === undefined) problems[`${field}${stepOf(path)}`] ??= message;
    const charged = withValues(offer, values);
    marginProblems(charged, safeOffer(charged, products, rules), currency).forEach((problem, step) => {
      if (problem !== null) problems[`${field}.${String(step)}`] ??= problem;
    });
  });
  return problems;
}

/** ".1" of a path like terms.tiers.1.value.minor; nothing where a bundle has one step. */
const stepOf = (path: string): string => /\.tiers(\.\d+)/.exec(path)?.[1] ?? '.0';

/** What keeps the margin guard from cutting each value, where it would. */
function marginProblems(version: Offer, safe: Offer | null, currency: string): (string | null)[] {
  // A step of which nothing is left is missing in what is safe.
  const kept = new Map(safe ? zip(stepsOf(safe), valuesOf(safe)) : []);
  return zip(stepsOf(version), valuesOf(version)).map(([step, value]) => {
    const left = kept.get(step);
    if (!left) return 'No discount keeps the margin that you set';
    if (isDeepStrictEqual(left, value)) return null;
    return `${left.type === 'price' ? 'At least' : 'At most'} ${inWords(left, currency)} keeps the margin that you set`;
  });
}

/** Units from which each value of an offer counts, in their order. */
function stepsOf(offer: Offer): number[] {
  return offer.kind === 'build-a-box' || offer.kind === 'quantity-breaks'
    ? offer.terms.tiers.map(({ units }) => units)
    : valuesOf(offer).map((_value, index) => index);
}

const zip = <A, B>(as: readonly A[], bs: readonly B[]): [A, B][] =>
  as.flatMap((a, index) => (index < bs.length ? [[a, bs[index] as B] as [A, B]] : []));

const inWords = (value: UnitValue, currency: string): string =>
  value.type === 'percentage'
    ? `${String(value.basisPoints / 100)} %`
    : `${formatDecimal(value.minor, currency)} ${currency}`;
