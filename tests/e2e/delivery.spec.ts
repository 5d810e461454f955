import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { app, expect, storeUrl, test } from './setup/test.ts';

const admin = (path: string): string => `${storeUrl()}/admin/apps/trellis${path}`;

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(['#app-frame', 'body']).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

/** Lets codes stand beside bundles, or keeps them away. */
async function setCodes(page: Page, wanted: boolean): Promise<void> {
  await page.goto(admin('/settings'));
  for (const label of [
    'Discounts on products with discounts on the order',
    'Discounts on products with discounts on products',
  ])
    await app(page).getByLabel(label, { exact: true }).setChecked(wanted);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.locator('#save-bar')).toBeHidden();
}

test('how a bundle reaches the checkout is chosen on its page, and what stands in the way is said', async ({
  page,
}) => {
  const title = `Delivered ${Date.now().toString(36)}`;
  await page.goto(admin('/bundles/new?kind=fixed'));
  await app(page).getByLabel('Title').fill(title);
  await app(page).getByRole('button', { name: 'Choose products' }).click();
  for (const row of [0, 1]) await page.locator('#picker-list label:not(.variant)').nth(row).locator('input').check();
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page).toHaveURL(/\/bundles\/[0-9a-f-]{36}$/);
  const address = page.url();
  const way = (name: string) => app(page).getByRole('radio', { name, exact: true });
  const save = app(page).getByRole('button', { name: 'Save delivery' });

  await test.step('codes are kept away from bundles: the discount alone', async () => {
    await expect(way('As a discount')).toBeChecked();
    await expect(way('As one line')).toBeDisabled();
    await expect(app(page).getByText('any discount code comes on top of it').first()).toBeVisible();
    await expect(save).toBeDisabled();
    await expectAccessible(page);
  });

  await test.step('codes may stand beside them: one line', async () => {
    await setCodes(page, true);
    await page.goto(address);
    await app(page).getByText('As one line', { exact: true }).click();
    await save.click();
    await expect(app(page).getByText('It is in place.')).toBeVisible({ timeout: 60_000 });
    await page.reload();
    await expect(way('As one line')).toBeChecked();
    await expect(page.locator('#save-bar')).toBeHidden();
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    const wide = await app(page)
      .locator('html')
      .evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  await test.step('and back', async () => {
    await app(page).getByText('As a discount', { exact: true }).click();
    await save.click();
    await expect(save).toBeDisabled();
    await expect(app(page).getByText('It is in place.')).toHaveCount(0);
    await setCodes(page, false);
    await page.goto(admin('/bundles'));
    await app(page)
      .getByRole('button', { name: `Actions for ${title}`, exact: true })
      .click();
    await app(page).getByRole('button', { name: 'Delete', exact: true }).click();
    await app(page).getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(app(page).getByRole('row').filter({ hasText: title })).toHaveCount(0);
  });
});
