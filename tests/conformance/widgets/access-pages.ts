import { hostileTexts } from '#tests/factories/hostile-texts.ts';
import { part, set } from './make-offer.ts';
import { globals, products, type WidgetPage } from './pages.ts';

const [lamp, vase, rug, chair] = products;

interface Look {
  readonly customer?: { readonly keys?: string; readonly points?: number } | null;
  readonly language?: string;
}

const shopperOf = (customer: Look['customer'] = null) =>
  customer && {
    id: 7,
    metafields: { $app: { keys: { value: customer.keys ?? '' }, points: { value: customer.points ?? 0 } } },
  };

function page(what: string, access: object | null, { customer = null, language = 'en' }: Look = {}): WidgetPage {
  const metafields = { $app: access ? { access: { value: access } } : {} };
  const shopper = shopperOf(customer);
  return {
    what: `access: ${what}`,
    template: 'members-only',
    settings: { product: lamp ? { ...lamp, metafields } : null },
    globals: { ...globals(null, { language }), customer: shopper },
  };
}

/** The lamp's page: the vase, which is kept for some, stands in its list, in a set and in a mix. */
function beside(what: string, access: object, { customer = null }: Look = {}): WidgetPage[] {
  const keptVase = { ...vase, metafields: { $app: { access: { value: access } } } };
  const own = {
    ...lamp,
    metafields: {
      $app: {
        access: { value: access },
        together: { value: [keptVase, rug, chair] },
        bundles: {
          value: [
            set('fixed', 'with', [part(1), part(2)]),
            set('fixed', 'without', [part(1), part(3)]),
            set('mix-and-match', 'mix', [part(1), part(2), part(3)], { pickCount: 2 }),
          ],
        },
        bundle_products: { value: [lamp, keptVase, rug] },
      },
    },
  };
  const shared = { globals: { ...globals(null, {}), customer: shopperOf(customer) } };
  return [
    { what: `list: ${what}`, template: 'bought-together', settings: { product: own, max_items: 2 }, ...shared },
    { what: `offers: ${what}`, template: 'bundle', settings: { product: own, max_bundles: 5 }, ...shared },
  ];
}

const kept = { keys: ['aaaaaaaaaa', 'bbbbbbbbbb'], levels: ['Silver', 'Gold'], endsAt: null, day: null };
const soon = { ...kept, endsAt: '2999-08-09T00:00:00.000Z', day: '2999-08-09' };

/** Every page that says for whom a product is kept. */
export const accessPages: readonly WidgetPage[] = [
  page('everybody', null),
  ...['en', 'de', 'fr', 'es', 'ja', 'it'].flatMap((language) => [
    page(`guest ${language}`, soon, { language }),
    page(`invited ${language}`, { ...soon, levels: [] }, { language }),
    page(`member ${language}`, kept, { language, customer: { keys: 'bbbbbbbbbb' } }),
  ]),
  page('another customer', kept, { customer: { keys: 'cccccccccc dddddddddd' } }),
  page('a customer without keys', kept, { customer: {} }),
  page('a part of a key', kept, { customer: { keys: 'aaaaa' } }),
  page('over', { ...soon, endsAt: '2001-01-01T00:00:00.000Z' }),
  ...hostileTexts.map(([why, text]) => page(why, { ...kept, levels: [text.toWellFormed()] })),
];

/** Pages of another product beside which a product stands that is kept for some. */
export const besidePages: readonly WidgetPage[] = [
  ...beside('guest', kept),
  ...beside('another customer', kept, { customer: { keys: 'cccccccccc' } }),
  ...beside('member', kept, { customer: { keys: 'cccccccccc bbbbbbbbbb' } }),
  ...beside('over', { ...soon, endsAt: '2001-01-01T00:00:00.000Z' }),
];
