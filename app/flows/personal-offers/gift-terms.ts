import { readProducts } from '#app/domains/catalog/index.ts';
import type { CodeTerms } from '#app/domains/codes/index.ts';
import type { Grant, OfferTerms } from '#app/domains/personal-offers/index.ts';
import { readSuggestionsOf } from '#app/domains/recommendations/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

/** What a code of the offer gives in one size; null where it gives none. `productId` is the product that it is for, where the offer names none. */
export function codeTermsOf(
  { gift, minSubtotalMinor }: Pick<OfferTerms, 'gift' | 'minSubtotalMinor'>,
  size: number,
  productId: string | null,
): CodeTerms | null {
  const everything = { minSubtotalMinor, productIds: null };
  switch (gift.type) {
    case 'percentage': {
      const own = gift.on === 'products' ? gift.productIds : productId === null ? null : [productId];
      const most = gift.mostMinor === undefined ? {} : { mostMinor: gift.mostMinor };
      return { type: 'percentage', basisPoints: size, ...most, minSubtotalMinor, productIds: own };
    }
    case 'amount':
      return { type: 'amount', minor: size, ...everything };
    case 'free-shipping':
      return { type: 'free-shipping', ...everything };
    case 'free-product':
      return { type: 'free-product', productId: gift.productId, variantId: gift.variantId, ...everything };
    case 'early-access':
      return null;
  }
}

interface GiftProduct {
  readonly productId: string;
  /** of its dearest variant, minor units */
  readonly priceMinor: number;
}

/** Whether the offer is for one product that the trigger names. */
export const isForProduct = ({ gift }: Pick<OfferTerms, 'gift'>): boolean =>
  gift.type === 'percentage' && (gift.on === 'the-product' || gift.on === 'what-goes-with-it');

/** The products that gifts of these grants are for, by the grants' ids; those without one are missing. */
export async function readGiftProducts(
  scope: ShopScope,
  { gift }: Pick<OfferTerms, 'gift'>,
  grants: readonly Grant[],
  now: Date,
): Promise<ReadonlyMap<string, GiftProduct>> {
  if (!isForProduct({ gift })) return new Map();
  const goesWith = gift.type === 'percentage' && gift.on === 'what-goes-with-it';
  const asked = [...new Set(grants.flatMap(({ productId }) => productId ?? []))];
  const beside = goesWith ? await readSuggestionsOf(scope, 'together', asked, now, 1) : null;
  const chosen = new Map(
    asked.flatMap((productId): [string, string][] => {
      const best = beside ? beside.get(productId)?.[0]?.productId : productId;
      return best === undefined ? [] : [[productId, best]];
    }),
  );
  const products = new Map((await readProducts(scope, [...new Set(chosen.values())])).map((one) => [one.id, one]));
  return new Map(
    grants.flatMap((grant): [string, GiftProduct][] => {
      const product = products.get(chosen.get(grant.productId ?? '') ?? '');
      if (!product || product.variants.length === 0) return [];
      const priceMinor = Math.max(...product.variants.map((variant) => variant.priceMinor));
      return [[grant.id, { productId: product.id, priceMinor }]];
    }),
  );
}
