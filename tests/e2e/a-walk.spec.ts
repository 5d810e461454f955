import type { Page } from '@playwright/test';
import { installApp, switchBlocksOn } from '#tests/e2e/setup/install.ts';
import { pickProducts } from '#tests/e2e/setup/picker.ts';
import { becomeAnybody } from '#tests/e2e/setup/shopper.ts';
import { app, expect, storeUrl, test } from '#tests/e2e/setup/test.ts';

/**
 * The main job, end to end: a merchant installs the app, orders are imported, recommendations are computed and
 * published, a bundle is made in the embedded admin, a shopper sees both in the storefront and buys with the
 * discount, and the order comes back through a webhook and a worker into the merchant's numbers.
 */
test('from install to a shopper’s basket and back into the numbers', async ({ page }) => {
  test.setTimeout(480_000);
  const bundleTitle = 'Better together';

  await test.step('the merchant installs Trellis and watches the import', async () => {
    await installApp(page);
  });

  await test.step('every job of the first start is done and says what it did', async () => {
    await page.goto(`${storeUrl()}/admin/apps/trellis/activity`);
    for (const job of [
      'Import of products, customers and orders',
      'Computing recommendations',
      'Publishing to the store',
    ]) {
      await expect(app(page).getByText(job).first()).toBeVisible();
    }
    await expect(app(page).getByText('Failed', { exact: true }).filter({ visible: true })).toHaveCount(0);
  });

  await test.step('the blocks are switched on in the theme', async () => {
    await switchBlocksOn(page);
  });

  const products = await findSellable(page, 2);
  const [first, second] = [products[0] ?? missing(), products[1] ?? missing()];

  await test.step('a suggestion explains itself', async () => {
    await page.goto(`${storeUrl()}/admin/apps/trellis/recommendations`);
    await expect(app(page).getByText('products on sale have at least 4')).toBeVisible();
    await app(page).getByLabel('Look up a product').fill(first.title);
    await app(page).getByText(first.title, { exact: true }).first().click();
    await expect(app(page).getByText('Bought together')).toBeVisible();
    await expect(
      app(page)
        .getByText(/Bought in the same order|Learnt from whole baskets|Alike in type|Bestsellers/)
        .first(),
    ).toBeVisible();
  });

  await test.step('the merchant makes a bundle of two products at 15 % off', async () => {
    await page.goto(`${storeUrl()}/admin/apps/trellis/bundles/new?kind=fixed`);
    await app(page).getByLabel('Title').fill(bundleTitle);
    await app(page).getByRole('button', { name: 'Choose products' }).click();
    await pickProducts(page, ...products.map(({ title }) => title));
    await app(page).getByLabel('Percentage', { exact: true }).fill('15');
    await expect(app(page).getByText('Price as a bundle')).toBeVisible();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.locator('#save-bar')).toBeHidden();
    await page.goto(`${storeUrl()}/admin/apps/trellis/bundles`);
    await expect(app(page).getByText(bundleTitle).first()).toBeVisible();
  });

  await test.step('the shopper sees the bundle on the product page', async () => {
    await expect(async () => {
      await page.goto(`${storeUrl()}/products/${first.handle}`);
      await expect(page.getByText(bundleTitle).first()).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 120_000 });
    await expect(page.getByText('Often bought together')).toBeVisible();
    await expect(page.getByText(second.title).first()).toBeVisible();
  });

  const shown = await test.step('agrees to be measured and puts the set into the cart', async () => {
    await page.getByRole('button', { name: 'Agree' }).click();
    await becomeAnybody(page);
    const saving = await page
      .getByText(/^Save .*\d/)
      .first()
      .innerText();
    await page.getByRole('button', { name: 'Add set to cart' }).click();
    await page.waitForURL('**/cart');
    await expect(page.getByText(`${bundleTitle} (`).first()).toBeVisible();
    return saving.replace(/[^\d.,]/g, '');
  });

  await test.step('buys with the discount that the page promised', async () => {
    await page
      .getByRole('button', { name: 'Checkout' })
      .or(page.getByRole('link', { name: 'Checkout' }))
      .first()
      .click();
    await expect(page.getByText('Total savings')).toBeVisible();
    await expect(page.getByText(new RegExp(`${shown.replace('.', '\\.')}`)).last()).toBeVisible();
    await page.getByLabel('E-mail').fill('shopper@example.com');
    await page.getByLabel('First name').fill('Ada');
    await page.getByLabel('Last name').fill('Lovelace');
    await page.getByLabel('Street and number').fill('1 Main Street');
    await page.getByLabel('Postcode').fill('10115');
    await page.getByLabel('City').fill('Berlin');
    await page.getByLabel('Card number (Bogus gateway)').fill('1');
    await page.getByRole('button', { name: 'Pay now' }).click();
    await expect(page.getByText(/thank you/i).first()).toBeVisible();
  });

  await test.step('the order comes back into the merchant’s numbers', async () => {
    await expect(async () => {
      await page.goto(`${storeUrl()}/admin/apps/trellis`);
      await expect(app(page).getByText('Your numbers')).toBeVisible({ timeout: 10_000 });
      await expect(app(page).getByText(bundleTitle).first()).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 120_000 });
    await expect(app(page).getByText('of revenue, 1 order')).toBeVisible();
    // All four steps are ticked, so the guide has said what it had to say.
    await expect(app(page).getByText('2 of 4 steps done')).toHaveCount(0);
  });
});

interface SellableProduct {
  readonly handle: string;
  readonly title: string;
}

/** Products that a shopper can buy now, from the storefront's own list. */
async function findSellable(page: Page, count: number): Promise<SellableProduct[]> {
  await page.goto(`${storeUrl()}/collections/all`);
  const links = await page
    .locator('main a[href^="/products/"]')
    .evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute('href') ?? ''));
  const found: SellableProduct[] = [];
  for (const link of new Set(links)) {
    await page.goto(`${storeUrl()}${link}`);
    const title = await page.getByRole('heading', { level: 1 }).innerText();
    if (await page.getByRole('button', { name: 'Add to cart' }).first().isEnabled())
      found.push({ handle: link.split('/').at(-1) ?? '', title });
    if (found.length === count) return found;
  }
  throw new Error('The store has too few products to buy.');
}

function missing(): never {
  throw new Error('The store has too few products to buy.');
}
