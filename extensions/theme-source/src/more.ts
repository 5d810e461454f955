/**
 * The second script of the storefront, for what fewer stores use: lower prices for more, offers with a choice,
 * progress bars, the theme's drawer and the panel after adding. Only the blocks that need it ask for it.
 */
import { catchUp } from '#storefront/cart.ts';
import type { CartState } from './cart.ts';
import type { Core } from './core.ts';
import { assembleBox } from './parts/assemble-box.ts';
import { startBreaks } from './parts/breaks.ts';
import { startChoice } from './parts/choice.ts';
import { drawerParts, startDrawer } from './parts/drawer.ts';
import { updateGoals } from './parts/goals.ts';
import { startPanel } from './parts/panel.ts';

function startMore(core: Core): void {
  core.each<HTMLElement>(document, '[data-kind=breaks]', (set) => startBreaks(set, core));
  core.each(document, '[data-assemble]', (set) => void assembleBox(set, core));
  core.each<HTMLElement>(document, '[data-kind=choice]', (set) => startChoice(set, core));
  // The drawer's parts are in the page only while there is a drawer to hold them.
  const parts = drawerParts();
  const places = [document, ...parts];
  const update = (cart: CartState | null): void => {
    if (!cart) return;
    for (const place of places) core.each(place, '[data-trellis=goals]', (panel) => updateGoals(panel, cart, core));
  };
  const isThere = (selector: string): boolean => places.some((place) => place.querySelector(selector));
  if (isThere('[data-trellis=goals]')) core.followCart(update);
  if (isThere('[data-from]')) void core.readCart().then(update);
  startDrawer(parts, core);
  startPanel(core);
  catchUp();
}

/** Whichever of the two scripts comes first; a page may ask for this one in several places. */
function begin(): void {
  const core = window.trellis;
  if (!core || window.trellisMore) return;
  window.trellisMore = true;
  startMore(core);
}
begin();
document.addEventListener('trellis:ready', begin);
