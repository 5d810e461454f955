import type { ShopScope } from '#app/infra/database.ts';
import type { AnyBundle } from './model.ts';
import { readActive } from './store.ts';

/** Whether something in it is an amount of money, at any depth. */
const holdsAmount = (value: unknown): boolean =>
  value !== null &&
  typeof value === 'object' &&
  Object.entries(value).some(
    ([name, inner]) =>
      (typeof inner === 'number' && (name === 'minor' || name.endsWith('Minor'))) || holdsAmount(inner),
  );

/**
 * The currency in which a bundle's amounts were entered, where that is not the shop's any more: 20 pounds are not 20
 * yen, so that it gives nothing until the merchant has entered them anew. Null for one that may be used: percentages
 * hold in every currency.
 * @param currency the shop's, ISO 4217
 */
export function foreignCurrency(bundle: AnyBundle, currency: string): string | null {
  const entered = bundle.currency ?? currency;
  if (entered === currency) return null;
  return holdsAmount('terms' in bundle ? bundle.terms : bundle.discount) ? entered : null;
}

/** Active bundles that give nothing because their amounts are of another currency. */
export async function foreignBundles(
  scope: ShopScope,
  currency: string,
): Promise<{ readonly id: string; readonly title: string; readonly currency: string }[]> {
  return (await readActive(scope)).flatMap((bundle) => {
    const entered = foreignCurrency(bundle, currency);
    return entered === null ? [] : [{ id: bundle.id, title: bundle.title, currency: entered }];
  });
}

/** Bundles from before currencies were kept: their amounts are of the currency in which they are published now. */
export async function noteCurrency(scope: ShopScope, currency: string): Promise<void> {
  await scope.tx.bundle.updateMany({ where: { shopId: scope.shopId, currency: null }, data: { currency } });
}
