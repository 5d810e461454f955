import { afterEach, describe, expect, it, vi } from 'vitest';
import { askForOffer, type Host, priceText, questionOf } from './offer.ts';

const visitor = '0b9c7a52-6f1e-4c53-9d5e-2f6a1b3c4d5e';
const line = (id: string, ...parts: string[]) => {
  const merchandise = (product: string) => ({ merchandise: { product: { id: `gid://shopify/Product/${product}` } } });
  return { ...merchandise(id), ...(parts.length > 0 && { lineComponents: parts.map(merchandise) }) };
};

/** What both pages hand to the extension; the thank-you page where nothing else is said. */
function host(more: Partial<Host> = {}): Host {
  return {
    extension: { target: 'purchase.thank-you.block.render' },
    sessionToken: { get: () => Promise.resolve('signed') },
    lines: { value: [line('7'), line('8')] },
    attributes: { value: [{ key: '_trellis_visitor', value: visitor }] },
    localization: { language: { value: { isoCode: 'en' } } },
    i18n: {
      translate: (key) => key,
      formatCurrency: (amount, { currency }) => `${String(amount)} ${currency}`,
      formatNumber: String,
      formatDate: String,
    },
    orderConfirmation: { value: { order: { id: 'gid://shopify/OrderIdentity/5001' } } },
    ...more,
  };
}
const { orderConfirmation: _thanks, ...elsewhere } = host();
/** The order status page. */
const statusPage = (order: { id: string } | undefined): Host => ({
  ...elsewhere,
  extension: { target: 'customer-account.order-status.block.render' },
  order: { value: order },
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('what the app is asked', () => {
  it('on the thank-you page', () => {
    const question = { orderId: '5001', surface: 'thank-you', bought: ['7', '8'], visitorId: visitor };
    expect(questionOf(host())).toEqual(question);
  });

  it('on the order status page, whose order may carry a key', () => {
    expect(questionOf(statusPage({ id: 'gid://shopify/Order/5002?key=abc' }))).toMatchObject({
      orderId: '5002',
      surface: 'order-status',
    });
  });

  it.each<[string, Host]>([
    ['while the order is being made', statusPage(undefined)],
    ['an order without a number', statusPage({ id: 'gid://shopify/Order/' })],
    ['an order whose number is none', statusPage({ id: 'gid://shopify/Order/5002/lines' })],
    ['a cart without products', host({ lines: { value: [] } })],
    ['products without a number', host({ lines: { value: [line('')] } })],
  ])('nothing: %s', (_why, page) => {
    expect(questionOf(page)).toBeNull();
  });

  it('each product once, the parts of a bundle too, and no more than 200', () => {
    const bought = (lines: Host['lines']['value']) =>
      (questionOf(host({ lines: { value: lines } })) as { bought: string[] }).bought;
    expect(bought([line('90', '1', '2'), line('2'), line('1')])).toEqual(['90', '1', '2']);
    expect(bought(Array.from({ length: 500 }, (_, at) => line(String(at + 1))))).toHaveLength(200);
  });

  it.each<[string, Host['attributes']['value']]>([
    ['no attributes', undefined],
    ['no consent', []],
    ['an attribute without a value', [{ key: '_trellis_visitor' }]],
    ['a word', [{ key: '_trellis_visitor', value: 'cheapest' }]],
    ['36 dashes', [{ key: '_trellis_visitor', value: '-'.repeat(36) }]],
    ['an id with more behind it', [{ key: '_trellis_visitor', value: `${visitor};x` }]],
    ['another attribute', [{ key: 'visitor', value: visitor }]],
  ])('about nobody: %s', (_why, value) => {
    expect(questionOf(host({ attributes: { value } }))).toMatchObject({ visitorId: null });
  });
});

describe('the answer', () => {
  const offer = { products: [], discount: null };
  const answering = (answer: () => Promise<Response>) => {
    const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>(answer);
    vi.stubGlobal('fetch', fetched);
    return fetched;
  };

  it('is asked for with a fresh token', async () => {
    const fetched = answering(() => Promise.resolve(Response.json({ offer })));
    expect(await askForOffer(host(), 'https://app.example')).toEqual(offer);
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(url).toBe('https://app.example/checkout/offers');
    expect(init?.headers).toMatchObject({ authorization: 'Bearer signed' });
    expect(JSON.parse(init?.body as string)).toEqual(questionOf(host()));
  });

  it.each<[string, () => Promise<Response>]>([
    ['nothing is offered', () => Promise.resolve(Response.json({ offer: null }))],
    ['it is refused', () => Promise.resolve(Response.json({ error: {} }, { status: 429 }))],
    ['the app is away', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['it is no JSON', () => Promise.resolve(new Response('<html>'))],
    ['it is empty', () => Promise.resolve(Response.json(null))],
  ])('shows nothing where %s', async (_why, answer) => {
    answering(answer);
    expect(await askForOffer(host(), '')).toBeNull();
  });

  it('is not asked for where there is no question, nor without a token', async () => {
    const fetched = answering(() => Promise.resolve(Response.json({ offer })));
    expect(await askForOffer(statusPage(undefined), '')).toBeNull();
    const refused = host({ sessionToken: { get: () => Promise.reject(new Error('no token')) } });
    expect(await askForOffer(refused, '')).toBeNull();
    expect(fetched).not.toHaveBeenCalled();
  });
});

describe('prices', () => {
  it.each([
    [1250, 'EUR', '12.5 EUR'],
    [1250, 'JPY', '1250 JPY'],
    [1250, 'KWD', '1.25 KWD'],
    [0, 'USD', '0 USD'],
  ])('%i in %s is %s', (minor, currency, text) => {
    expect(priceText(host(), { minor, currency })).toBe(text);
  });
});
