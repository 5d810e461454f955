import type { Page } from '@playwright/test';
import { expect, storeUrl, test } from '#tests/e2e/setup/test.ts';
import { expectAccessible, openTrellis, switchLoyaltyOn, wooUrl } from '#tests/e2e/setup/woo-store.ts';

const rewards = (): string => `${wooUrl()}/?trellis_page=rewards`;

/** Logs customers in, one after the other, until one takes part: some belong to the group that sees no programme. */
async function becomeMember(page: Page, emails: readonly string[]): Promise<string> {
  for (const email of emails) {
    await page.goto(`${wooUrl()}/my-account/`);
    const out = page.getByRole('button', { name: 'Log out' });
    if (await out.isVisible()) await out.click();
    await page.getByLabel('Email address').fill(email);
    await page.getByRole('button', { name: 'Log in' }).click();
    if (!(await out.isVisible())) continue;
    await page.goto(rewards());
    if ((await page.getByText('How to earn points').count()) === 0) continue;
    const join = page.getByRole('button', { name: 'Join now' });
    if (await join.isVisible()) await join.click();
    await expect(page.getByText('Your balance')).toBeVisible();
    return email;
  }
  throw new Error('nobody takes part');
}

test('points of a WooCommerce store: the programme, a reward in the cart, paid with, and what the order brings', async ({
  page,
}) => {
  const trellis = await openTrellis(page);

  await test.step('the merchant begins with a good default and switches it on', async () => {
    await switchLoyaltyOn(page, trellis);
    await expect(page.getByText('Expected liability')).toBeVisible();
    await expectAccessible(page);
  });

  const email = await test.step('a customer finds the page of rewards and takes part', async () => {
    // Both stores have the same past, and this one lists its customers.
    await page.goto(`${storeUrl()}/account`);
    const emails = await page
      .locator('.people [name=email]')
      .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
    const found = await becomeMember(page, emails);
    await expectAccessible(page);
    return found;
  });

  await test.step('and gets points by hand', async () => {
    await page.goto(`${trellis}/loyalty/members?search=${encodeURIComponent(email)}`);
    await page.getByRole('link', { name: /^\d+$/ }).first().click();
    await expect(async () => {
      await page.getByLabel('Points', { exact: true }).fill('5000');
      await page.getByLabel('Why').fill('a gift');
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByText('a gift').first()).toBeVisible({ timeout: 5_000 });
    }).toPass();
  });

  await test.step('reads on a product’s page what it brings', async () => {
    await page.goto(`${wooUrl()}/shop/`);
    const products = await page
      .locator('ul.products a')
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
    const earn = page.getByText(/Earn \d+ points with this product/);
    const add = page.getByRole('button', { name: 'Add to cart', exact: true }).first();
    await expect(async () => {
      for (const product of products) {
        await page.goto(product);
        if ((await earn.isVisible()) && (await add.isVisible())) return;
      }
      throw new Error('no product brings points');
    }).toPass();
    await expectAccessible(page);
    // Whichever product it is, the cart reaches what the rewards ask for.
    const [price = '1'] =
      /\d+(\.\d+)?/.exec((await page.locator('.price').first().innerText()).replaceAll(',', '')) ?? [];
    await page
      .getByLabel('Quantity')
      .first()
      .fill(String(Math.max(20, Math.ceil(100 / Number(price)))));
    await add.click();
    await page.waitForURL('**/cart/');
  });

  await test.step('goes from the cart to the rewards, and a code comes along', async () => {
    const usePoints = page.getByRole('link', { name: 'Use your points for this order' });
    await usePoints.click();
    // The store was connected a minute ago, and its suggestions may still be computed.
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole('heading', { name: 'Picked for you' })).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await page
      .getByRole('button', { name: /^Add to cart: / })
      .first()
      .click();
    await page.waitForURL('**/cart/');
    await usePoints.click();
    await page
      .getByRole('button', { name: /^Redeem/ })
      .first()
      .click();
    await page.waitForURL('**/cart/');
    await expect(page.locator('.cart-discount', { hasText: 'Coupon' })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('uses points at the checkout as well, pays, and reads what the order brings', async () => {
    await page.goto(`${wooUrl()}/checkout/`);
    await expect(page.getByText(/You have [\d,]+ points\./)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Use your points for this order' }).click();
    await page
      .getByRole('button', { name: /^Redeem/ })
      .first()
      .click();
    await page.waitForURL('**/checkout/');
    await expect(page.locator('.cart-discount', { hasText: 'Coupon' })).toBeVisible();
    await page.locator('#place_order').click();
    await page.waitForURL('**/order-received/**');
    await expect(
      page
        .locator('.trellis-points')
        .getByText(/points/)
        .first(),
    ).toBeVisible();
    // The order comes back by webhook.
    await expect(async () => {
      await page.goto(rewards());
      await expect(page.getByText('used', { exact: true }).first()).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 90_000 });
  });
});
