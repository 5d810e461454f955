import type { Locator, Page } from '@playwright/test';

/** What the tour through the WooCommerce store needs. */
export interface WooTour {
  readonly page: Page;
  /** address of the WordPress site */
  readonly site: string;
  readonly picture: (name: string) => Promise<void>;
}

const phone = { width: 390, height: 800 };
const pluginPage = '/wp-admin/admin.php?page=trellis';
const bundleTitle = 'Better together';

/** From the plugin's page before connecting, through Trellis and the shop, back to the plugin's page with its numbers. */
export async function wooTour(tour: WooTour): Promise<void> {
  const { page, site, picture } = tour;
  const trellis = await connect(tour);
  const pair = await findPair(page, site);
  await page.goto(`${site}${pluginPage}`);
  await page.getByRole('radio', { name: /^Follow my consent tool/ }).check();
  await page.getByRole('button', { name: 'Save settings' }).click();
  await page.getByText('Settings saved.').waitFor();
  await makeBundle(page, trellis, pair);
  await shop(tour, pair);
  // The order that was just placed comes back through a webhook; until then the page is loaded again.
  do await page.goto(`${site}${pluginPage}`);
  while (!(await page.getByText('1 order in the last 30 days').isVisible()));
  await picture('woo-plugin');
  do {
    await page.goto(trellis);
    await page.getByText('Your numbers').waitFor();
  } while (!(await page.getByText('of revenue, 1 order').isVisible()));
  await picture('woo-home');
  await at(page, phone, () => picture('woo-home-phone'));
}

/** @returns where Trellis is */
async function connect({ page, site, picture }: WooTour): Promise<string> {
  await page.goto(`${site}${pluginPage}`);
  await page.getByRole('checkbox', { name: 'I agree' }).check();
  await at(page, { height: 676 }, () => picture('woo-agree'));
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.waitForURL('**/connect/woocommerce?**');
  const confirm = page.getByRole('button', { name: 'Connect', exact: true });
  await confirm.waitFor();
  await at(page, { height: 360 }, () => picture('woo-connect'));
  await confirm.click();
  await page.waitForURL('**/wc-auth/**');
  await page.getByText('Approve').first().click();
  await page.waitForURL((url) => url.pathname === '/' && !url.href.startsWith(site));
  await page.getByText('Your numbers').waitFor();
  return new URL(page.url()).origin;
}

interface Pair {
  readonly title: string;
  readonly address: string;
  readonly partner: string;
}

/** A product whose suggestions hold one that was really bought with it; the first suggestions come after the import. */
async function findPair(page: Page, site: string): Promise<Pair> {
  for (const until = Date.now() + 240_000; Date.now() < until;) {
    await page.goto(`${site}/shop/`);
    const links = await page
      .locator('ul.products a')
      .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
    for (const address of new Set(links)) {
      await page.goto(address);
      const block = page.locator('[data-trellis=together][data-trellis-surface=together]');
      if ((await block.count()) === 0) continue;
      const partner = await block.locator('.trellis-title').nth(1).innerText();
      return { title: await page.getByRole('heading', { level: 1 }).innerText(), partner, address };
    }
  }
  throw new Error('No product of the first page has suggestions that were bought with it.');
}

async function makeBundle(page: Page, trellis: string, pair: Pair): Promise<void> {
  await page.goto(`${trellis}/bundles/new?kind=fixed`);
  const dialog = page.locator('.Polaris-Modal-Dialog');
  // A page that is not awake yet takes no click.
  while (!(await dialog.isVisible())) {
    await page.getByRole('button', { name: 'Choose products', exact: true }).click();
    await page.waitForTimeout(500);
  }
  for (const title of [pair.title, pair.partner]) {
    await dialog.getByRole('textbox').fill(title);
    await row(dialog, title).click();
  }
  await page.getByRole('button', { name: 'Select 2' }).click();
  await page.getByLabel('Title', { exact: true }).fill(bundleTitle);
  await page.getByLabel('Percentage', { exact: true }).fill('15');
  await page.getByText('Price as a bundle').waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL(/bundles\/[0-9a-f-]{36}/);
}

const row = (dialog: Locator, title: string): Locator =>
  dialog.locator('label.Polaris-Choice').filter({ hasText: title }).first();

/** From the product page to the checkout, as a shopper. */
async function shop({ page, site, picture }: WooTour, pair: Pair): Promise<void> {
  do await page.goto(pair.address);
  while (!(await page.getByText(bundleTitle).first().isVisible()));
  await page.getByRole('button', { name: 'Accept' }).click();
  await becomeSeen(page);
  for (const [name, size] of [
    ['woo-product', { height: 920 }],
    ['woo-product-phone', phone],
  ] as const)
    await at(page, size, async () => {
      await showBlocks(page);
      await picture(name);
    });
  await page.locator('[data-trellis=bundle] [data-submit]').first().click();
  await page.waitForURL('**/cart/');
  await page.locator('.cart-discount', { hasText: bundleTitle }).waitFor();
  await at(page, { height: 1_100 }, () => picture('woo-cart'));
  await page.goto(`${site}/checkout/`);
  const fields = { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com' };
  for (const [name, value] of Object.entries(fields)) await page.locator(`#billing_${name}`).fill(value);
  await page.locator('.cart-discount', { hasText: bundleTitle }).waitFor();
  await page.locator('#billing_email').blur();
  await at(page, { height: 940 }, () => picture('woo-checkout'));
  await page.locator('#place_order').click();
  await page.waitForURL('**/order-received/**');
}

/** The blocks from their first heading on, with a little of what stands above. */
function showBlocks(page: Page): Promise<void> {
  return page
    .locator('[data-trellis=together]')
    .first()
    .evaluate((block) => {
      block.scrollIntoView({ block: 'start' });
      window.scrollBy(0, -24);
    });
}

/** Does something in a window of another size. */
async function at(page: Page, size: { width?: number; height: number }, take: () => Promise<void>): Promise<void> {
  const usual = page.viewportSize() ?? { width: 1280, height: 800 };
  await page.setViewportSize({ ...usual, ...size });
  await take();
  await page.setViewportSize(usual);
}

/** Draws another visitor while this one belongs to the share that sees nothing of Trellis. */
export async function becomeSeen(page: Page): Promise<void> {
  for (;;) {
    await page.waitForFunction(() => localStorage.getItem('_trellis_visitor') !== null);
    await page.reload();
    if (await page.evaluate(() => document.documentElement.dataset['trellisHeld'] === undefined)) return;
    await page.evaluate(() => {
      localStorage.removeItem('_trellis_visitor');
    });
    await page.reload();
  }
}
