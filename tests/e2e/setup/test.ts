import path from 'node:path';
import { type Browser, test as base } from '@playwright/test';
import { installApp, switchBlocksOn } from './install.ts';
import { addressesOf, storeUrl } from './products.ts';

export interface Fixtures {
  /** every unexpected console error or page error of the test; it fails when one is left */
  readonly consoleErrors: string[];
  /** the app is installed, has learnt from the store's orders and shows its blocks, unless the test is the walk */
  readonly installed: undefined;
}
export interface WorkerFixtures {
  /** the addresses of the project's product are in the environment of the worker process */
  readonly product: undefined;
}

/** Remix writes it where a page is left while it reads an answer: nobody waits for that any more. */
const isLeftAnswer = (text: string): boolean => text.startsWith('AbortError: signal is aborted without reason');

export const test = base.extend<Fixtures, WorkerFixtures>({
  product: [
    async ({ browserName: _ }, use, { project }) => {
      Object.assign(process.env, JSON.parse(process.env[addressesOf(project.name)] ?? '{}'));
      await use(undefined);
    },
    { scope: 'worker', auto: true },
  ],
  installed: [
    async ({ browser, product: _ }, use, { file }) => {
      if (path.basename(file) !== 'a-walk.spec.ts') await ensureInstalled(browser);
      await use(undefined);
    },
    { auto: true, timeout: 300_000 },
  ],
  consoleErrors: [
    async ({ context }, use) => {
      const errors: string[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error' && !isLeftAnswer(message.text()))
          errors.push(`${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => errors.push(error.error().stack ?? error.error().message));
      await use(errors);
      if (errors.length > 0) throw new Error(`The browser console holds errors:\n${errors.join('\n')}`);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
export { app } from './app-frame.ts';
export { storeUrl } from './products.ts';

async function ensureInstalled(browser: Browser): Promise<void> {
  const admin = await fetch(`${storeUrl()}/admin`, { redirect: 'manual' });
  if (admin.headers.get('location')?.endsWith('/apps/trellis')) return;
  const page = await browser.newPage();
  await installApp(page);
  await switchBlocksOn(page);
  await page.close();
}
