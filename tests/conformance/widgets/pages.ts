import type { BundlePublication, StorefrontPublication } from '#app/platforms/platform.ts';
import { hostileTexts } from '#tests/factories/hostile-texts.ts';
import { part, set } from './make-offer.ts';
import { cartGoals, productOffers } from './offers.ts';

/** What a page tells the templates: plain data, the same for both of them. */
export interface WidgetPage {
  readonly what: string;
  readonly template:
    | 'bought-together'
    | 'bundle'
    | 'build-a-box'
    | 'cart-points'
    | 'earn-points'
    | 'embed'
    | 'members-only'
    | 'rewards-launcher';
  readonly settings: Readonly<Record<string, unknown>>;
  readonly globals: Readonly<Record<string, unknown>>;
}

const variant = (id: number, more: object = {}) => ({
  id,
  title: `Size ${String(id)}`,
  price: 1_000 + id * 37,
  compare_at_price: null,
  available: true,
  inventory_management: null,
  inventory_policy: 'deny',
  inventory_quantity: 0,
  ...more,
});

function product(id: number, title: string, variants: readonly object[], more: object = {}) {
  const available = variants.filter((one) => (one as { available: boolean }).available);
  return {
    id,
    title,
    url: `/product/${String(id)}`,
    available: available.length > 0,
    featured_image: { src: `/pictures/${String(id)}.png` },
    variants,
    has_only_default_variant: variants.length === 1,
    selected_or_first_available_variant: available[0] ?? variants[0] ?? null,
    metafields: {},
    ...more,
  };
}

const counted = (quantity: number) => ({ inventory_management: 'shopify', inventory_quantity: quantity });
export const products = [
  product(1, 'Lamp & shade', [variant(11, { compare_at_price: 2_000, ...counted(20) })]),
  product(2, 'Vase', [variant(21, { price: 1_990 })], { featured_image: null }),
  product(3, 'Rug', [variant(31, { available: false }), variant(32), variant(33, { title: '<i>L</i>' })]),
  product(4, 'Chair', [variant(41, counted(5)), variant(42, { ...counted(0), inventory_policy: 'continue' })]),
  product(5, 'Sold out', [variant(51, { available: false, ...counted(0) })]),
  product(6, 'The set', [variant(61, { price: 2_222 })]),
  product(7, '', [variant(71)]),
  product(8, 'Odd size', [variant(81, { title: 'one' })], { has_only_default_variant: false }),
];

type Product = (typeof products)[number];
const listed = (ids: readonly number[]): { value: Product[] } => ({
  value: ids.flatMap((id) => products.filter((one) => one.id === id)),
});

/** The first product with what was published for it. */
function withPublication(title: string, together: readonly number[], bundles: readonly BundlePublication[]): Product {
  const own = products[0];
  if (!own) throw new Error('there is no product');
  const metafields = {
    $app: {
      together: listed(together),
      similar: listed([5, 4, 8]),
      bundles: { value: bundles },
      bundle_products: listed([1, 2, 3, 4, 5, 6, 7, 8]),
    },
  };
  return { ...own, title, metafields };
}

const tests: StorefrontPublication['tests'] = [
  {
    id: 'exp',
    subject: 'widget:together',
    layer: 'l',
    from: 0,
    to: 10_000,
    salt: 's',
    arms: [
      { key: 'a', share: 5_000, change: {} },
      { key: 'b', share: 5_000, change: { source: 'similar', title: '</script><b>"' } },
    ],
  },
];
const changes: StorefrontPublication['changes'] = [{ subject: 'widget:together', change: { source: 'popular' } }];

interface Store {
  readonly experiments?: boolean;
  readonly goals?: readonly BundlePublication[];
  readonly lines?: readonly object[];
  readonly language?: string;
  readonly currency?: string;
  readonly template?: string;
  readonly published?: boolean;
}

const line = (id: number, quantity: number, more: object = {}) => ({
  product_id: id,
  quantity,
  price: 1_990,
  original_line_price: 1_990 * quantity,
  gift_card: false,
  selling_plan_allocation: null,
  ...more,
});

export function globals(own: Product | null, store: Store): WidgetPage['globals'] {
  const { experiments = false, goals = [], lines = [], language = 'en', currency = 'EUR' } = store;
  const storefront = {
    shopId: '0b8f9a3e',
    holdoutBps: experiments ? 1_000 : 0,
    salt: 'salt & </script>',
    signalsEndpoint: 'https://trellis.example/signals?a=1&b=2',
    tests: experiments ? tests : [],
    changes: experiments ? changes : [],
  };
  return {
    product: own,
    template: store.template ?? 'product',
    shop: { name: 'Shop', currency, money_format: moneyFormats[currency] },
    cart: {
      item_count: lines.length,
      items: lines,
      currency: { iso_code: currency },
      attributes: {},
    },
    routes: { root_url: '/', cart_url: '/cart', cart_add_url: '/cart/add' },
    request: { locale: { iso_code: language } },
    app: {
      metafields: {
        $app:
          store.published === false
            ? {}
            : {
                storefront: { value: storefront },
                popular: listed([5, 7, 2, 3, 4, 8]),
                goals: { value: goals },
                goal_products: listed([2, 3, 5]),
              },
      },
    },
  };
}

