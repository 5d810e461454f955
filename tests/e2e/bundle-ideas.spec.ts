import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { app, expect, storeUrl, test } from './setup/test.ts';

const admin = (path: string): string => `${storeUrl()}/admin/apps/trellis${path}`;

async function expectAccessible(page: Page, ...parts: string[]): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(parts).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

async function expectFits(page: Page): Promise<void> {
  const tooWide = await app(page)
    .locator('html')
    .evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(tooWide).toBeLessThanOrEqual(0);
}

test('from "what should I bundle?" to a live bundle that is measured, on a desktop and as wide as a phone', async ({
  page,
}) => {
  await page.goto(admin('/bundle-ideas'));
  const start = app(page)
    .getByRole('button', { name: /Find bundle ideas|Search again/ })
    .first();
  await expect(start).toBeEnabled({ timeout: 60_000 });
  await start.click();
  await expect(app(page).getByText('a pair had to be in')).toBeVisible({ timeout: 90_000 });
  await expectAccessible(page, '#app-frame', 'body');

  const first = app(page).locator('.row-link').first();
  const title = await first.innerText();
  await test.step('an idea is dismissed and brought back', async () => {
    await app(page)
      .getByRole('button', { name: `Dismiss ${title}`, exact: true })
      .click();
    await expect(app(page).getByRole('link', { name: title, exact: true })).toHaveCount(0);
    await app(page)
      .getByRole('tab', { name: /Dismissed/ })
      .click();
    await app(page)
      .getByRole('button', { name: `Bring back ${title}`, exact: true })
      .click();
    await expect(app(page).getByText('Nothing here')).toBeVisible();
    await app(page)
      .getByRole('tab', { name: /^Ideas/ })
      .click();
  });

  await test.step('the list is exported', async () => {
    const saved = page.waitForEvent('download');
    await app(page).getByRole('button', { name: 'Export the list as CSV' }).click();
    expect((await saved).suggestedFilename()).toBe('bundle-ideas.csv');
  });

  await test.step('one idea explains itself and becomes a draft, without a mouse', async () => {
    await app(page).getByRole('link', { name: title, exact: true }).press('Enter');
    await expect(app(page).getByText('Why these products')).toBeVisible();
    await expectAccessible(page, '#app-frame', 'body');
    const slider = app(page).getByRole('slider', { name: 'Discount' });
    const before = Number(await slider.inputValue());
    await slider.press('ArrowLeft');
    await expect(app(page).getByRole('button', { name: `Create draft at ${String(before - 1)}% off` })).toBeEnabled();
    await page.setViewportSize({ width: 390, height: 844 });
    await expectFits(page);
    await page.goto(admin('/bundle-ideas'));
    await expect(app(page).getByText('a pair had to be in')).toBeVisible();
    await expectFits(page);
    await page.setViewportSize({ width: 1280, height: 900 });
    await app(page).getByRole('link', { name: title, exact: true }).click();
    await app(page)
      .getByRole('button', { name: /^Create draft at/ })
      .press('Enter');
    await expect(app(page).getByText('What you offer')).toBeVisible();
    await expect(app(page).getByText('Not shown in the store.')).toBeVisible();
  });

  const save = async () => {
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.locator('#save-bar')).toBeHidden();
  };
  await test.step('it goes live', async () => {
    await expect(app(page).getByText('Does it earn more?')).toHaveCount(0);
    await app(page).getByLabel('Status', { exact: true }).selectOption('active');
    await save();
    await expect(app(page).getByText('Shown in the store within its dates.')).toBeVisible();
  });

  const bundle = page.url().split('/').pop() ?? '';
  await test.step('and is measured, with nothing to fill in', async () => {
    await app(page).getByRole('link', { name: 'Find out what it earns' }).click();
    await expect(app(page).getByLabel('What do you want to test?', { exact: true })).toHaveValue(`bundle:${bundle}`);
    await expect(app(page).getByLabel('What version B changes', { exact: true })).toHaveValue('hide');
    await expectAccessible(page, '#app-frame', 'body');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page).toHaveURL(/\/experiments\/[0-9a-f-]{36}$/);
    await app(page).getByRole('button', { name: 'Start', exact: true }).click();
    await app(page).getByRole('dialog').getByRole('button', { name: 'Start', exact: true }).click();
    await expect(app(page).getByText('Waiting for visitors')).toBeVisible();
    await page.goto(admin(`/bundles/${bundle}`));
    await expect(app(page).getByText('Does it earn more?')).toHaveCount(0);
    await app(page).getByRole('link', { name: 'Open the experiment' }).click();
  });

  await test.step('and ended, so that the store is as it was', async () => {
    await expect(app(page).getByText('Waiting for visitors')).toBeVisible();
    // Beside a long title the page keeps it in a menu, once it has measured itself.
    const menu = app(page).getByRole('button', { name: 'More actions' });
    const stop = app(page).getByRole('button', { name: 'Stop', exact: true });
    const inMenu = app(page).getByRole('menuitem', { name: 'Stop', exact: true });
    await expect(async () => {
      if (await menu.isVisible()) await menu.click({ timeout: 2_000 });
      await stop.or(inMenu).first().click({ timeout: 2_000 });
      await expect(app(page).getByRole('dialog')).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 60_000 });
    await app(page).getByRole('dialog').getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(app(page).getByText('Stopped', { exact: true })).toBeVisible();
    await page.goto(admin(`/bundles/${bundle}`));
    await app(page).getByLabel('Status', { exact: true }).selectOption('paused');
    await save();
  });
});

test('products put together have a page that works without JavaScript', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto(`${storeUrl()}/collections/all`);
  const links = await page
    .locator('main .card a[href*="/products/"]')
    .evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
  const handles: string[] = [];
  for (const link of new Set(links)) {
    if (handles.length === 2) break;
    await page.goto(`${storeUrl()}${link}`);
    if (await page.locator('.product__form button').isEnabled()) handles.push(link.split('/').pop() ?? '');
  }
  expect(handles).toHaveLength(2);
  await page.goto(`${storeUrl()}/apps/trellis/bundle?items=${handles.join(',')}`);
  await expect(page).toHaveTitle(/ \+ /);
  await expect(page.getByRole('heading', { level: 1, name: 'Your set' })).toBeVisible();
  const tooWide = await page.locator('html').evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(tooWide).toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: 'Add all to cart' }).click();
  await expect(page).toHaveURL(/\/cart$/);
  await expect(page.locator('.cart-link')).toContainText('2');

  expect((await page.goto(`${storeUrl()}/apps/trellis/bundle/nothing-00000000`))?.status()).toBe(404);
  await expect(page.getByText('This set is not available')).toBeVisible();
  expect((await page.goto(`${storeUrl()}/apps/trellis/bundle?items=one`))?.status()).toBe(400);
  await expect(page.getByText('This address cannot be read')).toBeVisible();
  await context.close();
});
