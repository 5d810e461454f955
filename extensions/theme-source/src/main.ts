import { startTogether } from './bought-together.ts';
import { startBundles } from './bundle.ts';
import { startUpsell } from './cart-upsell.ts';
import { setRoot } from './cart.ts';
import { each, embedConfig } from './page.ts';
import { startSignals } from './signals.ts';

function start(): void {
  const config = embedConfig();
  if (config) setRoot(config.root);
  if (config) startSignals(config);
  if (document.documentElement.dataset['trellisHeld'] !== undefined) return;
  each<HTMLElement>(document, '[data-trellis]', (block) => {
    const kind = block.getAttribute('data-trellis');
    if (kind === 'together') startTogether(block);
    if (kind === 'bundle') startBundles(block);
    if (kind === 'cart') {
      void startUpsell(block).finally(() => {
        block.setAttribute('data-settled', '');
        document.dispatchEvent(new Event('trellis:changed'));
      });
    }
  });
}

// Shopify loads the file deferred; the theme editor may run it after the page is complete.
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
else start();
