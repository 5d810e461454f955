import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { formatMoney } from './money.ts';

type Line = [product: number, quantity: number];
interface Page {
  /** what the page's settings say */
  product?: string;
  signals?: boolean;
  search?: string;
  /** `woocommerce-` classes of the body */
  is?: string[];
  cart?: Line[];
}

const storeOf = (kept: Map<string, string>) => ({
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
  removeItem: (key: string) => kept.delete(key),
});
const kept = new Map<string, string>();
const session = new Map<string, string>();
let sent: { kind: string; productId?: string; query?: string; quantity?: number }[] = [];
let told: string[] = [];
let cookies: string[] = [];

/** Opens a page of the store with our settings in it. */
function open({ product = '', signals = true, search = '', is = [], cart = [] }: Page): void {
  const config = JSON.stringify({ shopId: 's', endpoint: 'https://app/signals', root: '/wp-json/', product, signals });
  const money = {
    innerHTML: '',
    get textContent() {
      return this.innerHTML.replaceAll('&euro;', '€');
    },
  };
  vi.stubGlobal('document', {
    getElementById: () => ({ textContent: config }),
    createElement: () => money,
    body: { classList: { contains: (name: string) => is.some((part) => name === `woocommerce-${part}`) } },
    get cookie() {
      return cart.length > 0 ? `woocommerce_items_in_cart=1; woocommerce_cart_hash=${cart.flat().join('x')}` : '';
    },
    set cookie(text: string) {
      cookies.push(text);
    },
    addEventListener: () => undefined,
  });
  vi.stubGlobal('window', { wp_has_consent: () => true });
  vi.stubGlobal('location', { search });
  vi.stubGlobal('localStorage', storeOf(kept));
  vi.stubGlobal('sessionStorage', storeOf(session));
  vi.stubGlobal('navigator', {
    sendBeacon: (_: string, body: string) => sent.push(...(JSON.parse(body) as { events: typeof sent }).events),
  });
  vi.stubGlobal(
    'PerformanceObserver',
    class {
      observe(): void {
        // Nothing happens in this page.
      }
    },
  );
  vi.stubGlobal('fetch', (address: string, init?: { headers: { nonce: string }; body: string }) => {
    if (init) told.push(`${init.headers.nonce} ${init.body}`);
    const items = cart.map(([id, quantity]) => ({
      quantity,
      prices: { price: '1234', currency_minor_unit: 3 },
      extensions: { trellis: { product: id, counts: id !== 9 } },
    }));
    return Promise.resolve(Response.json(address.endsWith('/cart') ? { items } : {}, { headers: { nonce: 'n1' } }));
  });
}

async function visit(page: Page): Promise<string[]> {
  sent = [];
  vi.resetModules();
  open(page);
  await import('./pixel.ts');
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  return sent.map(({ kind, productId, query, quantity }) => [kind, productId ?? query, quantity].join(' ').trim());
}

beforeEach(() => {
  kept.clear();
  session.clear();
  told = [];
  cookies = [];
});
afterEach(() => vi.unstubAllGlobals());

describe('what the second half of the signals tells', () => {
  it('views, searches, what happens to the cart, the checkout and the purchase, each once', async () => {
    kept.set('_trellis_visitor', 'v');
    expect(await visit({ product: '7' })).toEqual(['view 7']);
    expect(await visit({ search: '?s=%20red%20mug%20' })).toEqual(['search red mug']);
    expect(
      await visit({
        cart: [
          [7, 2],
          [8, 1],
          [8, 2],
        ],
      }),
    ).toEqual(['cart-add 7 2', 'cart-add 8 3']);
    expect(
      await visit({
        cart: [
          [7, 2],
          [8, 1],
          [8, 2],
        ],
      }),
    ).toEqual([]);
    expect(await visit({ cart: [[7, 3]] })).toEqual(['cart-add 7 1', 'cart-remove 8 3']);
    expect(await visit({ cart: [[7, 3]], is: ['checkout'] })).toEqual(['checkout 7 3']);
    expect(await visit({ cart: [[7, 3]], is: ['checkout'] })).toEqual([]);
    expect(await visit({ is: ['checkout', 'order-received'] })).toEqual(['purchase 7 3']);
    expect(await visit({})).toEqual([]);
  });

  it('nothing without an id of a visitor who agreed, and nothing is stored', async () => {
    expect(await visit({ product: '7', cart: [[7, 1]] })).toEqual([]);
    expect([kept.size, session.size, told]).toEqual([0, 0, []]);
  });

  it('nothing where the merchant turned it off', async () => {
    kept.set('_trellis_visitor', 'v');
    expect(await visit({ product: '7', signals: false })).toEqual([]);
  });

  it('the cart whose it is: once a session, with a nonce that was asked for, and only where there is a cart', async () => {
    kept.set('_trellis_visitor', 'v');
    await visit({});
    expect([told, cookies]).toEqual([[], []]);
    await visit({ cart: [[7, 1]] });
    await visit({ cart: [[7, 2]] });
    expect(told).toEqual(['n1 {"namespace":"trellis","data":{"visitor":"v"}}']);
    kept.delete('_trellis_visitor');
    await visit({ cart: [[7, 2]] });
    expect(told.slice(1)).toEqual(['n1 {"namespace":"trellis","data":{"visitor":""}}']);
    const cookie = 'trellis_visitor=v;path=/;samesite=lax';
    expect(cookies).toEqual([cookie, cookie, 'trellis_visitor=;path=/;samesite=lax;max-age=0']);
  });
});

describe("WooCommerce's amounts", () => {
  it('are hundredths of the main unit, whatever decimals the currency has', async () => {
    vi.resetModules();
    open({ cart: [[9, 2]] });
    const { readCart } = await import('./cart.ts');
    expect(await readCart()).toEqual({
      items: [{ product_id: 9, quantity: 2, price: 123.4, original_line_price: 246.8, gift_card: true }],
    });
  });

  it.each([
    [123456789, '&euro;{{amount|2|,|.}}', '€1,234,567.89'],
    [123456, '{{amount|2|.|,}} &euro;', '1.234,56 €'],
    [123456, '¥{{amount|0|,|.}}', '¥1,235'],
    [123.4, '{{amount|3||.}} KD', '1.234 KD'],
    [5, '${{amount|2|,|.}}', '$0.05'],
  ])('%d by %s is %s', (hundredths, format, text) => {
    open({});
    expect(formatMoney(hundredths, format)).toBe(text);
  });
});
