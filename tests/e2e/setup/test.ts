import path from 'node:path';
import { type Browser, type BrowserContext, type ConsoleMessage, test as base, type WebError } from '@playwright/test';
import { installApp, switchBlocksOn } from './install.ts';
import { addressesOf, origins, storeUrl } from './products.ts';

export interface Fixtures {
  /** every unexpected console error or page error of the test; it fails when one is left */
  readonly consoleErrors: string[];
  /** the app is installed, has learnt from the store's orders and shows its blocks, unless the test is the walk */
  readonly installed: undefined;
}
export interface WorkerFixtures {
  /** the addresses of the project's product are in the environment of the worker process */
  readonly product: undefined;
  /** keeps scripts that were loaded: compiling the admin's takes as long as a page of it */
  readonly sharedContext: BrowserContext;
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
  sharedContext: [
    async ({ browser }, use, { project }) => {
      const { viewport, locale, timezoneId } = project.use;
      const context = await browser.newContext({
        ...(viewport === undefined ? {} : { viewport }),
        ...(locale === undefined ? {} : { locale }),
        ...(timezoneId === undefined ? {} : { timezoneId }),
      });
      await use(context);
      await context.close();
    },
    { scope: 'worker' },
  ],
  // As a new one in all but what was loaded: no page, cookie or stored value is left of the test before.
  context: async ({ sharedContext }, provide) => {
    await provide(sharedContext);
    await Promise.all(sharedContext.pages().map((page) => page.close()));
    await forget(sharedContext);
  },
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
      const onConsole = (message: ConsoleMessage) => {
        if (message.type() === 'error' && !isLeftAnswer(message.text()))
          errors.push(`${message.text()} (${message.location().url})`);
      };
      const onError = (error: WebError) => errors.push(error.error().stack ?? error.error().message);
      context.on('console', onConsole).on('weberror', onError);
      await use(errors);
      context.off('console', onConsole).off('weberror', onError);
      if (errors.length > 0) throw new Error(`The browser console holds errors:\n${errors.join('\n')}`);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
export { app } from './app-frame.ts';
export { storeUrl } from './products.ts';

/**
 * Cookies and what pages have stored. Not by `setStorageState`, which opens the page of each origin for it: one whose
 * server has ended by then never loads.
 */
async function forget(context: BrowserContext): Promise<void> {
  await context.clearCookies();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  for (const origin of origins())
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'local_storage,indexeddb,cache_storage' });
  await page.close();
}

async function ensureInstalled(browser: Browser): Promise<void> {
  const admin = await fetch(`${storeUrl()}/admin`, { redirect: 'manual' });
  if (admin.headers.get('location')?.endsWith('/apps/trellis')) return;
  const page = await browser.newPage();
  await installApp(page);
  await switchBlocksOn(page);
  await page.close();
}
