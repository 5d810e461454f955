import type { CartLine, CartState } from '../cart.ts';
import type { EmbedConfig } from '../page.ts';

/** A theme's drawer as Shopify's reference theme and its many children have it. */
interface CartDrawer extends HTMLElement {
  getSectionsToRender?(): { id: string; section?: string }[];
  renderContents?(state: unknown): void;
}

let root = '/';

/** Sets the storefront's language and market prefix; it ends with a slash. */
export function setRoot(config: EmbedConfig): void {
  root = config.root;
}

/** What the cart holds, or null where the store gives no answer. */
export async function readCart(): Promise<CartState | null> {
  const response = await fetch(`${root}cart.js`).catch(() => null);
  return response?.ok ? ((await response.json()) as CartState) : null;
}

function postJson(path: string, body: unknown): Promise<Response> {
  return fetch(root + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** The theme's cart drawer, or null. */
export function drawer(): CartDrawer | null {
  return document.querySelector('cart-drawer,#CartDrawer,[data-cart-drawer]');
}

/** Where the lines of a drawer and its foot are; in an empty drawer there is nothing to add to. */
export const drawerItems = 'cart-drawer-items,.drawer__items,[data-cart-items],form';
export const drawerFooter = '.drawer__footer,.cart-drawer__footer,[data-cart-footer],footer';

/**
 * Adds the lines in one request and says whether that worked.
 * @param leave where nothing of the theme shows the new cart
 */
export async function addToCart(
  lines: readonly CartLine[],
  _form: HTMLFormElement,
  leave: () => void,
): Promise<unknown> {
  const theirs = drawer();
  const sections = theirs?.getSectionsToRender?.().map(({ id, section }) => section ?? id);
  const response = await postJson('cart/add.js', { items: lines, ...(sections && { sections }) }).catch(() => null);
  if (!response?.ok) return;
  if (sections && theirs?.renderContents) theirs.renderContents(await response.json());
  else leave();
  document.dispatchEvent(new Event('cart:refresh', { bubbles: true }));
  return response;
}

/** Orders carry the id from here on, or no longer. A failure is tried again on the next page. */
export function markVisitor(config: EmbedConfig, visitor: string): void {
  if (config.visitor === visitor) return;
  config.visitor = visitor;
  void postJson('cart/update.js', { attributes: { _trellis_visitor: visitor } }).catch(() => false);
}

/** Tells of every change of the cart by whatever script, and whether something was added. */
export function watchCart(changed: (added: boolean) => unknown): void {
  // The browser's own record of requests: nothing of the theme's is wrapped or replaced.
  new PerformanceObserver((list) => {
    const paths = (list.getEntries() as PerformanceResourceTiming[])
      .filter((entry) => !(entry.responseStatus >= 400) && /fetch|xml/.test(entry.initiatorType))
      .flatMap((entry) => /\/cart\/(add|change|update|clear)(\.js)?($|\?)/.exec(entry.name)?.[1] ?? []);
    if (paths.length > 0) changed(paths.includes('add'));
  }).observe({ type: 'resource' });
}

/** Pages of this platform are rendered for the visitor: what they show of the cart is true. */
export function catchUp(): void {
  // Nothing to catch up with.
}

/** Address of the app's answer for a cart, up to its parameters. */
export const suggestionsAddress = '/apps/trellis/cart?';
