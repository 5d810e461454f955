import { expect, type Page } from '@playwright/test';

/** Widths of a desk and of a phone. */
const widths = [1280, 390] as const;

/**
 * The button in the corner covers nothing that somebody wants to press: scrolled to the very end every part of the theme's
 * footer can be clicked, and what has the focus is never wholly below the button (WCAG 2.2, 2.4.11).
 */
export async function expectCornerCoversNothing(page: Page): Promise<void> {
  const before = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const covered = await page.evaluate(async () => {
      const corner = document.querySelector('.trellis-launcher summary');
      if (!corner) return ['there is no button'];
      const found: string[] = [];
      const name = (one: Element) => `${one.tagName} ${(one.textContent || one.getAttribute('name')) ?? ''}`.trim();
      const isShown = (one: Element) => one.checkVisibility() && one.getBoundingClientRect().width > 0;
      // Something of the theme may lie above both.
      const isCorner = (x: number, y: number) =>
        document.elementsFromPoint(x, y).some((one) => one.closest('.trellis-launcher'));
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
      await frame();
      for (const one of document.querySelectorAll('footer :is(a,button,select,input)')) {
        if (!isShown(one)) continue;
        // A link of two lines has two.
        for (const { left, top, width: wide, height } of one.getClientRects())
          if (isCorner(left + wide / 2, top + height / 2)) found.push(name(one));
      }
      // From the top down, as the tabulator key goes.
      scrollTo({ top: 0, behavior: 'instant' });
      for (const one of document.querySelectorAll<HTMLElement>('a[href],button,select,input:not([type=hidden])')) {
        if (!isShown(one) || one.closest('.trellis-launcher')) continue;
        one.focus();
        await frame();
        if (document.activeElement !== one) continue;
        const [it, button] = [one.getBoundingClientRect(), corner.getBoundingClientRect()];
        const within =
          it.left >= button.left && it.right <= button.right && it.top >= button.top && it.bottom <= button.bottom;
        if (within) found.push(`focus: ${name(one)}`);
      }
      (document.activeElement as HTMLElement | null)?.blur();
      scrollTo({ top: 0, behavior: 'instant' });
      return found;
    });
    expect(covered, `at a width of ${String(width)}`).toEqual([]);
  }
  if (before) await page.setViewportSize(before);
}
