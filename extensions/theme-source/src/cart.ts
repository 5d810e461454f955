import { attribute, each } from './page.ts';

export interface CartLine {
  id: string;
  quantity: number;
  properties: Record<string, string>;
}

/** The parts of `/cart.js` that count. Amounts are in Liquid's unit. */
export interface CartState {
  items: {
    product_id: number | string;
    quantity: number;
    price: number;
    original_line_price: number;
    gift_card?: boolean;
    selling_plan_allocation?: unknown;
  }[];
}

/** A theme's drawer as Shopify's reference theme and its many children have it. */
interface CartDrawer extends HTMLElement {
  getSectionsToRender?(): { id: string; section?: string }[];
  renderContents?(state: unknown): void;
}

let root = '/';

/** Sets the storefront's language and market prefix. */
export function setRoot(path: string): void {
  root = path.replace(/\/?$/, '/');
}

/** What the cart holds, or null where the store gives no answer. */
export async function readCart(): Promise<CartState | null> {
  const response = await fetch(`${root}cart.js`).catch(() => null);
  return response?.ok ? ((await response.json()) as CartState) : null;
}

export function postJson(path: string, body: unknown): Promise<Response> {
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

/**
 * What a form of ours asks for: fields named as Shopify's own forms name them. The properties are
 * hints for our reports; what a line costs is decided from the merchant's settings alone.
 */
export function linesOf(form: HTMLFormElement, submitter: HTMLElement | null): CartLine[] {
  const bundle = attribute(form.closest('[data-bundle]'), 'bundle');
  const properties = {
    ...(bundle && { _trellis_bundle: bundle }),
    _trellis_source: attribute(form.closest('[data-trellis-surface]'), 'trellis-surface'),
  };
  const lines: Record<string, { id?: string; quantity?: string }> = {};
  new FormData(form, submitter).forEach((value, name) => {
    const [, index = '', key] = /^(?:items\[(\d+)\]\[)?(id|quantity)\]?$/.exec(name) ?? [];
    if (key) (lines[index] ??= {})[key as 'id' | 'quantity'] = value as string;
  });
  return Object.values(lines).flatMap(({ id, quantity }) => {
    const units = Number(quantity ?? 1);
    return id && units > 0 ? [{ id, quantity: units, properties }] : [];
  });
}

/** Adds the lines in one request, lets the theme show its drawer or opens the cart, and says how it went. */
export async function addLines(form: HTMLElement, lines: CartLine[]): Promise<void> {
  const block = form.closest('.trellis');
  const status = form.querySelector('[data-status]') ?? block?.querySelector('[data-status]') ?? null;
  const say = (word: string): void => {
    if (status) status.textContent = attribute(status, word);
  };
  if (lines.length === 0) {
    say('empty');
    return;
  }
  const lock = (busy: boolean): void =>
    each<HTMLButtonElement>(form, '[data-submit]', (button) => (button.disabled = busy));
  const theirs = drawer();
  const sections = theirs?.getSectionsToRender?.().map(({ id, section }) => section ?? id);
  lock(true);
  const response = await postJson('cart/add.js', { items: lines, ...(sections && { sections }) }).catch(() => null);
  lock(false);
  const cart = attribute(block, 'cart');
  if (!response?.ok) {
    say('failed');
    return;
  }
  if (sections && theirs?.renderContents) theirs.renderContents(await response.json());
  else if (!cart) location.reload();
  else if (attribute(block, 'stay') !== 'true') location.assign(cart);
  if (status) {
    say('added');
    if (cart) {
      const link = document.createElement('a');
      link.href = cart;
      link.textContent = attribute(status, 'view');
      status.append(' ', link);
    }
  }
  document.dispatchEvent(new Event('cart:refresh', { bubbles: true }));
}
