import type { Page } from '@playwright/test';

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null }[];
}

/**
 * Sum of all layout shifts since the page began, without those that a tap or key explains, and without those inside
 * the theme's header, which may come in pieces: nothing of ours stands in it or above it.
 */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((done) => {
        let sum = 0;
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as LayoutShift[]) {
            const inHeader = entry.sources.every(({ node }) => node?.parentElement?.closest('.site-header'));
            if (!entry.hadRecentInput && !inHeader) sum += entry.value;
          }
        });
        observer.observe({ type: 'layout-shift', buffered: true });
        // Buffered entries are delivered before the second frame.
        requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
      }),
  );
}
