import type { Page } from '@playwright/test';
import { app, expect, storeUrl, test } from '#tests/e2e/setup/test.ts';
import { openTrellis, wooUrl } from '#tests/e2e/setup/woo-store.ts';

const title = 'Woo breakfast';

/** Visitors are measured once the merchant has chosen how they are asked. */
async function followConsentTool(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Accept' })).toHaveCount(0);
  await page.goto(`${wooUrl()}/wp-admin/admin.php?page=trellis`);
  await page.getByRole('radio', { name: /^Follow my consent tool/ }).check();
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByText('Settings saved.')).toBeVisible();
}

/** Opens the first product that shows what it is bought together with. */
async function openProductWithBlock(page: Page): Promise<void> {
  await expect(async () => {
    await page.goto(`${wooUrl()}/shop/`);
    await page.locator('ul.products a').first().click();
    await expect(page.locator('[data-trellis=together]')).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 200_000 });
}

test('from connecting to numbers: suggestions, a bundle, a checkout with its discount, and the order that comes back', async ({
  page,
}) => {
  await openTrellis(page);
  await openProductWithBlock(page);
  await followConsentTool(page);

  await page.goto(`${await openTrellis(page)}/bundles/new?kind=fixed`);
  const rows = page.locator('.Polaris-Modal-Dialog label.Polaris-Choice');
  // A page that is not awake yet takes no click.
  await expect(async () => {
    if (!(await rows.first().isVisible()))
      await page.getByRole('button', { name: 'Choose products', exact: true }).click({ timeout: 2_000 });
    await expect(rows.first()).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await rows.nth(0).click();
  await rows.nth(1).click();
  const name = (await rows.nth(0).innerText()).trim();
  await page.getByRole('button', { name: 'Select 2' }).click();
  await page.getByLabel('Title', { exact: true }).fill(title);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL(/bundles\/[0-9a-f-]{36}/);

  await page.goto(`${wooUrl()}/shop/?s=${encodeURIComponent(name)}`);
  await page.locator('ul.products a').first().click();
  const bundle = page.locator('[data-trellis=bundle]', { hasText: title });
  await expect(async () => {
    await page.reload();
    await expect(bundle).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Accept' }).click();
  await bundle.locator('[data-submit]').first().click();
  await page.waitForURL('**/cart/');
  await expect(page.locator('.cart-discount', { hasText: title })).toBeVisible();

  await page.goto(`${wooUrl()}/checkout/`);
  await page.locator('#billing_first_name').fill('Olga');
  await page.locator('#billing_last_name').fill('Ferber');
  await page.locator('#billing_email').fill('shopper@example.com');
  await expect(page.locator('.cart-discount', { hasText: title })).toBeVisible();
  await page.locator('#place_order').click();
  await page.waitForURL('**/order-received/**');

  // By webhook and worker back to Trellis, and from there to the plugin's page.
  await expect(async () => {
    await page.goto(`${wooUrl()}/wp-admin/admin.php?page=trellis`);
    await expect(page.getByText('1 order in the last 30 days')).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
});

test('a merchant with a store on each platform sees both, strictly apart', async ({ page, browser }) => {
  const trellis = await openTrellis(page);
  await page.goto(`${trellis}/settings`);
  await expect(page.getByText(new URL(wooUrl()).host).first()).toBeVisible();
  // The page that lists it here is the one that must not there.
  await page.goto(`${trellis}/bundles`);
  await expect(page.getByText(title).first()).toBeVisible();
  // Each store's pages speak in its own words.
  await page.goto(`${trellis}/bundles/new?kind=quantity-breaks`);
  await expect(page.getByText('Choose products or whole categories.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Choose categories' })).toHaveText('Categories');
  const other = await browser.newPage();
  const shopify = `${storeUrl()}/admin/apps/trellis`;
  const theirs = 'Shopify supper';
  await other.goto(`${shopify}/bundles/new?kind=fixed`);
  await app(other).getByLabel('Title').fill(theirs);
  await app(other).getByRole('button', { name: 'Choose products' }).click();
  for (const at of [0, 1]) await other.locator('#picker-list input').nth(at).check();
  await other.getByRole('button', { name: 'Select', exact: true }).click();
  await other.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(other.locator('#save-bar')).toBeHidden();
  // What either has made is in its own list and not in the other's.
  await other.goto(`${shopify}/bundles`);
  const own = app(other).locator('a[href*="/bundles/"]', { hasText: theirs }).first();
  await expect(own).toBeVisible();
  await expect(app(other).getByText(title)).toHaveCount(0);
  await page.goto(`${trellis}/bundles`);
  await expect(page.getByText(title).first()).toBeVisible();
  await expect(page.getByText(theirs)).toHaveCount(0);
  // Nor is it found by its address, with the cookie of a merchant who is signed in.
  const id = /[0-9a-f-]{36}/.exec((await own.getAttribute('href')) ?? '')?.[0] ?? '';
  const address = await page.locator('a[href*="/bundles/"]', { hasText: title }).first().getAttribute('href');
  const statusOf = async (path: string) => (await page.request.get(new URL(path, trellis).href)).status();
  expect([await statusOf(address ?? ''), await statusOf(`/bundles/${id}`)]).toEqual([200, 404]);
  // Each names its own store and not the other.
  await other.goto(`${shopify}/settings`);
  await expect(app(other).getByRole('heading', { name: 'Settings' }).first()).toBeVisible();
  await expect(app(other).getByText(new URL(wooUrl()).host)).toHaveCount(0);
  await page.goto(`${trellis}/settings`);
  await expect(page.getByText(new URL(wooUrl()).host).first()).toBeVisible();
  await expect(page.getByText(/myshopify\.com/)).toHaveCount(0);
  await other.close();
});
