import { describe, expect, it } from 'vitest';
import { type PixelApi, startPixel, visitorKey } from './pixel.ts';

interface Sent {
  url: string;
  body: {
    shopId: string;
    visitorId: string;
    events: { id: string; kind: string; productId?: string; query?: string; quantity?: number; at: string }[];
  };
}

/** Shopify's side of `register`, kept in memory. */
function fakePixel(options: { allowed?: boolean; stored?: string } = {}) {
  const handlers = new Map<string, (event: unknown) => void>();
  const storage = new Map<string, string>(options.stored === undefined ? [] : [[visitorKey, options.stored]]);
  const sent: Sent[] = [];
  let consent: (event: unknown) => void = () => undefined;
  const api: PixelApi = {
    analytics: { subscribe: (name, run) => handlers.set(name, run) },
    browser: {
      localStorage: {
        getItem: (key) => Promise.resolve(storage.get(key) ?? null),
        setItem: (key, value) => Promise.resolve(storage.set(key, value)),
      },
      sendBeacon: (url, body = '') => Promise.resolve(sent.push({ url, body: JSON.parse(body) as Sent['body'] }) > 0),
    },
    init: { customerPrivacy: { analyticsProcessingAllowed: options.allowed ?? true } },
    settings: { shopId: 'shop', endpoint: 'https://app.example/signals' },
    customerPrivacy: {
      subscribe: (_name, run) => {
        consent = run;
      },
    },
  };
  let ids = 0;
  startPixel(api, () => `id-${String((ids += 1))}`);
  return {
    sent,
    storage,
    tell: async (name: string, data: unknown) => {
      handlers.get(name)?.({ timestamp: '2026-11-20T12:00:00.000Z', data });
      await new Promise(setImmediate);
    },
    consent: (allowed: boolean) => consent({ customerPrivacy: { analyticsProcessingAllowed: allowed } }),
  };
}

const mug = { product: { id: '8100000000001' } };

describe('web pixel', () => {
  it.each([
    ['product_viewed', { productVariant: mug }, [{ kind: 'view', productId: '8100000000001' }]],
    ['search_submitted', { searchResult: { query: ' red mug ' } }, [{ kind: 'search', query: 'red mug' }]],
    [
      'product_added_to_cart',
      { cartLine: { quantity: 2, merchandise: mug } },
      [{ kind: 'cart-add', productId: '8100000000001', quantity: 2 }],
    ],
    [
      'product_removed_from_cart',
      { cartLine: { quantity: 1, merchandise: { product: { id: 'gid://shopify/Product/42' } } } },
      [{ kind: 'cart-remove', productId: '42', quantity: 1 }],
    ],
    [
      'checkout_started',
      {
        checkout: {
          lineItems: [
            { quantity: 1, variant: mug },
            { quantity: 3, variant: { product: { id: '7' } } },
          ],
        },
      },
      [
        { kind: 'checkout', productId: '8100000000001', quantity: 1 },
        { kind: 'checkout', productId: '7', quantity: 3 },
      ],
    ],
    [
      'checkout_completed',
      { checkout: { lineItems: [{ quantity: 1, variant: mug }] } },
      [{ kind: 'purchase', productId: '8100000000001', quantity: 1 }],
    ],
  ])('turns %s into signals', async (name, data, expected) => {
    const pixel = fakePixel({ stored: 'visitor' });
    await pixel.tell(name, data);
    expect(pixel.sent).toHaveLength(1);
    expect(pixel.sent[0]).toMatchObject({
      url: 'https://app.example/signals',
      body: { shopId: 'shop', visitorId: 'visitor', events: expected },
    });
  });

  it('gives every event an id of its own', async () => {
    const pixel = fakePixel({ stored: 'visitor' });
    await pixel.tell('product_viewed', { productVariant: mug });
    await pixel.tell('product_viewed', { productVariant: mug });
    expect(new Set(pixel.sent.flatMap((each) => each.body.events.map((event) => event.id))).size).toBe(2);
  });

  it('makes a visitor id where the theme embed has not, and keeps it', async () => {
    const pixel = fakePixel();
    await pixel.tell('product_viewed', { productVariant: mug });
    await pixel.tell('product_viewed', { productVariant: mug });
    expect(new Set(pixel.sent.map((each) => each.body.visitorId))).toEqual(new Set([pixel.storage.get(visitorKey)]));
  });

  it('stores and sends nothing without consent, and stops when it is taken back', async () => {
    const pixel = fakePixel({ allowed: false });
    await pixel.tell('product_viewed', { productVariant: mug });
    expect([pixel.sent.length, pixel.storage.size]).toEqual([0, 0]);
    pixel.consent(true);
    await pixel.tell('product_viewed', { productVariant: mug });
    pixel.consent(false);
    await pixel.tell('product_viewed', { productVariant: mug });
    expect(pixel.sent).toHaveLength(1);
  });

  it.each([
    ['product_viewed', undefined],
    ['product_viewed', { productVariant: { product: null } }],
    ['product_added_to_cart', { cartLine: null }],
    ['search_submitted', { searchResult: { query: '   ' } }],
    ['checkout_completed', { checkout: {} }],
  ])('survives %s without its data', async (name, data) => {
    const pixel = fakePixel({ stored: 'visitor' });
    await pixel.tell(name, data);
    expect(pixel.sent).toEqual([]);
  });
});
