import { hostileTexts } from '#tests/factories/hostile-texts.ts';
import { globals, products, type WidgetPage } from './pages.ts';

const [lamp] = products;

interface Look {
  readonly customer?: { readonly keys?: string; readonly points?: number } | null;
  readonly language?: string;
}

function page(what: string, access: object | null, { customer = null, language = 'en' }: Look = {}): WidgetPage {
  const metafields = { $app: access ? { access: { value: access } } : {} };
  const shopper = customer && {
    id: 7,
    metafields: { $app: { keys: { value: customer.keys ?? '' }, points: { value: customer.points ?? 0 } } },
  };
  return {
    what: `access: ${what}`,
    template: 'members-only',
    settings: { product: lamp ? { ...lamp, metafields } : null },
    globals: { ...globals(null, { language }), customer: shopper },
  };
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
