import { drawer, readCart, setRoot } from '#storefront/cart.ts';
import { ourForm, watchVariant } from '#storefront/form.ts';
import { addLines, linesOf } from './cart.ts';
import type { Core } from './core.ts';
import { formatMoney } from '#storefront/money.ts';
import { attribute, each, embedConfig, show } from './page.ts';
import { startBox } from './parts/box.ts';
import { askFor, fillCards } from './parts/cards.ts';
import { followCart, keepFilled, productsOf, startCart } from './parts/cart.ts';
import { startFixed } from './parts/fixed.ts';
import { startTogether } from './parts/together.ts';
import { startSignals } from './signals.ts';

const core: Core = {
  askFor,
  attribute,
  drawer,
  each,
  fillCards,
  followCart,
  formatMoney,
  keepFilled,
  productsOf,
  readCart,
  show,
  watchVariant,
};

/** Every form of ours adds without leaving the page; without this script the same form posts itself. */
function start(): void {
  const config = embedConfig();
  if (config) {
    setRoot(config);
    startSignals(config);
  }
  if (document.documentElement.dataset['trellisHeld'] !== undefined) return;
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || !form.matches(`.trellis ${ourForm}`)) return;
    event.preventDefault();
    void addLines(form, linesOf(form, event.submitter));
  });
  each(document, '[data-trellis=together]', startTogether);
  each(document, '[data-kind=fixed]', startFixed);
  each(document, '[data-kind=box]', startBox);
  if (config) startCart(config.more);
  window.trellis = core;
  document.dispatchEvent(new Event('trellis:ready'));
}

// A block and the embed may both ask for the file; the theme editor may run it after the page is complete.
if (!window.trellisStarts) {
  window.trellisStarts = true;
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
}
