import { AxeBuilder } from '@axe-core/playwright';
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

/** Nobody is kept out of the page that is open. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

/** The programme of points begins with its default and is live, unless it was before. @param trellis where Trellis is */
export async function switchLoyaltyOn(page: Page, trellis: string): Promise<void> {
  const begin = page.getByRole('button', { name: 'Begin with a good default' });
  const live = page.getByRole('button', { name: 'Pause' });
  const switchOn = page.getByRole('button', { name: 'Switch on' });
  await page.goto(`${trellis}/loyalty`);
  // A page that is not awake yet takes no click.
  await expect(async () => {
    await expect(begin.or(switchOn).or(live)).toBeVisible({ timeout: 5_000 });
    if (await begin.isVisible()) await begin.click();
    if (await switchOn.isVisible()) await switchOn.click();
    await expect(live).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 90_000 });
}
