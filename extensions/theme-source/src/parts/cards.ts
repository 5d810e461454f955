import { suggestionsAddress } from '#storefront/cart.ts';
import { formatMoney } from '#storefront/money.ts';
import { attribute, each, show } from '../page.ts';
import { readVisitor } from '../visitor.ts';

export interface Suggestion {
  productId: string;
  title: string;
  url: string;
  imageUrl: string | null;
  price: { minor: number; currency: string };
  variantId: string;
}

/**
 * Asks the app what goes with these products, and with what this visitor looked at: only a browser that consented
 * has an id, and its answer is never an old one. No answer is no harm: the list is empty then.
 * @param limit most products, and behind it what else the address says
 */
export async function askFor(products: readonly string[], limit: string): Promise<Suggestion[]> {
  const visitor = readVisitor();
  const path = `${suggestionsAddress}products=${products.join()}&limit=${limit}${visitor ? `&visitor=${visitor}` : ''}`;
  const response = await fetch(path, { cache: visitor ? 'no-store' : 'default' }).catch(() => null);
  return response?.ok ? ((await response.json()) as { suggestions: Suggestion[] }).suggestions : [];
}

/** The shop's own format is used for its own currency, so that one page never shows two styles. */
function priceText({ minor, currency }: Suggestion['price'], block: Element): string {
  const main = minor / 10 ** +attribute(block, 'digits');
  return attribute(block, 'currency') === currency
    ? formatMoney(main * 100, attribute(block, 'money'))
    : main.toLocaleString(document.documentElement.lang || undefined, { style: 'currency', currency });
}

/** A copy of the card that Liquid rendered for this, so of the same height as every other. */
function card(pattern: Element, suggestion: Suggestion, block: Element): Element {
  const item = pattern.cloneNode(true) as Element;
  item.setAttribute('data-trellis-product', suggestion.productId);
  item.setAttribute('data-trellis-surface', attribute(block, 'trellis'));
  each<HTMLAnchorElement>(item, 'a', (link) => (link.href = suggestion.url));
  if (suggestion.imageUrl) {
    const image = new Image(160, 160);
    image.src = suggestion.imageUrl;
    image.alt = '';
    item.querySelector('.trellis-picture')?.append(image);
  }
  show(item, '.trellis-card-title', suggestion.title);
  show(item, '.trellis-each', priceText(suggestion.price, block));
  each<HTMLInputElement>(item, '[name=id]', (input) => (input.value = suggestion.variantId));
  each(item, 'button', (button) => button.setAttribute('aria-label', `${button.textContent}: ${suggestion.title}`));
  return item;
}

/** Puts the suggestions first into the block's list; what stood there and is not in the cart fills the rest. */
export function fillCards(block: Element, suggestions: Suggestion[], inCart: readonly string[]): void {
  const list = block.querySelector('ul');
  const pattern = document.querySelector<HTMLTemplateElement>('#trellis-card')?.content.firstElementChild;
  if (!list || !pattern) return;
  const known = new Set([...inCart, ...suggestions.map((suggestion) => suggestion.productId)]);
  // Copies, because an element that changes its place is a layout shift and a new one in its place is not.
  const rest = [...list.children]
    .filter((item) => !known.has(attribute(item, 'trellis-product')))
    .map((item) => item.cloneNode(true));
  const cards = suggestions.map((suggestion) => card(pattern, suggestion, block));
  list.replaceChildren(...[...cards, ...rest].slice(0, +attribute(block, 'limit')));
  block.setAttribute('data-settled', '');
  document.dispatchEvent(new Event('trellis:changed'));
}
