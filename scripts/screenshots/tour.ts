import type { FrameLocator, Locator, Page } from '@playwright/test';

/** What a part of the tour needs. */
export interface Tour {
  readonly page: Page;
  /** address of the storefront */
  readonly store: string;
  /** address of the embedded app in the admin */
  readonly admin: string;
  readonly picture: (name: string) => Promise<void>;
}

/** The embedded app inside the admin shell's frame. */
export const app = (page: Page): FrameLocator => page.frameLocator('#app-frame');

/** A field of the embedded app by its label. */
export const field = (page: Page, label: string): Locator => app(page).getByLabel(label, { exact: true });
