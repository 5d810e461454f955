import { addLines, drawer, linesOf, setRoot } from './cart.ts';
import type { Core } from './core.ts';
import { formatMoney } from './money.ts';
import { attribute, each, embedConfig, show, watchVariant } from './page.ts';
import { startBox } from './parts/box.ts';
import { startBreaks, startChoice, startFixed } from './parts/bundle.ts';
import { startCart } from './parts/cart.ts';
import { startTogether } from './parts/together.ts';
import { startSignals } from './signals.ts';
import { readVisitor } from './visitor.ts';

declare global {
  interface Window {
    /** the script runs already */
    trellis?: true;
  }
}

const core: Core = { addLines, drawer, formatMoney, attribute, each, show, readVisitor, watchVariant };

/** What makes a block of the page follow the shopper, by the mark that Liquid gave it. */
const parts = {
  '[data-trellis=together]': startTogether,
  '[data-kind=fixed]': startFixed,
  '[data-kind=breaks]': startBreaks,
  '[data-kind=choice]': startChoice,
  '[data-kind=box]': startBox,
};

/** Every form of ours adds without leaving the page; without this script the same form posts itself. */
function start(): void {
  const config = embedConfig();
  if (config) setRoot(config.root);
  if (config) startSignals(config);
  if (document.documentElement.dataset['trellisHeld'] !== undefined) return;
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
    if (!form.closest('.trellis') || !form.matches('[action*="/cart/add"]')) return;
    event.preventDefault();
    void addLines(form, linesOf(form, event.submitter));
  });
  for (const [selector, startPart] of Object.entries(parts))
    each<HTMLElement>(document, selector, (block) => startPart(block, core));
  if (document.getElementById('trellis-card')) startCart(core);
}

// A block and the embed may both ask for the file; the theme editor may run it after the page is complete.
if (!window.trellis) {
  window.trellis = true;
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
}
