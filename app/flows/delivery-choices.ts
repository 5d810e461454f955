import type { AnyBundle, BundleProduct } from '#app/domains/bundles/index.ts';
import { type Delivery, type DeliveryProblem, planDelivery, readDeliveries } from '#app/domains/deliveries/index.ts';
import { readPriceTests } from '#app/domains/experiments/index.ts';
import type { Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { keepsReserve } from './keeps-reserve.ts';
import { rulesOfShop } from './rules-of-shop.ts';

/** How a bundle is delivered at the checkout, and how it could be. */
export interface DeliveryChoices {
  readonly chosen: Delivery;
  /** why the discount applies although something else was chosen; null where nothing is in the way */
  readonly problem: DeliveryProblem | null;
  /** the store has the line or the product that was chosen */
  readonly ready: boolean;
  /** every way, with what stands against it; null = it is open */
  readonly ways: readonly { readonly delivery: Delivery; readonly problem: DeliveryProblem | null }[];
}

const all: readonly Delivery[] = ['discount', 'merge', 'native'];
/** Until the plan was asked nothing is refused because of it: the delivery job finds out and says so. */
const unknownPlan = { mergeLines: true, expandLines: true, bundleProducts: true };

/** Reads what was chosen for a bundle and judges every way as things stand now, without asking the platform. */
export async function readDeliveryChoices(
  scope: ShopScope,
  shop: Shop,
  bundle: AnyBundle,
  products: readonly BundleProduct[],
): Promise<DeliveryChoices> {
  const standing = (await readDeliveries(scope)).find((delivery) => delivery.bundleId === bundle.id);
  const support = shop.platformState.bundleSupport ?? unknownPlan;
  const isTested = (await readPriceTests(scope)).tests.some(({ bundleId }) => bundleId === bundle.id);
  const rules = rulesOfShop(shop, null);
  const keeps = keepsReserve(bundle, products, rules);
  const ways = all.map((delivery) => {
    const plan = planDelivery(delivery, bundle, products, support, { ...rules, keepsReserve: keeps }, isTested);
    return { delivery, problem: plan.delivery === 'discount' ? plan.problem : null };
  });
  const chosen = standing?.delivery ?? 'discount';
  const now = ways.find((way) => way.delivery === chosen)?.problem ?? null;
  return {
    chosen,
    // What the platform refused is known from the job alone; the rest may have changed since it ran.
    problem: now ?? (standing?.problem === 'refused' ? 'refused' : null),
    ready: standing?.operation === null && standing.variantId !== null && standing.problem === null,
    ways,
  };
}
