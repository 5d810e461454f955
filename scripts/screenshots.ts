import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { guideParts, guideTour } from '#scripts/screenshots/guide.ts';
import { type FreshProduct, startFreshProduct } from '#scripts/screenshots/start-fresh-product.ts';
import { app } from '#scripts/screenshots/tour.ts';
import { becomeSeen, wooTour } from '#scripts/screenshots/woocommerce.ts';
import { findChromium } from '#scripts/testing/find-tools.ts';

/**
 * `npm run screenshots`: walks a fresh product and takes the pictures of the README and the guide into docs/images.
 * `npm run screenshots -- readme loyalty woocommerce` takes those parts alone.
 */
const images = path.resolve(import.meta.dirname, '../docs/images');
const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 800 };
const bundleTitle = 'Better together';
/** A README that is heavy to load is not read. */
const limitBytes = 150_000;

const parts = ['readme', ...Object.keys(guideParts), 'woocommerce'];
const named = process.argv.slice(2);
const wanted = (part: string): boolean => named.length === 0 || named.includes(part);

async function main(): Promise<void> {
  const unknown = named.find((name) => !parts.includes(name));
  if (unknown !== undefined) throw new Error(`There is no part “${unknown}”: ${parts.join(', ')}.`);
  await mkdir(images, { recursive: true });
  console.log('Starting a fresh product …');
  const product = await startFreshProduct();
  let browser: Browser | null = null;
  try {
    browser = await chromium.launch({
      executablePath: await findChromium(),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
    });
    const context = await browser.newContext({
      viewport: desktop,
      deviceScaleFactor: 1,
      locale: 'en-US',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    if (['readme', ...Object.keys(guideParts)].some(wanted)) await walk(page, product);
    if (wanted('woocommerce')) await wooTour({ page, site: product.site, picture: (name) => picture(page, name) });
  } finally {
    await browser?.close();
    await product.stop();
  }
}

async function walk(page: Page, { store }: FreshProduct): Promise<void> {
  const admin = `${store}/admin/apps/trellis`;
  await page.goto(`${store}/admin`);
  await page.getByRole('button', { name: 'Install', exact: true }).click();
  await app(page).getByText('Import of products, customers and orders').waitFor();
  if (wanted('readme')) await picture(page, 'first-start');
  await app(page).getByText('2 of 4 steps done').waitFor({ timeout: 240_000 });

  await page.goto(`${store}/admin/themes/current/editor`);
  for (const block of ['Bought together', 'Bundle', 'Trellis']) {
    await page.getByRole('button', { name: `Switch ${block} on` }).click();
    await page.getByRole('button', { name: `Switch ${block} off` }).waitFor();
  }
  if (wanted('readme')) await readmeTour(page, store, admin);
  await guideTour({ page, store, admin, picture: (name) => picture(page, name) }, wanted);
}

async function readmeTour(page: Page, store: string, admin: string): Promise<void> {
  const pair = await findPair(page, store);
  await makeBundle(page, admin, pair);
  await shop(page, store, pair);

  await page.goto(`${admin}/bundles`);
  await app(page).getByText(bundleTitle).first().waitFor();
  await picture(page, 'bundles');
  await page.setViewportSize(phone);
  await page.goto(`${admin}/bundles`);
  await app(page).getByText(bundleTitle).first().waitFor();
  await picture(page, 'bundles-phone');
  await page.setViewportSize(desktop);
  await page.goto(`${admin}/recommendations`);
  await app(page).getByLabel('Look up a product').fill(pair.title);
  await app(page).getByRole('link', { name: pair.title, exact: true }).click();
  await app(page).getByText('Similar', { exact: true }).waitFor();
  await picture(page, 'recommendations');
  await page.goto(`${admin}/activity`);
  await app(page).getByText('Import of products, customers and orders').first().waitFor();
  await picture(page, 'activity');
  await page.goto(`${admin}/settings`);
  await app(page).getByLabel('Minimum margin').waitFor();
  await page.setViewportSize({ ...desktop, height: 980 });
  await picture(page, 'settings');
  await page.setViewportSize(desktop);
  // The admin says after a moment which blocks are live.
  await page.goto(admin);
  await app(page).getByText('4 of 4 steps done').waitFor();
  // The order that was just paid comes back through a webhook; until then the page is loaded again.
  for (;;) {
    await page.goto(admin);
    await app(page).getByText('Your numbers').waitFor();
    if (await app(page).getByText('of revenue, 1 order').isVisible()) break;
  }
  await app(page).getByText('4 of 4 steps done').waitFor();
  await picture(page, 'home');
}

interface Pair {
  readonly title: string;
  readonly address: string;
  readonly partner: string;
}

/** A product whose suggestions hold one that was really bought with it. */
async function findPair(page: Page, store: string): Promise<Pair> {
  await page.goto(`${store}/collections/all`);
  const links = await page
    .locator('main .card a')
    .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
  for (const address of new Set(links)) {
    await page.goto(address);
    const block = page.locator('[data-trellis=together][data-trellis-surface=together]');
    if ((await block.count()) === 0) continue;
    const title = await page.getByRole('heading', { level: 1 }).innerText();
    return {
      title,
      partner: await block.locator('.trellis-title').nth(1).innerText(),
      address,
    };
  }
  throw new Error('No product of the first page has suggestions that were bought with it.');
}

async function makeBundle(page: Page, admin: string, pair: Pair): Promise<void> {
  await page.goto(`${admin}/bundles/new?kind=fixed`);
  await app(page).getByLabel('Title').fill(bundleTitle);
  await app(page).getByRole('button', { name: 'Choose products' }).click();
  for (const title of [pair.title, pair.partner]) {
    await page.getByLabel('Search products').fill(title);
    await page.locator('#picker-list').getByText(title, { exact: true }).first().click();
  }
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await app(page).getByLabel('Percentage', { exact: true }).fill('15');
  await app(page).getByText('Price as a bundle').waitFor();
  await picture(page, 'bundle-editor');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('#save-bar').waitFor({ state: 'hidden' });
}

/** From the product page to the confirmation mail, as a shopper. */
async function shop(page: Page, store: string, pair: Pair): Promise<void> {
  do await page.goto(pair.address);
  while (!(await page.getByText(bundleTitle).first().isVisible()));
  await page.locator('[data-consent-choice=yes]').click();
  await becomeSeen(page);
  await page.locator('[data-trellis=together]').evaluate((block) => block.scrollIntoView({ block: 'start' }));
  await picture(page, 'product');
  await page.setViewportSize(phone);
  await page.locator('[data-trellis=together]').evaluate((block) => block.scrollIntoView({ block: 'start' }));
  await picture(page, 'product-phone');
  await page.setViewportSize(desktop);
  await page.getByRole('button', { name: 'Add set to cart' }).click();
  await page.waitForURL('**/cart');
  await page.locator('.trellis-upsell[data-settled]').waitFor();
  await picture(page, 'cart');
  await page.getByRole('link', { name: 'Checkout' }).first().click();
  await page.getByText('Total savings').waitFor();
  const fields: Readonly<Record<string, string>> = {
    'E-mail': 'ada@example.com',
    'First name': 'Ada',
    'Last name': 'Lovelace',
    'Street and number': '1 Main Street',
    Postcode: '10115',
    City: 'Berlin',
  };
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text);
  await picture(page, 'checkout');
  await page.getByRole('button', { name: 'Pay now' }).click();
  await page
    .getByText(/thank you/i)
    .first()
    .waitFor();
  do await page.goto(`${store}/mailbox`);
  while (!(await page.getByText('ada@example.com').first().isVisible()));
  await picture(page, 'mailbox');
}

async function picture(page: Page, name: string): Promise<void> {
  await Promise.all(page.frames().map(async (frame) => frame.evaluate(loadPictures)));
  const file = path.join(images, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  const { size } = await stat(file);
  console.log(`${name}.png  ${String(Math.round(size / 1000))} kB`);
  if (size > limitBytes) throw new Error(`${name}.png has ${String(size)} bytes: at most ${String(limitBytes)}.`);
}

/** Runs in the page: done when every picture that is not put off is there to be drawn. */
async function loadPictures(): Promise<void> {
  const now = [...document.images].filter((image) => image.loading !== 'lazy');
  await Promise.allSettled(now.map(async (image) => image.decode()));
  await document.fonts.ready;
}

await main();
