import { expect, type Page } from '@playwright/test';

/**
 * Chooses products in the admin's picker, which is open, by their titles. A row may move while it is clicked, because what
 * was typed before has its answer then: a tick that did not come about is made again.
 */
export async function pickProducts(page: Page, ...titles: readonly string[]): Promise<void> {
  for (const title of titles) {
    await page.getByLabel('Search products').fill(title);
    const row = page.locator('#picker-list').getByText(title, { exact: true }).first();
    await expect(() => row.locator('input').check({ timeout: 2_000 })).toPass();
  }
  await expect(page.locator('#picker-count')).toHaveText(`${String(titles.length)} selected`);
  await page.getByRole('button', { name: 'Select', exact: true }).click();
}
