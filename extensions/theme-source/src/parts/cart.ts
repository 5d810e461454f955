import type { Core } from '../core.ts';
import { rootPath } from '../cart.ts';
import { askFor, fillCards } from './cards.ts';
import { type CartState, updateGoals } from './goals.ts';

const productsOf = (cart: CartState): string[] => [...new Set(cart.items.map((line) => String(line.product_id)))];

/** Tells `changed` after every change of the cart by whatever script, and whether something was added. */
function watchCart(changed: (added: boolean) => void): void {
  // The browser's own record of requests: nothing of the theme's is wrapped or replaced.
  new PerformanceObserver((list) => {
    const paths = (list.getEntries() as PerformanceResourceTiming[])
      .filter((entry) => !(entry.responseStatus >= 400) && /fetch|xml/.test(entry.initiatorType))
      .flatMap((entry) => /\/cart\/(add|change|update|clear)(\.js)?($|\?)/.exec(entry.name)?.[1] ?? []);
    if (paths.length > 0) changed(paths.includes('add'));
  }).observe({ type: 'resource' });
}

/** Puts our parts into the theme's drawer, again after each time that the theme renders it anew. */
function attachDrawer(parts: readonly HTMLElement[], core: Core): void {
  const theirs = core.drawer();
  const [goals, cards] = parts;
  if (!theirs || !goals || !cards) return;
  const place = (): void => {
    if (theirs.contains(cards)) return;
    const items = theirs.querySelector('cart-drawer-items,.drawer__items,[data-cart-items],form');
    const footer = theirs.querySelector('.drawer__footer,.cart-drawer__footer,[data-cart-footer],footer');
    // In an empty drawer there is nothing to add to.
    if (!items || !footer) return;
    items.before(goals);
    footer.before(cards);
  };
  place();
  new MutationObserver(place).observe(theirs, { childList: true, subtree: true });
}

const offeredKey = '_trellis_offered';

/**
 * True once a browser session. The mark says only that the panel was shown, holds no id and ends with the tab: a
 * setting of the interface, for which no consent is asked (Article 29 Working Party, opinion 04/2012, 3.6).
 */
function mayOffer(): boolean {
  try {
    if (sessionStorage.getItem(offeredKey)) return false;
    sessionStorage.setItem(offeredKey, '1');
    return true;
  } catch {
    // Where storage is blocked nobody can tell whether it was shown before: better never than again and again.
    return false;
  }
}

/** A dialog with what goes with the cart, once a session, after something was added on a page that stays. */
async function offerAfterAdding(template: HTMLTemplateElement, products: string[], core: Core): Promise<void> {
  const dialog = template.content.querySelector('dialog');
  if (!dialog || document.querySelector('dialog[open]') || !mayOffer()) return;
  const suggestions = await askFor(products, Number(core.attribute(dialog, 'limit')), core);
  if (suggestions.length === 0) return;
  document.body.append(dialog);
  fillCards(dialog, suggestions, products, core);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
}

/** Suggestions and progress bars that follow the cart, where the embed has left their patterns. */
export function startCart(core: Core): void {
  const { attribute, each } = core;
  const template = (id: string): HTMLTemplateElement | null => {
    const found = document.getElementById(id);
    return found instanceof HTMLTemplateElement ? found : null;
  };
  const inDrawer = [...(template('trellis-drawer')?.content.children ?? [])] as HTMLElement[];
  const after = template('trellis-after');
  attachDrawer(inDrawer, core);

  const cards = (): Element[] => [
    ...document.querySelectorAll('[data-trellis=cart]'),
    ...inDrawer.filter((part) => part.matches('[data-trellis=drawer]')),
  ];
  const refill = async (products: string[]): Promise<void> => {
    const blocks = cards();
    if (blocks.length === 0) return;
    const limit = Math.max(...blocks.map((block) => Number(attribute(block, 'limit'))));
    const suggestions = await askFor(products, limit, core);
    for (const block of blocks) fillCards(block, suggestions, products, core);
  };

  const update = async (wants: boolean, initial?: boolean): Promise<void> => {
    const response = await fetch(`${rootPath()}cart.js`);
    if (!response.ok) return;
    const cart = (await response.json()) as CartState;
    // The drawer's parts are in the page only while there is a drawer to hold them.
    for (const place of [document, ...inDrawer])
      each(place, '[data-trellis=goals]', (panel) => updateGoals(panel, cart, core));
    if (wants && after) await offerAfterAdding(after, productsOf(cart), core);
    else if (!initial) await refill(productsOf(cart));
  };
  const isThere = (selector: string): boolean => [document, ...inDrawer].some((place) => place.querySelector(selector));

  const first = document.querySelector('[data-trellis=cart]');
  if (first || (core.drawer() && inDrawer.length > 0)) {
    const block = first ?? inDrawer.find((part) => part.matches('[data-trellis=drawer]')) ?? null;
    const products = attribute(block, 'products').split(',').filter(Boolean);
    if (products.length > 0) void refill(products);
  }
  if (isThere('[data-from]')) void update(false, true).catch(() => undefined);
  watchCart((added) => {
    const wants = added && !core.drawer() && !first && after !== null;
    if (wants || isThere('[data-trellis=goals]') || cards().length > 0) void update(wants).catch(() => undefined);
  });
}
