import { addToCart } from './cart.ts';
import { formatMoney } from './money.ts';
import { attribute } from './page.ts';

interface Suggestion {
  productId: string;
  title: string;
  url: string;
  imageUrl: string | null;
  price: { minor: number; currency: string };
  variantId: string;
}

function node(tag: string, name: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}

/**
 * Minor units are ISO 4217's and `Intl` knows how many digits they have. The shop's own format is used for its
 * own currency, so that one page never shows two styles.
 */
function priceText(price: Suggestion['price'], block: Element): string {
  const format = new Intl.NumberFormat(document.documentElement.lang || undefined, {
    style: 'currency',
    currency: price.currency,
  });
  const main = price.minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
  return attribute(block, 'currency') === price.currency
    ? formatMoney(main * 100, attribute(block, 'money'))
    : format.format(main);
}

/** A card of the same parts, and so of the same height, as the one that Liquid renders. */
function card(suggestion: Suggestion, block: Element): HTMLElement {
  const add = attribute(block, 'add');
  const item = node('li', 'trellis-card');
  item.setAttribute('data-item', '');
  item.setAttribute('data-trellis-product', suggestion.productId);
  const link = node('a', 'trellis-card-link') as HTMLAnchorElement;
  link.href = suggestion.url;
  link.setAttribute('data-open', '');
  const picture = node('span', 'trellis-picture');
  if (suggestion.imageUrl) {
    const image = new Image(160, 160);
    image.src = suggestion.imageUrl;
    image.alt = '';
    picture.append(image);
  }
  link.append(picture, node('span', 'trellis-card-title', suggestion.title));
  const form = node('form', '');
  const button = node('button', 'trellis-button trellis-small button', add);
  button.setAttribute('data-submit', '');
  button.setAttribute('data-variant-id', suggestion.variantId);
  button.setAttribute('aria-label', `${add}: ${suggestion.title}`);
  form.append(button);
  item.append(link, node('span', 'trellis-each', priceText(suggestion.price, block)), form);
  return item;
}

/** Swaps the popular products for cart-aware ones and adds in place. */
export async function startUpsell(block: HTMLElement): Promise<void> {
  block.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    event.preventDefault();
    const field = form.elements.namedItem('id');
    const id =
      field instanceof HTMLInputElement
        ? field.value
        : attribute(form.querySelector('[data-variant-id]'), 'variant-id');
    const source = field ? 'popular' : 'cart';
    void addToCart(block, form, [{ id, quantity: 1, properties: { _trellis_source: source } }]);
  });
  const list = block.querySelector('ul');
  const limit = Number(attribute(block, 'limit'));
  const response = await fetch(`/apps/trellis/cart?products=${attribute(block, 'products')}&limit=${limit}`, {
    headers: { accept: 'application/json' },
  }).catch(() => null);
  // No answer is no harm: the popular products stay.
  if (!list || !response?.ok) return;
  const { suggestions } = (await response.json()) as { suggestions: Suggestion[] };
  if (suggestions.length === 0) return;
  const chosen = new Set(suggestions.map((suggestion) => suggestion.productId));
  // Copies, because an element that changes its place is a layout shift and a new one in its place is not.
  const rest = [...list.children]
    .filter((item) => !chosen.has(attribute(item, 'trellis-product')))
    .map((item) => item.cloneNode(true));
  list.replaceChildren(...[...suggestions.map((suggestion) => card(suggestion, block)), ...rest].slice(0, limit));
  block.setAttribute('data-trellis-surface', 'cart');
}
