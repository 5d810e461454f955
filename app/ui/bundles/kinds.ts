import type { BundleKind } from '#app/domains/bundles/index.ts';

interface KindWords {
  readonly name: string;
  /** what it does, in a sentence */
  readonly does: string;
  readonly example: string;
}

/** Each kind of offer in the merchant's words, in the order in which they are shown. */
export const kindWords: Readonly<Record<BundleKind, KindWords>> = {
  fixed: {
    name: 'Fixed set',
    does: 'Exactly these products, sold together for less.',
    example: 'Shampoo, conditioner and comb: 10% off as a set.',
  },
  'mix-and-match': {
    name: 'Mix and match',
    does: 'Shoppers pick a number of units from your selection.',
    example: 'Any 3 of our soaps for 15% less.',
  },
  'build-a-box': {
    name: 'Build a box',
    does: 'Shoppers fill a box of the size they like; larger boxes save more.',
    example: 'From 6 bottles 5% off, a full dozen 10%.',
  },
  'quantity-breaks': {
    name: 'Quantity breaks',
    does: 'The more units somebody buys, the less each one costs.',
    example: '2 or more candles: 10% off each, 4 or more: 15%.',
  },
  'buy-x-get-y': {
    name: 'Buy X, get Y',
    does: 'Whoever buys some products gets others for less, or free.',
    example: 'Buy 2 mugs, get a third at half price.',
  },
  gift: {
    name: 'Gift with purchase',
    does: 'A free product for whoever buys enough.',
    example: 'A tote bag with every order from 60 on.',
  },
  'cart-goals': {
    name: 'Cart goals',
    does: 'Rewards that shoppers see coming closer while their cart grows.',
    example: 'Free shipping from 40 on, 10% off from 80 on.',
  },
  'together-offer': {
    name: 'Bought-together offer',
    does: 'A saving on a product that goes well with one in the cart.',
    example: 'With every teapot, 10% off the matching cups.',
  },
};

export const kindOrder = Object.keys(kindWords) as readonly BundleKind[];

export function isKind(text: string | null): text is BundleKind {
  return text !== null && text in kindWords;
}
