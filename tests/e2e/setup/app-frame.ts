import type { FrameLocator, Page } from '@playwright/test';

/** The embedded app inside the admin shell's frame. */
export function app(page: Page): FrameLocator {
  return page.frameLocator('#app-frame');
}
