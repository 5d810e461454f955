import { drawer, readCart, watchCart } from '#storefront/cart.ts';
import type { CartState } from '../cart.ts';
import { attribute, each, loadScript } from '../page.ts';
import { askFor, fillCards } from './cards.ts';

type Follower = (cart: CartState, added: boolean) => unknown;
const followers: Follower[] = [];

/** Tells `changed` what the cart holds after every change by whatever script, and whether something was added. */
export function followCart(changed: Follower): void {
  followers.push(changed);
}

/** Ids of the products in the cart, each one once. */
export const productsOf = (cart: CartState): string[] => [
  ...new Set(cart.items.map((line) => String(line.product_id))),
];

/** Suggests in a block what goes with the cart: at once where the page says what that holds, and after every change. */
export function keepFilled(block: Element): void {
  const refill = async (products: string[]): Promise<void> =>
    fillCards(block, await askFor(products, attribute(block, 'limit')), products);
  followCart((cart) => refill(productsOf(cart)));
  const products = attribute(block, 'products');
  if (products) void refill(products.split(','));
}

/**
 * Suggestions of the cart page, and the second script where it is needed only now: for a drawer that the theme turns
 * out to have, or for the panel after something was added.
 * @param more address of the second script
 */
export function startCart(more: string): void {
  each(document, '[data-trellis=cart]', keepFilled);
  if (drawer() && document.getElementById('trellis-drawer')) void loadScript(more);
  watchCart(async (added) => {
    if (added && !window.trellisMore && !drawer() && document.getElementById('trellis-after')) await loadScript(more);
    const cart = followers.length > 0 && (await readCart());
    if (cart) for (const follow of followers) follow(cart, added);
  });
}
