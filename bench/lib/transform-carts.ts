import { encodeDiscountConfigs, matrixOfRow, type Offer } from '#app/domains/incentives/index.ts';
import { encodeDelivery } from '#app/platforms/shopify/cart-transform/delivery-config.ts';
import type { TransformInput, TransformLine } from '#extensions/cart-transform/src/input.ts';
import { fixed, percent } from '#tests/conformance/carts/offers.ts';

const partsOfSet = 4;
const product = (index: number): string => String(8_000_000_000_000 + index);
const variant = (index: number): string => String(45_000_000_000_000 + index);
const uuid = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const rules = {
  combinesWith: matrixOfRow({ product: true, order: true, shipping: true }),
  minMarginBps: 0,
  defaultMarginBps: 5000,
  sellingPlans: 'exclude' as const,
  codeReserve: 0,
};

function lineOf(index: number, sets: number): TransformLine {
  const set = Math.floor(index / partsOfSet);
  // Lines of no set are of products that no offer names.
  const id = set < sets ? index : index + 1000;
  return {
    id: `gid://shopify/CartLine/0d6b5e12-7a4c-4f0e-9c1d-${String(index).padStart(12, '0')}`,
    quantity: 1,
    mark: set < sets ? { value: uuid(set) } : null,
    cost: { each: { amount: '19.95', currencyCode: 'EUR' } },
    plan: null,
    item: {
      id: `gid://shopify/ProductVariant/${variant(id)}`,
      product: { id: `gid://shopify/Product/${product(id)}`, gift: false },
    },
  };
}

/** A cart of so many lines in which so many of the offered sets of four are whole. */
function cartOf(lines: number, bundles: number, sets: number): { label: string; input: TransformInput } {
  const offers = Array.from({ length: bundles }, (_, set): Offer => {
    const parts = Array.from({ length: partsOfSet }, (_part, at) => product(set * partsOfSet + at));
    return fixed(uuid(set), percent(1000 + set), parts, { title: 'Everyday set' });
  });
  const shards = encodeDiscountConfigs(offers, [], rules, 'EUR');
  if (!shards.ok) throw new Error(shards.message);
  const merged = offers.map(({ id }, at) => ({ bundleId: id, variantId: variant(9000 + at), imageUrl: null }));
  const shard = (at: number) => {
    const text = shards.value[at];
    return text === undefined ? null : { value: text };
  };
  return {
    label: `${lines} lines, ${bundles} bundles, ${sets} of them whole`,
    input: {
      cart: { lines: Array.from({ length: lines }, (_, index) => lineOf(index, sets)) },
      cartTransform: {
        delivery: { value: encodeDelivery({ merged, native: [] }) },
        config1: shard(0),
        config2: shard(1),
        config3: shard(2),
        config4: shard(3),
        config5: shard(4),
        config6: shard(5),
      },
      presentmentCurrencyRate: '1.0',
    },
  };
}

/** Carts for the cart transform, from the smallest to the largest. */
export const transformCarts = [
  cartOf(4, 1, 1),
  cartOf(12, 3, 3),
  cartOf(50, 10, 10),
  cartOf(200, 50, 25),
  cartOf(200, 25, 25),
  cartOf(200, 50, 50),
];
