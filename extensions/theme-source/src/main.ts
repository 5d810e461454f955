import { addLines, drawer, linesOf, setRoot } from './cart.ts';
import type { Core, Part } from './core.ts';
import { formatMoney } from './money.ts';
import { startCart } from './parts/cart.ts';
import { attribute, each, embedConfig, show, watchVariant } from './page.ts';
import { startSignals } from './signals.ts';
import { readVisitor } from './visitor.ts';

const core: Core = { addLines, drawer, formatMoney, attribute, each, show, readVisitor, watchVariant };

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
  if (document.getElementById('trellis-card')) startCart(core);
  const waiting = window.trellisParts;
  const started = new Set<string>();
  const push = ({ name, start: startPart }: Part): void => {
    if (started.has(name)) return;
    started.add(name);
    startPart(core);
  };
  window.trellisParts = { push };
  if (Array.isArray(waiting)) (waiting as Part[]).forEach(push);
}

// A block and the embed may both ask for the file; the theme editor may run it after the page is complete.
if (!window.trellisParts || Array.isArray(window.trellisParts)) {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
}
