import { markVisitor } from '#storefront/cart.ts';
import { startPixel, watchConsent } from '#storefront/consent.ts';
import { attribute, each, type EmbedConfig } from './page.ts';
import { dropVisitor, ensureVisitor, readVisitor } from './visitor.ts';

interface Told {
  kind: 'impression' | 'click' | 'view';
  productId: string;
  surface?: string;
  dwellMs?: number;
}
interface Signal extends Told {
  /** one that arrives twice is counted once */
  id: string;
  at: string;
}

const flushEveryMs = 5_000;
/** The endpoint takes at most 100 events a batch. */
const mostPerBatch = 100;
/** A shorter look says nothing that the view itself has not said. */
const shortestLookMs = 1_000;
/** The endpoint takes no longer one: the page was left open. */
const longestLookMs = 3_600_000;

/**
 * Impressions and clicks of our own blocks, and how long the product of the page was in sight; everything else
 * (views, searches, cart, checkout) is the web pixel's, so that no event is told twice. Before consent nothing is
 * stored and nothing leaves.
 */
export function startSignals(config: EmbedConfig): void {
  let allowed = false;
  let started = false;
  let queue: Signal[] = [];

  const flush = (): void => {
    const visitorId = readVisitor();
    if (!allowed || !visitorId || queue.length === 0) return;
    const events = queue.splice(0, mostPerBatch);
    navigator.sendBeacon(config.endpoint, JSON.stringify({ shopId: config.shopId, visitorId, events }));
  };
  const push = (told: Told): void => {
    if (!allowed) return;
    queue.push({ id: crypto.randomUUID(), ...told, at: new Date().toISOString() });
    if (queue.length >= mostPerBatch) flush();
  };
  const record = (kind: Signal['kind'], item: Element): void =>
    push({
      kind,
      productId: attribute(item, 'trellis-product'),
      surface: attribute(item.closest('[data-trellis-surface]'), 'trellis-surface'),
    });
  const start = (): void => {
    const seen = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (!isIntersecting) continue;
          seen.unobserve(target);
          record('impression', target);
        }
      },
      { threshold: 0.5 },
    );
    // Cards that are about to be swapped were never really shown.
    const shown = '.trellis:not(.trellis-upsell) [data-trellis-product],[data-settled] [data-trellis-product]';
    const watch = (): void => each(document, shown, (item) => seen.observe(item));
    watch();
    document.addEventListener('trellis:changed', watch);
    document.addEventListener(
      'click',
      (event) => {
        const item = (event.target as Element)
          .closest('[data-open],.trellis-card [data-submit]')
          ?.closest('[data-trellis-product]');
        if (item) record('click', item);
      },
      true,
    );
    // One button adds several products: each of them was chosen.
    document.addEventListener(
      'submit',
      (event) => {
        const form = event.target as HTMLFormElement;
        if (!form.closest('.trellis:not(.trellis-upsell)')) return;
        each(form, '[data-trellis-product]', (item) => {
          const box = item.querySelector<HTMLInputElement>('.trellis-check');
          const amount = item.querySelector<HTMLInputElement>('input[type=number]');
          if ((!box || (box.checked && !box.hasAttribute('data-own'))) && amount?.value !== '0') record('click', item);
        });
        flush();
      },
      true,
    );
    // Each time in sight is told once, when it ends: whichever of the two events comes second finds it told.
    let since = Date.now();
    const leave = (): void => {
      const now = Date.now();
      const dwellMs = Math.min(now - since, longestLookMs);
      since = document.hidden ? Infinity : now;
      if (config.product && dwellMs >= shortestLookMs) push({ kind: 'view', productId: config.product, dwellMs });
      flush();
    };
    setInterval(flush, flushEveryMs);
    addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', leave);
  };

  watchConsent((now) => {
    allowed = now;
    if (!now) {
      queue = [];
      // Without an id the checkout charges what stands today. Who has not decided yet had none.
      if (readVisitor()) document.getElementById('trellis-config')?.removeAttribute('id');
      dropVisitor();
      markVisitor(config, '');
      return;
    }
    const visitor = ensureVisitor();
    if (!visitor) return;
    markVisitor(config, visitor);
    document.dispatchEvent(new Event('trellis:visitor'));
    if (started) return;
    started = true;
    startPixel(config.more);
    if (config.signals) start();
  });
}
