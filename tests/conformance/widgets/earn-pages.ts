import type { EarnPublication } from '#app/platforms/platform.ts';
import { bucketSeed } from '#app/shared/assignment.ts';
import { hostileTexts } from '#tests/factories/hostile-texts.ts';
import { globals, products, type WidgetPage } from './pages.ts';

const earn: EarnPublication = {
  name: 'points',
  currency: 'EUR',
  points: 3,
  perMinor: 200,
  multipliers: [],
  hours: [],
  seed: bucketSeed('0a1b2c'),
  holdoutBps: 0,
};
const always = { startsAt: '2001-01-01T00:00:00.000Z', endsAt: '2999-01-01T00:00:00.000Z' };

type Change = Partial<EarnPublication>;
interface Look {
  readonly own?: object | null;
  readonly customer?: number;
  /** what the app told of the customer */
  readonly has?: number;
  readonly language?: string;
  readonly currency?: string;
  readonly settings?: object;
  /** where the shopper goes on with what is redeemed */
  readonly back?: string;
}

const [lamp, , rug] = products;
const variant = (id: number, price: number) => ({ id, title: String(id), price, available: true });
const many = (count: number) => ({
  ...lamp,
  variants: Array.from({ length: count }, (_, at) => variant(500 + at, 1_000 + 210 * (at % 7))),
});

function pages(what: string, change: Change | null, look: Look = {}): WidgetPage[] {
  const { own = rug, customer, has, language = 'en', currency = 'EUR', settings = {}, back } = look;
  const lines = [{ product_id: 3, quantity: 1, price: 2_184 }];
  const page = globals(null, { language, currency, lines });
  const { $app } = (page['app'] as { metafields: { $app: object } }).metafields;
  const app = { metafields: { $app: { ...$app, ...(change ? { earn: { value: { ...earn, ...change } } } : {}) } } };
  const shared = {
    settings: { product: own, ...settings },
    globals: {
      ...page,
      ...(back === undefined ? {} : { routes: { ...(page['routes'] as object), trellis_back: back } }),
      app,
      customer:
        customer === undefined
          ? null
          : { id: customer, ...(has === undefined ? {} : { metafields: { $app: { points: { value: has } } } }) },
    },
  };
  return [
    { what: `points: ${what}`, template: 'earn-points', ...shared },
    { what: `cart: ${what}`, template: 'cart-points', ...shared },
  ];
}

/** Every page that says something of points. */
export const earnPages: readonly WidgetPage[] = [
  ...pages('no programme', null),
  ...['en', 'de', 'fr', 'es', 'ja', 'it'].flatMap((language) => pages(language, {}, { language })),
  ...['JPY', 'KWD'].flatMap((currency) => pages(currency, { currency, perMinor: 7 }, { currency })),
  ...pages('another currency than the shopper pays in', {}, { currency: 'JPY' }),
  ...pages('one variant', {}, { own: lamp ?? null }),
  ...pages('without the link, with words of the merchant', {}, { settings: { link: false, label: '<b>Stars</b>' } }),
  ...pages(
    'a price of the store’s own basis',
    {},
    { own: { ...lamp, variants: [{ ...variant(9, 999), trellis_price: 500 }] } },
  ),
  ...pages('too little for a point', { perMinor: 1_000_000 }),
  ...pages('some variants too little', { perMinor: 3 * 2_300 }, { own: many(7) }),
  ...pages('many variants', {}, { own: many(50) }),
  ...pages('too many variants', {}, { own: many(51) }),
  ...pages('a gift card', {}, { own: { ...lamp, 'gift_card?': true } }),
  ...pages('no product', {}, { own: null }),
  ...pages('more for the product', { multipliers: [{ bps: 20_000, productIds: ['3'], collectionIds: [] }] }),
  ...pages(
    'the best of several',
    {
      multipliers: [
        { bps: 15_000, productIds: [], collectionIds: ['88'] },
        { bps: 30_000, productIds: [], collectionIds: ['89'] },
        { bps: 90_000, productIds: ['4'], collectionIds: [] },
      ],
      hours: [{ bps: 20_000, ...always }],
    },
    { own: { ...rug, collections: [{ id: 88 }, { id: 89 }] } },
  ),
  ...pages('less before all others', {
    multipliers: [
      { bps: 5_000, productIds: ['3'], collectionIds: [] },
      { bps: 40_000, productIds: ['3'], collectionIds: [] },
    ],
    hours: [{ bps: 20_000, ...always }],
  }),
  ...pages('none at all', { multipliers: [{ bps: 0, productIds: ['3'], collectionIds: [] }] }),
  ...pages('happy hours', { hours: [{ bps: 20_000, ...always }] }),
  ...pages('hours that are over', { hours: [{ bps: 20_000, startsAt: always.startsAt, endsAt: always.startsAt }] }),
  ...[1, 7, 12, 345, 6_789, 7_000_000_000_123, 7_000_000_000_124].flatMap((customer) =>
    pages(`customer ${String(customer)}`, { holdoutBps: 5_000 }, { customer }),
  ),
  ...[0, -5, 1, 1_250].flatMap((has) => pages(`has ${String(has)}`, {}, { customer: 1, has })),
  ...pages('from the checkout', {}, { customer: 1, has: 5, back: 'checkout' }),
  ...hostileTexts.flatMap(([why, text]) => pages(why, { name: text.toWellFormed() })),
];
