import type { Page } from '@playwright/test';
import { expectCornerCoversNothing } from '#tests/e2e/setup/corner-button.ts';
import { layoutShifts } from '#tests/e2e/setup/layout-shift.ts';
import { expect, storeUrl, test } from '#tests/e2e/setup/test.ts';
import { expectAccessible, openTrellis, switchLoyaltyOn, wooUrl } from '#tests/e2e/setup/woo-store.ts';

const rewards = (): string => `${wooUrl()}/?trellis_page=rewards`;

/** A page that is left, or a session that is ended, takes a save with it that is still on its way. */
async function save(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Save', exact: true });
  await button.click({ timeout: 10_000 });
  await expect(button).toBeHidden();
}

/** Both stores have the same past, and the other one lists its customers. */
async function customers(page: Page): Promise<string[]> {
  await page.goto(`${storeUrl()}/account`);
  return page.locator('.people [name=email]').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
}

const logIn = (page: Page, email: string) =>
  page.request.post(`${wooUrl()}/my-account/`, { form: { username: email } });

/** Puts a product that can be bought into the cart. */
async function fillCart(page: Page): Promise<void> {
  await page.goto(`${wooUrl()}/shop/`);
  const products = await page
    .locator('ul.products a')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
  const add = page.getByRole('button', { name: 'Add to cart', exact: true }).first();
  for (const product of products) {
    await page.goto(product);
    if (await add.isVisible()) break;
  }
  await page.getByLabel('Quantity').first().fill('5');
  await add.click();
  await page.waitForURL('**/cart/');
}

test('friends in a WooCommerce store: the invitation, a friend who buys by a link, and the reward that waits', async ({
  page,
  browser,
}) => {
  const who = Date.now().toString(36);
  const trellis = await openTrellis(page);
  const [advocate = ''] = await customers(page);

  const code = await test.step('the programme is switched on, and a customer finds the own link', async () => {
    const on = page.getByLabel('Customers can recommend the store');
    await expect(async () => {
      await page.goto(`${trellis}/referrals/programme`);
      if (await on.isChecked()) return;
      // A page that is not awake yet takes no click.
      await expect(page.getByText('What it would have cost')).toBeVisible();
      await on.check({ force: true });
      // Who logs in below must not be one of them.
      await page.getByLabel('Customers who are not asked').fill('');
      await save(page);
      throw new Error('whether it was saved says the page anew');
    }).toPass();
    await logIn(page, advocate);
    await expect(async () => {
      await page.goto(rewards());
      await expect(page.getByLabel('Your link')).toBeVisible({ timeout: 1_000 });
    }).toPass();
    return new URL(await page.getByLabel('Your link').inputValue()).searchParams.get('code') ?? '';
  });

  await test.step('the invitation says what friends get', async () => {
    const stranger = await browser.newContext({ locale: 'en-US' });
    const invited = await stranger.newPage();
    await invited.goto(`${wooUrl()}/?trellis_page=refer&code=${code}`);
    await expect(invited.getByText('10% off your first order')).toBeVisible();
    await expectAccessible(invited);
    await invited.getByRole('link', { name: 'Start shopping' }).click();
    await invited.waitForURL('**/shop/');
    await stranger.close();
  });

  await test.step('a friend comes by ?ref= to any page, and buys with the friends’ offer', async () => {
    const friend = await browser.newContext({ locale: 'en-US' });
    const theirs = await friend.newPage();
    await theirs.goto(`${wooUrl()}/shop/?ref=${code}`);
    await fillCart(theirs);
    // The store has the code as soon as a job has made it there.
    await expect(async () => {
      await theirs.goto(`${wooUrl()}/checkout/`);
      await expect(theirs.locator('.cart-discount', { hasText: `Coupon: ${code}` })).toBeVisible({ timeout: 500 });
    }).toPass();
    await theirs.locator('#billing_first_name').fill('Torvald');
    await theirs.locator('#billing_last_name').fill('Lund');
    await theirs.locator('#billing_email').fill(`friend-${who}@example.org`);
    await theirs.locator('#place_order').click();
    await theirs.waitForURL('**/order-received/**');
    await friend.close();
  });

  await test.step('the reward waits, and the customer sees it without a name', async () => {
    await expect(async () => {
      await page.goto(rewards());
      const friend = page.getByRole('listitem').filter({ hasText: 'Friend 1' });
      await expect(friend.getByText(/on its way|being checked/)).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 90_000 });
    await expect(page.getByText('Torvald')).toHaveCount(0);
  });
});

