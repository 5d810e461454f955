import type { Page } from '@playwright/test';

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly {
    readonly node: Node | null;
    readonly previousRect: DOMRectReadOnly;
    readonly currentRect: DOMRectReadOnly;
  }[];
}

/**
 * What moved since the page began, without what a tap or key explains and without what moved inside the theme's
 * header, which may come in pieces: nothing of ours stands in it or above it. A part that is gone is told by its place.
 */
export function layoutShifts(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((done) => {
        const moved: string[] = [];
        const headerEnd = document.querySelector('.site-header')?.getBoundingClientRect().bottom ?? 0;
        const observer = new PerformanceObserver((list) => {
          for (const { hadRecentInput, sources, value } of list.getEntries() as LayoutShift[]) {
            const inHeader = sources.every(({ node, previousRect, currentRect }) =>
              node
                ? node.parentElement?.closest('.site-header')
                : Math.max(previousRect.bottom, currentRect.bottom) <= headerEnd,
            );
            if (hadRecentInput || inHeader) continue;
            const parts = sources.map(({ node, previousRect, currentRect }) => {
              const element = node instanceof Element ? node : node?.parentElement;
              const name = element ? `${element.tagName.toLowerCase()}.${element.className}` : 'what is gone';
              return `${name} from ${JSON.stringify(previousRect)} to ${JSON.stringify(currentRect)}`;
            });
            moved.push(`${String(value)}: ${parts.join('; ')}`);
          }
        });
        observer.observe({ type: 'layout-shift', buffered: true });
        // Buffered entries are delivered before the second frame.
        requestAnimationFrame(() => requestAnimationFrame(() => done(moved)));
      }),
  );
}
