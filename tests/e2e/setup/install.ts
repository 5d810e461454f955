import { expect, type Page } from '@playwright/test';
import { app } from './app-frame.ts';
import { storeUrl } from './products.ts';

/** The merchant installs the app, and all that the first start does is done. */
export async function installApp(page: Page): Promise<void> {
  await page.goto(`${storeUrl()}/admin`);
  await page.getByRole('button', { name: 'Install', exact: true }).click();
  await expect(app(page).getByText('Set up Trellis')).toBeVisible({ timeout: 30_000 });
  await expect(app(page).getByText('Import of products, customers and orders')).toBeVisible();
  await expect(app(page).getByText('2 of 4 steps done')).toBeVisible({ timeout: 240_000 });
}

/** The merchant switches the app's blocks on in the theme. */
export async function switchBlocksOn(page: Page): Promise<void> {
  await page.goto(`${storeUrl()}/admin/themes/current/editor`);
  for (const block of ['Bought together', 'Bundle', 'Trellis']) {
    await page.getByRole('button', { name: `Switch ${block} on` }).click();
    await expect(page.getByRole('button', { name: `Switch ${block} off` })).toBeVisible();
  }
}
