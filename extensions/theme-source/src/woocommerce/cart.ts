import type { CartLine, CartState } from '../cart.ts';
import { embedConfig, type EmbedConfig } from '../page.ts';

/** The parts of the Store API's cart that count. Amounts are text, in minor units. */
interface StoreCart {
  items: {
    quantity: number;
    prices: { price: string; currency_minor_unit: number };
    /** ours: the product of a variation, and whether it counts for offers that the cart earns */
    extensions: { trellis: { product: number; counts: boolean } };
  }[];
}

declare global {
  interface Window {
    jQuery?: (target: unknown) => {
      on(names: string, run: (event: Event) => unknown): unknown;
      trigger(name: string): unknown;
    };
  }
}

/** Beginning of the REST addresses; with plain permalinks it carries a question mark itself. */
export const root = embedConfig()?.root ?? '';

/** The address stands in the page's settings, which are there before this script runs. */
export function setRoot(_config: EmbedConfig): void {
  // Known already.
}

/** The cart as the Store API answers it. */
export const askCart = (): Promise<Response | null> => fetch(`${root}wc/store/v1/cart`).catch(() => null);

/** What the cart holds, or null where the store gives no answer. */
export async function readCart(): Promise<CartState | null> {
  const response = await askCart();
  if (!response?.ok) return null;
  const { items } = (await response.json()) as StoreCart;
  return {
    items: items.map(({ quantity, prices, extensions: { trellis } }) => {
      const price = +prices.price * 10 ** (2 - prices.currency_minor_unit);
      return {
        product_id: trellis.product,
        quantity,
        price,
        original_line_price: price * quantity,
        gift_card: !trellis.counts,
      };
    }),
  };
}

/** What opens when something is added: the mini cart's drawer, or the list in a classic theme's widget. */
export function drawer(): Element | null {
  return document.querySelector('.wc-block-mini-cart__drawer,.widget_shopping_cart');
}

/** Where the lines of a drawer and its foot are; in an empty drawer there is nothing to add to. */
export const drawerItems = '.wc-block-mini-cart__items,.woocommerce-mini-cart';
export const drawerFooter = '.wc-block-mini-cart__footer,.woocommerce-mini-cart__total';

/**
 * Adds the lines in one request and says whether that worked.
 * @param leave leads to the cart, or stays, as WooCommerce's own setting says
 */
export async function addToCart(
  lines: readonly CartLine[],
  form: HTMLFormElement,
  leave: () => void,
): Promise<unknown> {
  const response = await fetch(form.action, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ items: lines }),
  }).catch(() => null);
  if (!response?.ok) return;
  // The browser's record of a request is written when its answer is read to the end.
  await response.text();
  // A classic theme's mini cart, the blocks that keep their state in WordPress' data, and those that do not.
  window.jQuery?.(document.body).trigger('wc_fragment_refresh');
  document.body.dispatchEvent(new CustomEvent('wc-blocks_added_to_cart'));
  dispatchEvent(new CustomEvent('wc-blocks_store_sync_required', { detail: { type: 'from_@wordpress/data' } }));
  leave();
  return response;
}

/** The second half of the signals, `pixel.ts`, tells the cart whose it is. */
export function markVisitor(_config: EmbedConfig, _visitor: string): void {
  // Told there.
}

/** Tells of every change of the cart by whatever script, and whether something was added. */
export function watchCart(changed: (added: boolean) => unknown): void {
  // The browser's own record of requests: nothing of the theme's is wrapped or replaced.
  new PerformanceObserver((list) => {
    for (const { name, responseStatus } of list.getEntries() as PerformanceResourceTiming[]) {
      const path = /trellis=add|store\/v1\/(batch|cart\/(?!ext)\w+)/.exec(name);
      if (path && !(responseStatus >= 400)) changed(/add|batch/.test(path[0]));
    }
  }).observe({ type: 'resource' });
  // A classic theme's cart has these.
  window
    .jQuery?.(document.body)
    .on('added_to_cart removed_from_cart updated_cart_totals', ({ type }) => changed(type === 'added_to_cart'));
  document.addEventListener('trellis:change', () => changed(false));
}

/** False where a visitor has no cart yet, so that none is begun for them. */
export const hasCart = (): boolean => document.cookie.includes('woocommerce_items_in_cart=1');

/** Pages come out of caches: what they show of the cart is brought to what the visitor's cart holds. */
export function catchUp(): void {
  if (hasCart()) document.dispatchEvent(new Event('trellis:change'));
}

/** Address of the app's answer for a cart, up to its parameters; the plugin takes it with plain permalinks as well. */
export const suggestionsAddress = `${root}trellis/v1/cart?`;