test('an offer of one’s own, products for members and the button in the corner, in a WooCommerce store', async ({
  page,
}) => {
  const trellis = await openTrellis(page);
  const emails = await customers(page);

  await test.step('an offer is found among the rewards, and takes its part off', async () => {
    await page.goto(`${trellis}/personal-offers`);
    await page.getByRole('link', { name: 'Use “Win back”' }).click();
    await expect(page.getByText('Whom it reaches')).toBeVisible();
    await page.getByLabel('Sizes to compare').fill('10');
    const segments = page.getByRole('group', { name: 'Segments' }).getByRole('checkbox');
    for (const segment of await segments.all()) await segment.check({ force: true });
    await save(page);
    await page.getByRole('button', { name: 'Switch on' }).click();
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
    const offer = page.getByRole('region', { name: 'Offers for you' });
    await expect(async () => {
      for (const email of emails.slice(0, 8)) {
        await logIn(page, email);
        await page.goto(rewards());
        if ((await offer.count()) > 0) break;
      }
      expect(await offer.count()).toBe(1);
    }).toPass();
    await fillCart(page);
    await page.goto(rewards());
    await offer.getByRole('link', { name: 'Use it now' }).first().click();
    await page.waitForURL('**/cart/');
    await expect(page.locator('.cart-discount', { hasText: 'Coupon' })).toBeVisible();
  });

  await test.step('the button in the corner opens its panel, which leads to the rewards', async () => {
    await switchLoyaltyOn(page, trellis);
    await page.goto(`${wooUrl()}/wp-admin/admin.php?page=trellis`);
    await page.getByRole('checkbox', { name: /^A button in the corner/ }).check();
    await page.getByRole('button', { name: 'Save settings' }).click();
    await expect(page.getByText('Settings saved.')).toBeVisible();
    const launcher = page.locator('.trellis-launcher');
    await page.goto(`${wooUrl()}/shop/`);
    await page.locator('ul.products a').first().click();
    await expect(async () => {
      await page.reload();
      await expect(launcher).toBeVisible({ timeout: 1_000 });
    }).toPass();
    expect(await layoutShifts(page)).toEqual([]);
    await expectAccessible(page);
    await expectCornerCoversNothing(page);
    await launcher.locator('summary').press('Enter');
    await expect(launcher.getByRole('heading', { name: 'How to earn points' })).toBeVisible();
    await expectAccessible(page);
    await launcher.getByRole('link', { name: 'All rewards, codes and history' }).click();
    await page.waitForURL('**/?trellis_page=rewards');
  });

  await test.step('it asks who does not take part yet, names the levels to guests, and knows who has joined', async () => {
    const launcher = page.locator('.trellis-launcher');
    await page.goto(`${wooUrl()}/shop/`);
    const product = await page.locator('ul.products a').first().getAttribute('href');
    const open = async (): Promise<void> => {
      await page.goto(`${wooUrl()}${new URL(product ?? '', wooUrl()).pathname}`);
      if ((await launcher.count()) > 0) await launcher.locator('summary').press('Enter');
    };
    await page.goto(`${storeUrl()}/account`);
    const known = await page
      .locator('#known-customers option')
      .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    // None of those who joined or bought in an earlier journey.
    for (const email of known.slice(8, 30)) {
      await logIn(page, email);
      await open();
      // Some belong to the group that sees no programme.
      if ((await launcher.count()) > 0) break;
    }
    await expect(launcher.getByText('You take part from your next order on.')).toBeVisible();
    await expect(launcher.getByRole('heading', { name: 'Levels' })).toBeVisible();
    await expectAccessible(page);
    await launcher.getByRole('link', { name: 'Join now' }).click();
    await page.waitForURL('**/?trellis_page=rewards');
    await page.getByRole('button', { name: 'Join now' }).click();
    await expect(async () => {
      await open();
      await expect(launcher.getByText(/^Your balance/)).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 90_000 });
    await expect(launcher.getByRole('heading', { name: 'Levels' })).toHaveCount(0);
    await page.context().clearCookies();
    await open();
    await expect(launcher.getByRole('link', { name: 'Create an account' })).toBeVisible();
    await expect(launcher.getByRole('heading', { name: 'Levels' })).toBeVisible();
    await openTrellis(page);
  });

  await test.step('a product for members says so to guests, who cannot buy it', async () => {
    await page.goto(`${trellis}/loyalty/programme`);
    const rows = page.locator('.Polaris-Modal-Dialog label.Polaris-Choice');
    const choose = page.getByRole('button', { name: 'Choose products' });
    await expect(async () => {
      if (!(await choose.isVisible()))
        await page.getByRole('button', { name: 'Add products for members' }).click({ timeout: 2_000 });
      await expect(choose).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await page.getByLabel('From the tier').selectOption({ label: 'Gold' });
    await choose.click();
    const name = (await rows.first().innerText()).trim();
    const chosen = page.getByRole('checkbox', { name, exact: true }).first();
    // The list may come anew between reading and clicking.
    await expect(async () => {
      if (!(await chosen.isChecked())) await rows.getByText(name, { exact: true }).first().click({ timeout: 2_000 });
      await expect(chosen).toBeChecked({ timeout: 2_000 });
    }).toPass();
    await page.getByRole('button', { name: 'Select 1' }).click();
    await save(page);
    await page.context().clearCookies();
    await expect(async () => {
      await page.goto(`${wooUrl()}/shop/?s=${encodeURIComponent(name)}`);
      await page
        .locator('ul.products a')
        .filter({ has: page.getByRole('heading', { name, exact: true }) })
        .click();
      await expect(page.getByText('Reserved for members: Gold.')).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 90_000 });
    const add = page.getByRole('button', { name: 'Add to cart', exact: true });
    await expect(add).toHaveCount(0);
    await expectAccessible(page);
    const product = page.url();

    // Everybody can have it again.
    await openTrellis(page);
    const remove = page.getByRole('button', { name: 'Remove Products for members 1' });
    await expect(async () => {
      await page.goto(`${trellis}/loyalty/programme`);
      await expect(page.getByRole('button', { name: 'Add products for members' })).toBeVisible();
      if ((await remove.count()) === 0) return;
      await remove.click({ timeout: 2_000 });
      await save(page);
      throw new Error('whether it was saved says the page anew');
    }).toPass();
    await expect(async () => {
      await page.goto(product);
      await expect(add).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 90_000 });
  });
});
