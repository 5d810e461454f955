import { type FrameLocator, type Page, test as base } from '@playwright/test';

/** Addresses of the product that `start-product.ts` started. */
export const storeUrl = (): string => required('TRELLIS_STORE');

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: the product was not started`);
  return value;
}

export interface Fixtures {
  /** every unexpected console error or page error of the test; it fails when one is left */
  readonly consoleErrors: string[];
}

export const test = base.extend<Fixtures>({
  consoleErrors: [
    async ({ context }, use) => {
      const errors: string[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => errors.push(error.error().stack ?? error.error().message));
      await use(errors);
      if (errors.length > 0) throw new Error(`The browser console holds errors:\n${errors.join('\n')}`);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';

/** The embedded app inside the admin shell's frame. */
export function app(page: Page): FrameLocator {
  return page.frameLocator('#app-frame');
}
