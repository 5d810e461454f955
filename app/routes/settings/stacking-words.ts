import type { StackPair } from '#app/domains/incentives/index.ts';

/** Classes of discounts as merchants call them. */
export const classWords = {
  product: 'On products',
  order: 'On the order',
  shipping: 'On shipping',
} as const;

export const stackClasses = ['product', 'order', 'shipping'] as const;
export type StackClass = (typeof stackClasses)[number];

const places = { product: 0, order: 1, shipping: 2 } as const;

/** The pair of two classes, whichever comes first. */
export function pairOf(a: StackClass, b: StackClass): StackPair {
  const [first, second] = places[a] <= places[b] ? [a, b] : [b, a];
  return `${first}-${second}` as StackPair;
}

const examples: Readonly<Record<StackPair, readonly [meeting: string, both: string]>> = {
  'product-product': [
    'A bundle, and a code for 10% off some products',
    'each product gets one of the two, and the cart has both',
  ],
  'product-order': ['A bundle, and a code or a cart goal for 10% off the order', 'the shopper gets both'],
  'product-shipping': ['A bundle, and a code or a cart goal for free shipping', 'the shopper gets both'],
  'order-order': ['A cart goal for 10% off the order, and a code for 10% off the order', 'the shopper gets both'],
  'order-shipping': ['10% off the order by a cart goal, and free shipping by a code', 'the shopper gets both'],
  'shipping-shipping': ['Free shipping by a cart goal, and a code for shipping', 'both count'],
};

/** What a shopper gets where discounts of these classes meet. */
export function exampleOf(pair: StackPair, stands: boolean): string {
  const [meeting, both] = examples[pair];
  return `${meeting}: ${stands ? both : 'the shopper gets the one that saves more'}.`;
}
