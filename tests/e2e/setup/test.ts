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
  readonly sharedContext: SharedContext;
}

/** Keeps scripts that were loaded: compiling the admin's takes as long as a page of it. */
interface SharedContext {
  current: BrowserContext;
  /** for where the current one cannot be emptied: a new one takes its place */
  renew(): Promise<void>;
}

/** A page that does not close within this time (milliseconds) never does. */
const patience = 20_000;

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
      const make = () =>
        browser.newContext({
          ...(viewport === undefined ? {} : { viewport }),
          ...(locale === undefined ? {} : { locale }),
          ...(timezoneId === undefined ? {} : { timezoneId }),
        });
      const shared: SharedContext = {
        current: await make(),
        async renew() {
          shared.current = await make();
        },
      };
      await use(shared);
      // The browser ends with the worker, and with it contexts that were left behind.
      await within(patience, shared.current.close());
    },
    { scope: 'worker' },
  ],
  // As a new one in all but what was loaded: no page, cookie or stored value is left of the test before.
  context: async ({ sharedContext }, provide) => {
    const { current } = sharedContext;
    await provide(current);
    if (!(await within(patience, empty(current)))) await sharedContext.renew();
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

/** Whether the work ends within so many milliseconds. @throws what it throws in that time */
async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  // What is given up may still fail, when nobody asks any more.
  work.catch(() => undefined);
  const ended = await Promise.race([work.then(() => true), limit]);
  clearTimeout(timer);
  return ended;
}

async function empty(context: BrowserContext): Promise<void> {
  await Promise.all(context.pages().map((page) => page.close()));
  await forget(context);
}

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
