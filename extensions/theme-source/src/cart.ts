import { attribute } from './page.ts';

export interface CartLine {
  id: string;
  quantity: number;
  properties: Record<string, string>;
}

function root(): string {
  return (document.documentElement.getAttribute('data-trellis-root') ?? '/').replace(/\/?$/, '/');
}

/** The app's storefront language and market prefix, for the Ajax cart. */
export function setRoot(path: string): void {
  document.documentElement.setAttribute('data-trellis-root', path);
}

export async function postJson(path: string, body: unknown): Promise<boolean> {
  const response = await fetch(root() + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
  return response.ok;
}

/** Adds the lines in one request and says how it went in the block's status line. */
export async function addToCart(block: HTMLElement, form: HTMLElement, lines: CartLine[]): Promise<void> {
  const status = form.querySelector('[data-status]') ?? block.querySelector('[data-status]');
  const button = form.querySelector<HTMLButtonElement>('[data-submit]');
  if (button) button.disabled = true;
  const done = await postJson('cart/add.js', { items: lines }).catch(() => false);
  if (button) button.disabled = false;
  const cart = attribute(block, 'cart');
  if (done && !cart) location.reload();
  else if (done && attribute(block, 'stay') !== 'true') location.assign(cart);
  else if (status) {
    status.textContent = `${attribute(status, done ? 'added' : 'failed')} `;
    if (done) {
      const link = document.createElement('a');
      link.href = cart;
      link.textContent = attribute(status, 'view');
      status.append(link);
      document.dispatchEvent(new CustomEvent('cart:refresh', { bubbles: true }));
    }
  }
}
