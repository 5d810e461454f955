import type { Core } from '../core.ts';

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
export function startPanel(core: Core): void {
  const template = document.querySelector<HTMLTemplateElement>('template#trellis-after');
  if (!template || core.drawer()) return;
  core.followCart(async (cart, added) => {
    const dialog = template.content.querySelector('dialog');
    if (!added || !dialog || document.querySelector('dialog[open]') || !mayOffer()) return;
    const products = core.productsOf(cart);
    const suggestions = await core.askFor(products, `${core.attribute(dialog, 'limit')}&widget=after`);
    // Nor where an experiment keeps the panel from the visitor: the page would be inert behind one that it hides.
    if (suggestions.length === 0) return;
    document.body.append(dialog);
    core.fillCards(dialog, suggestions, products);
    dialog.addEventListener('close', () => dialog.remove());
    dialog.showModal();
  });
}
