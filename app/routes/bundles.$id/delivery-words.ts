import type { Delivery, DeliveryProblem } from '#app/domains/deliveries/index.ts';

/** What each way means for shoppers and for the merchant. */
export const deliveryWords: Readonly<Record<Delivery, { readonly label: string; readonly help: string }>> = {
  discount: {
    label: 'As a discount',
    help: 'Each product stays a line of its own and the saving is a discount on it. Works on every plan, for every kind of bundle and beside subscriptions.',
  },
  merge: {
    label: 'As one line',
    help: 'The products become one line in cart and checkout, with the bundle’s title, picture and price.',
  },
  native: {
    label: 'As a product of your store',
    help: 'The bundle becomes a product that you publish where you like: with a page, a price in search and feeds, and a row in your reports. Stock is taken from its parts.',
  },
};

/** Why a way is not open, and what opens it. */
export const deliveryProblems: Readonly<Record<DeliveryProblem, string>> = {
  kind: 'Only fixed sets can be delivered like this.',
  codes:
    'To your store this is a price and no discount, so that any discount code comes on top of it. It opens when your settings let order and product discounts combine with bundles, and when its discount leaves the room for codes that your settings name.',
  plan: 'The plan of your store does not include this.',
  'variant-choice': 'Every product must be one variant. Choose a variant for each product that has several.',
  'same-product': 'Two parts of this bundle are variants of one product, which cannot be sold as one product.',
  'product-gone': 'A product of this bundle is no longer in your store.',
  'price-test':
    'An experiment shows its prices to different visitors, and a product has one price. It opens when the experiment is over.',
  refused: 'Your store refused the product of this bundle. It is tried again every ten minutes.',
};

interface Standing {
  readonly chosen: Delivery;
  readonly problem: DeliveryProblem | null;
  readonly ready: boolean;
}

/** How far what was chosen has come, in a sentence (behind the problem's, where there is one); null where nothing is to be said. */
export function deliveryState(standing: Standing, live: boolean): string | null {
  if (standing.chosen === 'discount') return null;
  if (standing.problem !== null) return 'Until then the discount applies, at the same price.';
  if (!live) return 'It begins when the bundle is live.';
  return standing.ready ? 'It is in place.' : 'Your store is being prepared. Until then the discount applies.';
}

/** True while the store is being brought in line and the page should look again. */
export function isUnderWay(standing: Standing, live: boolean): boolean {
  return standing.chosen !== 'discount' && standing.problem === null && live && !standing.ready;
}