/** As the sandbox's stores have them. */
const moneyFormats: Readonly<Record<string, string>> = {
  EUR: '€{{amount_with_comma_separator}}',
  JPY: '¥{{amount_no_decimals}}',
  KWD: '{{amount}} KWD',
};

const cart = [line(1, 2), line(2, 1), line(9, 1, { gift_card: true }), line(8, 1, { selling_plan_allocation: {} })];
const everything = productOffers.flatMap(([, offers]) => offers);

const together = (what: string, own: Product | null, settings: object, store: Store = {}): WidgetPage => ({
  what: `together: ${what}`,
  template: 'bought-together',
  settings: { product: own, ...settings },
  globals: globals(own, store),
});

const embed = (what: string, settings: object, store: Store): WidgetPage => ({
  what: `embed: ${what}`,
  template: 'embed',
  settings: { ...settings },
  globals: globals(null, store),
});

function bundles(what: string, title: string, offers: readonly BundlePublication[], store: Store = {}): WidgetPage[] {
  const own = withPublication(title, [], offers);
  const shared = { settings: { product: own, max_bundles: 5 }, globals: globals(own, store) };
  return [
    { what: `bundle: ${what}`, template: 'bundle', ...shared },
    { what: `box: ${what}`, template: 'build-a-box', ...shared },
  ];
}

/** Every page of the suite; each language sees everything once. */
export const pages: readonly WidgetPage[] = [
  together('a list', withPublication('Lamp & shade', [2, 3, 5, 7, 4], []), {}),
  together('ticked, without pictures', withPublication('Lamp', [2, 3, 8], []), {
    preselect: true,
    show_pictures: false,
  }),
  together('nothing bought with it', withPublication('Lamp', [5], []), { stay: true, max_items: 1 }),
  together('lists of an experiment', withPublication('Lamp', [2], []), {}, { experiments: true }),
  together('nothing published', products[0] ?? null, { heading: '   ' }, { published: false }),
  together('a sold-out product', products[4] ?? null, {}),
  together('no product', null, {}),
  ...Object.keys(moneyFormats).flatMap((currency) =>
    productOffers.flatMap(([what, offers]) => bundles(`${what} in ${currency}`, 'Lamp', offers, { currency })),
  ),
  ...['en', 'de', 'fr', 'es', 'ja', 'it'].flatMap((language) => [
    together(language, withPublication('Lamp', [2, 3, 4], []), {}, { language, experiments: true }),
    ...everything.flatMap((first, from) =>
      from % 5 === 0
        ? bundles(`offers from ${first.id} in ${language}`, 'Lamp', everything.slice(from, from + 5), { language })
        : [],
    ),
    embed(`the cart in ${language}`, {}, { language, lines: cart, template: 'cart', goals: cartGoals[0]?.[1] ?? [] }),
    embed(`a page in ${language}`, {}, { language, goals: cartGoals[0]?.[1] ?? [] }),
  ]),
  ...cartGoals.flatMap(([what, goals]) =>
    [[], [line(1, 1)], cart, [line(2, 50)], [line(2, 1, { price: 99_999, original_line_price: 99_999 })]].map((lines) =>
      embed(`${what}, ${String(lines.length)} lines`, {}, { goals, lines, template: 'cart' }),
    ),
  ),
  embed(
    'everything off',
    { goals: false, upsell: false, drawer: false, after: false, signals: false },
    { lines: cart, template: 'cart' },
  ),
  embed('nothing published', {}, { published: false }),
  embed(
    'experiments',
    { heading: 'Own <b>words</b>', max_items: 2 },
    { experiments: true, lines: cart, template: 'cart' },
  ),
  ...hostileTexts.flatMap(([why, text]) => {
    const title = text.toWellFormed();
    const own = { ...withPublication(title, [2, 3, 4], []), id: 99 };
    return [
      together(why, own, { heading: title }),
      ...bundles(why, title, [
        set('fixed', 'f', [part(1), part(2)], { title }),
        set('mix-and-match', 'm', [part(1), part(2)], { title, pickCount: 2 }),
      ]),
      embed(
        why,
        { heading: title },
        { lines: cart, template: 'cart', goals: (cartGoals[0]?.[1] ?? []).map((goal) => ({ ...goal, title })) },
      ),
    ];
  }),
];
