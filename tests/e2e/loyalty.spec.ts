import { AxeBuilder } from '@axe-core/playwright';
import { app, expect, storeUrl, test } from '#tests/e2e/setup/test.ts';

const loyalty = (path = '') => `${storeUrl()}/admin/apps/trellis/loyalty${path}`;

test('a programme begins from a good default, shows its cost on past orders, and is switched on', async ({ page }) => {
  const frame = app(page);
  await page.goto(loyalty());
  await frame.getByRole('button', { name: 'Begin with a good default' }).click();
  await expect(frame.getByText('Break-even')).toBeVisible();

  await test.step('its rules can be changed', async () => {
    await frame.getByRole('link', { name: 'Rules, tiers and rewards' }).click();
    await frame.getByLabel('What points are called').fill('stars');
    await frame.getByLabel('Points can be used after').fill('soon');
    await expect(frame.getByText('Enter a number from 0 to 120')).toBeVisible();
    await frame.getByLabel('Points can be used after').fill('21');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  });

  await test.step('and is live', async () => {
    await page.goto(loyalty());
    await frame.getByRole('button', { name: 'Switch on' }).click();
    await expect(frame.getByRole('button', { name: 'Pause' })).toBeVisible();
    await expect(frame.getByText('Expected liability')).toBeVisible();
  });

  const { violations } = await new AxeBuilder({ page }).include(['#app-frame', 'body']).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});
