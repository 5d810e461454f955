import {
  type Cart,
  type CartLine,
  type DiscountConfig,
  formBundles,
  type FormedBundle,
  nothingLeft,
  type Work,
} from '#app/domains/incentives/index.ts';
import type { BundleDelivery } from '#app/platforms/shopify/cart-transform/delivery-config.ts';
import type { LinesMerge, TransformInput } from './input.ts';
import { percentageFor } from './percentage.ts';

/** Units that are alike for every rule, wherever in the cart they stand. */
const kindOf = (line: CartLine): string =>
  `${line.productId}/${line.variantId ?? ''}/${String(line.unitPriceMinor)}/${String(line.unitCostMinor)}`;

interface Operation {
  readonly linesMerge: LinesMerge;
}

/**
 * Merges the sets that the rules form, where the shopper put their units in together (the mark) and the merchant
 * wants them as one line. Nothing is merged unless the rest of the cart, priced alone, costs what it would have
 * cost beside the merged sets.
 * @param fits whether there is room for one more operation; asked for each in turn, until there is none
 */
export function mergeSets(
  input: TransformInput,
  cart: Cart,
  config: DiscountConfig,
  delivery: BundleDelivery,
  work: Work,
  fits: (operation: Operation) => boolean,
): Operation[] {
  // An offer for the whole order looks at every line, also at a merged one, whose parts and costs it would not know.
  if (delivery.merged.size === 0 || config.concerns('') || isTested(cart, config)) return [];
  const formation = formBundles(cart, config.bundles, config.rules, nothingLeft, work);
  if (!formation.exact) return [];
  const marks = new Map(input.cart.lines.map((line) => [line.id, line.mark?.value ?? null]));
  const lines = new Map(cart.lines.map((line) => [line.id, line]));
  const left = new Map(cart.lines.map((line) => [line.id, line.quantity]));
  const operations: Operation[] = [];
  const seen = new Set<string>();
  let mergedMinor = 0;
  let isFull = false;
  for (const bundle of [...formation.bundles].sort(byOfferId)) {
    const parent = delivery.merged.get(bundle.offerId);
    // Shopify joins merges of one parent and title to one line, so all of them must hold the same.
    if (!parent || isFull || seen.has(bundle.offerId)) continue;
    seen.add(bundle.offerId);
    const parts = partsOf(bundle, lines);
    for (let set = 0; set < bundle.count; set += 1) {
      const taken = takeMarked(parts, bundle, cart, left, marks);
      if (!taken) break;
      const operation = toOperation(bundle, parent, taken);
      isFull = !fits(operation);
      if (isFull) break;
      for (const { cartLineId, quantity } of taken) left.set(cartLineId, (left.get(cartLineId) ?? 0) - quantity);
      operations.push(operation);
      mergedMinor += bundle.discountMinor / bundle.count;
    }
  }
  return operations.length > 0 && restCosts(cart, left, config, work) === savingOf(formation.bundles) - mergedMinor
    ? operations
    : [];
}

const byOfferId = (a: FormedBundle, b: FormedBundle): number =>
  a.offerId < b.offerId ? -1 : a.offerId > b.offerId ? 1 : 0;

/**
 * Which version of a price test a cart gets is known to the discount Function alone: it prices the lines apart. A
 * cart without any product of a tested bundle has the same price in every version.
 */
function isTested(cart: Cart, config: DiscountConfig): boolean {
  const tested = config.bundles.filter(({ id }) => config.priceTests.tests.some(({ bundleId }) => bundleId === id));
  const products = new Set(tested.flatMap(({ items }) => items.map(({ productId }) => productId)));
  return cart.lines.some(({ productId }) => products.has(productId));
}

/** Units of each kind in all of the equal sets. */
function partsOf(bundle: FormedBundle, lines: ReadonlyMap<string, CartLine>): ReadonlyMap<string, number> {
  const parts = new Map<string, number>();
  for (const unit of bundle.units) {
    const line = lines.get(unit.lineId);
    if (line) parts.set(kindOf(line), (parts.get(kindOf(line)) ?? 0) + unit.quantity);
  }
  return parts;
}

/** Lines of one set with the bundle's mark, in the order of line ids; null when there are not enough. */
function takeMarked(
  parts: ReadonlyMap<string, number>,
  { offerId, count }: FormedBundle,
  cart: Cart,
  left: ReadonlyMap<string, number>,
  marks: ReadonlyMap<string, string | null>,
): LinesMerge['cartLines'] | null {
  const taken: { cartLineId: string; quantity: number }[] = [];
  for (const [kind, units] of parts) {
    let need = units / count;
    const marked = cart.lines.filter(
      // Shopify rejects any operation on a line with a selling plan, whatever the merchant's rules say.
      (line) => kindOf(line) === kind && marks.get(line.id) === offerId && !line.sellingPlan && !line.giftCard,
    );
    for (const line of [...marked].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const quantity = Math.min(need, left.get(line.id) ?? 0);
      if (quantity > 0) taken.push({ cartLineId: line.id, quantity });
      need -= quantity;
    }
    if (need > 0) return null;
  }
  return taken;
}

function toOperation(
  bundle: FormedBundle,
  parent: { readonly variantId: string; readonly imageUrl: string | null },
  cartLines: LinesMerge['cartLines'],
): Operation {
  return {
    linesMerge: {
      parentVariantId: `gid://shopify/ProductVariant/${parent.variantId}`,
      title: bundle.title,
      ...(parent.imageUrl === null ? {} : { image: { url: parent.imageUrl } }),
      price: {
        percentageDecrease: {
          value: percentageFor(bundle.discountMinor / bundle.count, bundle.priceMinor / bundle.count, bundle.count),
        },
      },
      attributes: [{ key: '_trellis_bundle', value: bundle.offerId }],
      cartLines,
    },
  };
}

const savingOf = (bundles: readonly FormedBundle[]): number =>
  bundles.reduce((sum, bundle) => sum + bundle.discountMinor, 0);

/** What the discount Function will take off the lines that are left; NaN where its search would not be exact. */
function restCosts(cart: Cart, left: ReadonlyMap<string, number>, config: DiscountConfig, work: Work): number {
  const rest: Cart = {
    ...cart,
    lines: cart.lines.flatMap((line) => {
      const quantity = left.get(line.id) ?? 0;
      return quantity > 0 ? [{ ...line, quantity }] : [];
    }),
  };
  const formation = formBundles(rest, config.bundles, config.rules, nothingLeft, work);
  return formation.exact ? savingOf(formation.bundles) : Number.NaN;
}
