import { expect, type Page } from '@playwright/test';

/** Address of the WooCommerce store of the project's own product. */
export function wooUrl(): string {
  const address = process.env['TRELLIS_WOO_STORE'];
  if (address === undefined) throw new Error('TRELLIS_WOO_STORE is not set: the product was not started');
  return address;
}

/**
 * Connects the store by its plugin's page, unless an earlier test did; afterwards the merchant stands in Trellis.
 * @returns where Trellis is
 */
export async function openTrellis(page: Page): Promise<string> {
  await page.goto(`${wooUrl()}/wp-admin/admin.php?page=trellis`);
  const connect = page.getByRole('button', { name: 'Connect', exact: true });
  if (await connect.isVisible()) {
    await page.getByRole('checkbox', { name: 'I agree' }).check();
    await connect.click();
    await page.waitForURL('**/connect/woocommerce?**');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.waitForURL('**/wc-auth/**');
    await page.getByText('Approve').first().click();
  } else await page.getByRole('button', { name: 'Open Trellis' }).click();
  await page.waitForURL((url) => url.pathname === '/' && !url.href.startsWith(wooUrl()));
  await expect(page.getByText('Your numbers')).toBeVisible();
  return new URL(page.url()).origin;
}
