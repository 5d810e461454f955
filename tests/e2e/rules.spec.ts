import { AxeBuilder } from '@axe-core/playwright';
import { takeRefusal } from '#tests/e2e/setup/refusal.ts';
import { app, expect, storeUrl, test } from '#tests/e2e/setup/test.ts';

const admin = (path: string): string => `${storeUrl()}/admin/apps/trellis${path}`;

test('rules are made, put into order, switched off and deleted, and the page shows what they change', async ({
  page,
  consoleErrors,
}) => {
  const mark = Date.now().toString(36);
  const field = (label: string) => app(page).getByLabel(label, { exact: true });
  const create = async (title: string, fill: () => Promise<void>): Promise<void> => {
    await page.goto(admin('/recommendations/rules/new'));
    await field('Title').fill(title);
    await fill();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page).toHaveURL(/\/recommendations\/rules$/);
    await expect(app(page).getByRole('link', { name: title })).toBeVisible();
  };
  const [pin, bury] = [`Pin ${mark}`, `Bury ${mark}`];

  await test.step('what is wrong is said at the field', async () => {
    await page.goto(admin('/recommendations/rules/new'));
    await field('Title').fill('Nothing chosen');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(app(page).getByText('Choose at least one product')).toBeVisible();
    await takeRefusal(consoleErrors);
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  await test.step('two rules', async () => {
    await create(pin, async () => {
      await app(page).getByRole('button', { name: 'Choose products: Which products' }).click();
      await page.locator('#picker-list label:not(.variant) input').first().check();
      await page.getByRole('button', { name: 'Select', exact: true }).click();
    });
    await create(bury, async () => {
      await app(page).getByText('Bury', { exact: true }).click();
      await field('Which products').selectOption('price');
      await field('Up to').fill('20');
    });
    const { violations } = await new AxeBuilder({ page }).include(['#app-frame', 'body']).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  });

  const titles = app(page).locator('.rule-row .row-link');
  await test.step('the second goes first, by keyboard', async () => {
    await app(page)
      .getByRole('button', { name: `Move ${bury} up` })
      .focus();
    const before = await titles.allInnerTexts();
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await titles.allInnerTexts()).indexOf(bury)).toBe(before.indexOf(bury) - 1);
  });

  await test.step('one is switched off', async () => {
    await app(page)
      .getByRole('button', { name: `Switch ${bury} off` })
      .click();
    await expect(app(page).getByRole('button', { name: `Switch ${bury} on` })).toBeVisible();
  });

  await test.step('the preview shows the pinned product first', async () => {
    await page.goto(`${storeUrl()}/collections/all`);
    await page.locator('main .card a').first().click();
    const product = await page.getByRole('heading', { level: 1 }).innerText();
    await page.goto(admin(`/recommendations/rules?${new URLSearchParams({ search: product }).toString()}`));
    await app(page).getByRole('link', { name: product, exact: true }).first().click();
    await expect(app(page).getByText('With your rules').first()).toBeVisible();
  });

  await test.step('both are deleted', async () => {
    for (const title of [pin, bury]) {
      await app(page)
        .getByRole('button', { name: `Delete ${title}` })
        .click();
      await app(page).getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
      await expect(app(page).getByRole('link', { name: title })).toHaveCount(0);
    }
  });
});

for (const path of ['/recommendations/rules', '/recommendations/rules/new', '/recommendations/backtest']) {
  test(`${path}: as wide as a phone`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(admin(path));
    await expect(app(page).getByRole('heading', { level: 1 })).toBeVisible();
    const wide = await app(page)
      .locator('html')
      .evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });
}

test('the aim of suggestions is saved', async ({ page }) => {
  await page.goto(admin('/recommendations/rules'));
  for (const [aim, other] of [
    ['Margin', 'Clicks'],
    ['Clicks', 'Margin'],
  ] as const) {
    await app(page).getByText(aim, { exact: true }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.locator('#save-bar')).toBeHidden();
    await page.reload();
    await expect(app(page).getByRole('radio', { name: aim })).toBeChecked();
    await expect(app(page).getByRole('radio', { name: other })).not.toBeChecked();
  }
});

test('a cart is put together from what was looked up, and each of its suggestions says why', async ({ page }) => {
  await page.goto(admin('/recommendations'));
  const tried = app(page).locator('.Polaris-ShadowBevel', { hasText: 'What a cart is shown' });
  const suggested = tried.locator('ol > li');
  await expect(tried.getByText('add it to the cart')).toBeVisible();
  await app(page).getByLabel('Look up a product').fill('heart');
  const add = app(page).getByRole('button', { name: /^Add .+ to the cart$/ });
  await add.first().click();
  await expect(suggested.first()).toBeVisible();
  await expect(app(page).getByRole('button', { name: /is in the cart$/ })).toHaveCount(1);
  const alone = await suggested.allInnerTexts();
  await add.first().click();
  const out = tried.getByRole('button', { name: /^Take .+ out of the cart$/ });
  await expect(out).toHaveCount(2);
  expect(await suggested.allInnerTexts()).not.toEqual(alone);
  await expect(suggested.filter({ hasText: /orders? with “/ }).first()).toBeVisible();
  // The address holds the cart.
  await page.reload();
  await expect(out).toHaveCount(2);
  const { violations } = await new AxeBuilder({ page }).include(['#app-frame', 'body']).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  await out.first().click();
  await expect(out).toHaveCount(1);
  await out.first().click();
  await expect(tried.getByText('add it to the cart')).toBeVisible();
});

test('recommendations are tested on past orders while the merchant watches', async ({ page }) => {
  await page.goto(admin('/recommendations/backtest'));
  await app(page)
    .getByRole('button', { name: /Run the test|Test again/ })
    .first()
    .click();
  await expect(app(page).getByText('Test on past orders', { exact: true }).first()).toBeVisible();
  await expect(app(page).getByText(/one of its 10 suggestions was bought/)).toBeVisible({ timeout: 100_000 });
  await expect(app(page).getByText('95% intervals')).toBeVisible();
  await app(page).getByRole('tab', { name: 'What a customer buys next' }).click();
  await expect(app(page).getByText('orders of customers who came back')).toBeVisible();
  const download = page.waitForEvent('download');
  await app(page).getByRole('button', { name: 'Download CSV' }).click();
  expect((await download).suggestedFilename()).toBe('recommendations-on-past-orders.csv');
});
