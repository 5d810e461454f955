import { AxeBuilder } from '@axe-core/playwright';
import { app, expect, storeUrl, test } from '#tests/e2e/setup/test.ts';

const admin = (path = '') => `${storeUrl()}/admin/apps/trellis/referrals${path}`;

test('a customer’s link brings a friend, and the reward follows the order', async ({ page, browser }) => {
  const who = Date.now().toString(36);

  await test.step('the merchant looks at the cost and switches the programme on', async () => {
    await page.goto(admin('/programme'));
    await expect(app(page).getByText('What it would have cost')).toBeVisible();
    await app(page).getByLabel('Customers can recommend the store').check({ force: true });
    // Who logs in below must not be one of them.
    await app(page).getByLabel('Customers who are not asked').fill('');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await page.goto(admin());
    await expect(app(page).getByText('Friends get 10% off')).toBeVisible();
  });

  const link = await test.step('a customer finds the own link', async () => {
    await page.goto(`${storeUrl()}/account`);
    await page.locator('.people button').first().click();
    await page.waitForURL('**/account');
    await page.goto(`${storeUrl()}/apps/trellis/rewards`);
    return page.getByLabel('Your link').inputValue();
  });

  await test.step('a friend opens it and buys', async () => {
    const friend = await browser.newContext({ locale: 'en-US' });
    const theirs = await friend.newPage();
    await theirs.goto(new URL(new URL(link).pathname, storeUrl()).href);
    await expect(theirs.getByText('10% off your first order')).toBeVisible();
    const { violations } = await new AxeBuilder({ page: theirs }).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    await theirs.getByRole('link', { name: 'Start shopping' }).click();
    await theirs.waitForURL('**/collections/**');
    const products = await theirs
      .locator('main .card a')
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
    const add = theirs.getByRole('button', { name: 'Add to cart' }).first();
    // What is sold out is passed over.
    for (const product of products) {
      await theirs.goto(product);
      if ((await add.count()) > 0 && (await add.isEnabled())) break;
    }
    await add.click();
    await theirs.waitForURL('**/cart');
    // The store has the code as soon as a job has made it there.
    const code = new URL(link).pathname.split('/').at(-1) ?? '';
    await expect(async () => {
      await theirs.goto(`${storeUrl()}/checkout`);
      await expect(theirs.getByText(code, { exact: true })).toBeVisible({ timeout: 500 });
    }).toPass();
    const values = {
      email: `friend-${who}@example.org`,
      first_name: 'Torvald',
      last_name: 'Lund',
      address: `Hafenweg ${who}7`,
      zip: '20457',
      city: 'Hamburg',
    };
    for (const [name, value] of Object.entries(values)) await theirs.locator(`[name=${name}]`).fill(value);
    await theirs.locator('form[action="/checkout"] button').last().click();
    await theirs.waitForURL('**/thank-you/**');
    await friend.close();
  });

  await test.step('the reward is pending, and the customer sees it without a name', async () => {
    await expect(async () => {
      await page.goto(`${storeUrl()}/apps/trellis/rewards`);
      await expect(page.getByRole('listitem').filter({ hasText: 'Friend 1' }).getByText('on its way')).toBeVisible({
        timeout: 500,
      });
    }).toPass();
    await expect(page.getByText('Torvald')).toHaveCount(0);
    await expect(
      page
        .getByRole('listitem')
        .filter({ hasText: 'Friend 1' })
        .getByText(/due on \w+ \d+, \d{4}/),
    ).toBeVisible();
    await expect(page.getByRole('progressbar', { name: '1 of 5 friends' })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('.trellis-rewards').analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  });

  await test.step('the merchant reads why, denies it and takes that back', async () => {
    await page.goto(admin());
    await app(page).getByRole('link', { name: /^\d+$/ }).first().click();
    await expect(app(page).getByText('Nothing speaks against it.').first()).toBeVisible();
    await app(page)
      .getByRole('button', { name: /^Deny: order/ })
      .click();
    await expect(app(page).getByText('You decided: deny')).toBeVisible();
    await app(page)
      .getByRole('button', { name: /^Take your decision back/ })
      .click();
    await expect(app(page).getByText('You decided: deny')).toHaveCount(0);
    const { violations } = await new AxeBuilder({ page }).include(['#app-frame', 'body']).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  });
});
