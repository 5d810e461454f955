import type { Offer } from '#app/domains/incentives/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { isWhole } from './availability.ts';
import { foreignCurrency } from './currency.ts';
import { currencyOfShop, readActive, readProducts } from './store.ts';
import { toOffer } from './to-offer.ts';
import { readWholes, withWholes } from './wholes.ts';

/** Every active offer of the shop as the checkout prices it, whatever its dates; offers that lack a product are left out. */
export async function readOffers(scope: ShopScope): Promise<Offer[]> {
  const currency = await currencyOfShop(scope);
  const stored = (await readActive(scope)).filter((bundle) => foreignCurrency(bundle, currency) === null);
  const wholes = await readWholes(scope, stored);
  const active = stored.map((bundle) => withWholes(bundle, wholes));
  const products = await readProducts(
    scope,
    active.flatMap((bundle) => bundle.items.map((item) => item.productId)),
  );
  return active.filter((bundle) => isWhole(bundle, products)).map(toOffer);
}
