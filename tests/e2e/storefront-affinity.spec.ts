import type { Page } from '@playwright/test';
import { keepBeacons } from './setup/beacons.ts';
import { answerConsent, becomeVisitor } from './setup/shopper.ts';
import { expect, storeUrl, test } from './setup/test.ts';

interface Answer {
  readonly suggestions: readonly { productId: string; handle: string }[];
}

/** Watches what the browser asks of the app. */
function watch(page: Page): URL[] {
  const asked: URL[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname === '/apps/trellis/cart') asked.push(url);
  });
  return asked;
}

/** Puts the first product of the store that can be bought into the cart. */
async function fillCart(page: Page): Promise<void> {
  await page.goto(`${storeUrl()}/collections/all`);
  await page.locator('main .card:not(:has(.tag)) a').first().click();
  await page.locator('.product__buy button').click();
  await page.waitForURL('**/cart');
  await expect(page.locator('.trellis-upsell[data-settled]')).toBeVisible();
}

/** Opens the cart page and reads what the app answers to it. */
async function openCart(page: Page): Promise<Answer> {
  const answered = page.waitForResponse((response) => response.url().includes('/apps/trellis/cart'));
  await page.goto(`${storeUrl()}/cart`);
  return (await (await answered).json()) as Answer;
}

/** Looks at a product for a good second. */
async function look(page: Page, handle: string): Promise<void> {
  await page.goto(`${storeUrl()}/products/${handle}`);
  const opened = await page.evaluate(() => performance.now());
  await page.waitForFunction((since) => performance.now() > since + 1_200, opened);
}

const idsOf = (answer: Answer): string[] => answer.suggestions.map(({ productId }) => productId);

test('what a consented visitor looks at changes the next answers for the cart', async ({ page }) => {
  const asked = watch(page);
  await answerConsent(page, 'yes');
  await becomeVisitor(page, 'not held out');
  const beacons = await keepBeacons(page);
  await fillCart(page);
  const before = await openCart(page);
  const [cartUrl] = asked.slice(-1);
  const visitor = await page.evaluate(() => localStorage.getItem('_trellis_visitor'));
  expect(cartUrl?.searchParams.get('visitor')).toBe(visitor);

  // What the model puts last of ten is what this visitor is after.
  const more = new URL(cartUrl ?? storeUrl());
  more.searchParams.set('limit', '10');
  const ten = (await (await page.request.get(more.href)).json()) as Answer;
  const wanted = ten.suggestions.slice(-2);
  expect(wanted).toHaveLength(2);
  for (const { handle } of wanted) await look(page, handle);
  await expect.poll(async () => idsOf(await openCart(page))).not.toEqual(idsOf(before));

  const batches = await beacons();
  // Each look was told once, with how long it was, under the same visitor.
  const looks = batches.flatMap(({ events }) => events).filter(({ dwellMs }) => dwellMs !== undefined);
  for (const { productId } of wanted) {
    const own = looks.filter((event) => event.productId === productId);
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({ kind: 'view' });
    expect(own[0]?.dwellMs).toBeGreaterThanOrEqual(1_000);
  }
  const ids = batches.flatMap(({ events }) => events.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  expect([...new Set(batches.map(({ visitorId }) => visitorId))]).toEqual([visitor]);
});

test('without consent no visitor leaves the browser, not even one from before', async ({ page }) => {
  const asked = watch(page);
  const beacons = await keepBeacons(page);
  await answerConsent(page, 'no');
  // Somebody who agreed once, and whose choice the shop has forgotten or got back since.
  await becomeVisitor(page, 'not held out');
  await fillCart(page);
  const { suggestions } = await openCart(page);
  for (const { handle } of suggestions.slice(0, 2)) await look(page, handle);
  await openCart(page);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((url) => url.searchParams.has('visitor'))).toEqual([]);
  expect(await beacons()).toEqual([]);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});
