import { readProducts } from '#app/domains/catalog/index.ts';
import type { IncentiveRules } from '#app/domains/incentives/index.ts';
import {
  findLatestBought,
  largestDiscount,
  orderOfferLimits,
  type OrderOfferSettings,
  orderOfferSettings,
  readOrderOfferSettings,
  saveOrderOfferSettings,
} from '#app/domains/order-offers/index.ts';
import { readSuggestions } from '#app/domains/recommendations/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { refreshBundles } from './jobs.ts';

/** A product as the page after a purchase would show it. Minor units of the shop's currency. */
export interface ExampleProduct {
  readonly id: string;
  readonly title: string;
  readonly imageUrl: string | null;
  readonly priceMinor: number;
  /** the largest discount that leaves the merchant's margin, basis points */
  readonly largestBps: number;
}

const EXAMPLES = 3;
/** More than is shown, because what is sold out falls away. */
const CANDIDATES = 20;

/** What an order of the newest order's product would be offered, else what sells best. Empty before the first training. */
export async function orderOfferExamples(
  scope: ShopScope,
  rules: IncentiveRules,
  now: Date,
): Promise<ExampleProduct[]> {
  const latest = await findLatestBought(scope);
  const together = latest === null ? [] : await readSuggestions(scope, 'together', latest, now, CANDIDATES);
  const list = together.length > 0 ? together : await readSuggestions(scope, 'popular', '', now, CANDIDATES);
  const found = await readProducts(
    scope,
    list.map((one) => one.productId),
  );
  const byId = new Map(found.map((product) => [product.id, product]));
  return list
    .flatMap(({ productId }) => {
      const product = byId.get(productId);
      const variant = product?.variants[0];
      if (!product?.available || product.giftCard || !variant || productId === latest) return [];
      const offered = { ...variant, variantId: variant.id, giftCard: false };
      return [
        {
          id: product.id,
          title: product.title,
          imageUrl: variant.imageUrl ?? product.imageUrl,
          priceMinor: variant.priceMinor,
          largestBps: largestDiscount(offered, orderOfferLimits.discountBps, rules),
        },
      ];
    })
    .slice(0, EXAMPLES);
}

/**
 * Checks and keeps what the merchant decided. Pages of orders follow within a minute; a larger discount stands beside free
 * shipping of goals once the checkout leaves it.
 */
export async function changeOrderOffers(
  services: Pick<Services, 'db' | 'queue'>,
  shopId: ShopId,
  input: unknown,
): Promise<Result<OrderOfferSettings, 'invalid'>> {
  const parsed = orderOfferSettings.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return fail('invalid', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`);
  }
  const { active, discountBps } = parsed.data;
  const before = await services.db.inShop(shopId, async (scope) => {
    const settings = await readOrderOfferSettings(scope);
    await saveOrderOfferSettings(scope, parsed.data);
    return settings;
  });
  if (active && discountBps > (before.active ? before.discountBps : 0))
    await services.queue.enqueue(refreshBundles, { shopId });
  return ok(parsed.data);
}
