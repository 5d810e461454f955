import { attribute } from './page.ts';

export interface CartLine {
  id: string;
  quantity: number;
  properties: Record<string, string>;
}

/** A theme's drawer as Shopify's reference theme and its many children have it. */
interface CartDrawer extends HTMLElement {
  getSectionsToRender?(): { id: string; section?: string }[];
  renderContents?(state: unknown): void;
}

/** The storefront's language and market prefix, ending with a slash. */
export function rootPath(): string {
  return (document.documentElement.getAttribute('data-trellis-root') ?? '/').replace(/\/?$/, '/');
}

/** Sets that prefix. */
export function setRoot(path: string): void {
  document.documentElement.setAttribute('data-trellis-root', path);
}

export function postJson(path: string, body: unknown): Promise<Response> {
  return fetch(rootPath() + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
}

/** The theme's cart drawer, or null. */
export function drawer(): CartDrawer | null {
  return document.querySelector('cart-drawer,#CartDrawer,[data-cart-drawer]');
}

/**
 * What a form of ours asks for: fields named as Shopify's own forms name them, and steppers. The properties are
 * hints for our reports; what a line costs is decided from the merchant's settings alone.
 */
export function linesOf(form: HTMLFormElement, submitter: HTMLElement | null): CartLine[] {
  const bundle = attribute(form.closest('[data-bundle]'), 'bundle');
  const properties = {
    ...(bundle && { _trellis_bundle: bundle }),
    _trellis_source: attribute(form.closest('[data-trellis-surface]'), 'trellis-surface'),
  };
  const lines: Record<string, { id?: string; quantity?: string }> = {};
  const take = (name: string, value: unknown): void => {
    const [, index = '', key] = /^(?:items\[(\d+)\]\[)?(id|quantity)\]?$/.exec(name) ?? [];
    if (key === 'id' || key === 'quantity') (lines[index] ??= {})[key] = String(value);
  };
  new FormData(form).forEach((value, name) => take(name, value));
  if (submitter instanceof HTMLButtonElement) take(submitter.name, submitter.value);
  form.querySelectorAll<HTMLInputElement>('input[data-id][type=number]').forEach((input, index) => {
    lines[`n${index}`] = { id: attribute(input, 'id'), quantity: input.value };
  });
  return Object.values(lines).flatMap(({ id, quantity }) => {
    const units = Number(quantity ?? 1);
    return id && units > 0 ? [{ id, quantity: units, properties }] : [];
  });
}

/** Adds the lines in one request, lets the theme show its drawer or opens the cart, and says how it went. */
export async function addLines(form: HTMLElement, lines: CartLine[]): Promise<boolean> {
  const block = form.closest('.trellis');
  const status = form.querySelector('[data-status]') ?? block?.querySelector('[data-status]') ?? null;
  const say = (word: string): void => {
    if (status) status.textContent = attribute(status, word);
  };
  if (lines.length === 0) {
    say('empty');
    return false;
  }
  const button = form.querySelector<HTMLButtonElement>('[data-submit]');
  const theirs = drawer();
  const sections = theirs?.getSectionsToRender?.().map(({ id, section }) => section ?? id);
  if (button) button.disabled = true;
  const response = await postJson('cart/add.js', { items: lines, ...(sections && { sections }) }).catch(() => null);
  if (button) button.disabled = false;
  const cart = attribute(block, 'cart');
  if (!response?.ok) {
    say('failed');
    return false;
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
  document.dispatchEvent(new CustomEvent('cart:refresh', { bubbles: true }));
  return true;
}
