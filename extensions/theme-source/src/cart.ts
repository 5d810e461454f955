import { addToCart } from '#storefront/cart.ts';
import { attribute, each } from './page.ts';

/** What a form of ours asks for. */
export interface CartLine {
  id: string;
  quantity: number;
  properties: Record<string, string>;
}

/** What counts of a cart, in the words of Shopify's `/cart.js`. Amounts are in Liquid's unit. */
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
    const units = +(quantity ?? 1);
    return id && units > 0 ? [{ id, quantity: units, properties }] : [];
  });
}

/** Adds the lines in one request, lets the theme show its drawer or opens the cart, and says how it went. */
export async function addLines(form: HTMLFormElement, lines: CartLine[]): Promise<void> {
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
  const cart = attribute(block, 'cart');
  lock(true);
  const added = await addToCart(lines, form, () => {
    if (!cart) location.reload();
    else if (attribute(block, 'stay') !== 'true') location.assign(cart);
  });
  lock(false);
  if (!added) {
    say('failed');
    return;
  }
  if (status) {
    say('added');
    if (cart) {
      const link = document.createElement('a');
      link.href = cart;
      link.textContent = attribute(status, 'view');
      status.append(' ', link);
    }
  }
}
