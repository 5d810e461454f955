import { drawerFooter, drawerItems } from '#storefront/cart.ts';
import type { Core } from '../core.ts';

/** Our parts of the theme's drawer, from the pattern that the embed has left; they may not be in the page yet. */
export function drawerParts(): Element[] {
  return [...(document.querySelector<HTMLTemplateElement>('template#trellis-drawer')?.content.children ?? [])];
}

/** Puts them into the drawer, again after each time that the theme renders it anew, and fills the suggestions. */
export function startDrawer([goals, cards]: readonly Element[], core: Core): void {
  const theirs = core.drawer();
  if (!theirs || !goals || !cards) return;
  const place = (): void => {
    if (theirs.contains(cards)) return;
    const items = theirs.querySelector(drawerItems);
    const footer = theirs.querySelector(drawerFooter);
    // In an empty drawer there is nothing to add to.
    if (!items || !footer) return;
    items.before(goals);
    footer.before(cards);
  };
  place();
  new MutationObserver(place).observe(theirs, { childList: true, subtree: true });
  core.keepFilled(cards);
}
