import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { takeRefusal } from '#tests/e2e/setup/refusal.ts';
import { app, expect, storeUrl, test } from '#tests/e2e/setup/test.ts';

const segments = () => `${storeUrl()}/admin/apps/trellis/segments`;

test('customers stand in groups with names, move between them, and can be saved', async ({ page, consoleErrors }) => {
  await page.goto(segments());
  await expect(app(page).getByRole('heading', { name: 'Map of your customers' })).toBeVisible();
  const squares = app(page).locator('.heat-square');
  await expect(squares).toHaveCount(25);
  await expect(squares.filter({ hasText: 'Champions' })).toHaveCount(3);

  await test.step('a group is saved as a file', async () => {
    const saved = page.waitForEvent('download');
    await app(page).getByRole('button', { name: 'Save Champions as CSV' }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toBe('customers-champions.csv');
    const [heads, ...rows] = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
    expect(heads).toContain('"customer_id","group"');
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toContain('"champions"');
  });

  await test.step('the flow is that of the span that is chosen', async () => {
    await app(page).getByLabel('Since').selectOption('365');
    await expect(app(page).getByRole('img', { name: /changed groups within 365 days/ })).toBeVisible();
  });

  await test.step('all are divided anew while the merchant watches', async () => {
    await app(page).getByRole('button', { name: 'Divide anew' }).click();
    await expect(app(page).getByText('Your customers are being divided')).toBeVisible();
    await expect(app(page).getByText('Your customers are being divided')).toHaveCount(0);
  });

  await test.step('a segment of the merchant counts while it is made, keeps its customers, and can be archived', async () => {
    await page.goto(`${segments()}/own/new?template=one-order`);
    const count = app(page).getByRole('status').filter({ hasText: 'They spent' });
    await expect(count).toBeVisible();
    await app(page).getByLabel('Add a condition').selectOption('rfm-group');
    await expect(app(page).getByText('Complete the conditions')).toBeVisible();
    await app(page).getByRole('button', { name: 'Remove Group on the map' }).click();
    await expect(count).toBeVisible();
    await app(page).getByLabel('Name').fill('Once only');
    await page.getByRole('button', { name: 'Save' }).click();
    await app(page).getByRole('link', { name: 'Show the customers of Once only' }).click();
    await expect(app(page).getByRole('heading', { name: 'Once only' })).toBeVisible();
    await expect(app(page).getByText('No personal offer goes to this segment.')).toBeVisible();
    await expect(app(page).getByLabel('Tag', { exact: true })).toHaveValue('Once only');
    await app(page).getByRole('button', { name: 'Tag them' }).click();
    await expect(app(page).getByText(/^[\d,]+ customers? carr(y|ies) the tag · checked/)).toBeVisible();
    await page.goto(segments());
    await app(page).getByRole('button', { name: 'Archive Once only' }).click();
    await expect(app(page).getByText('Its customers carry the tag “Once only” in the store')).toBeVisible();
    await takeRefusal(consoleErrors, 409);
    await app(page).getByRole('link', { name: 'Show the customers of Once only' }).click();
    await app(page).getByRole('button', { name: 'Take the tag away' }).click();
    await expect(app(page).getByRole('button', { name: 'Take the tag away' })).toHaveCount(0);
    await page.goto(segments());
    await app(page).getByRole('button', { name: 'Archive Once only' }).click();
    await expect(app(page).getByText('Once only was archived.')).toBeVisible();
  });

  const { violations } = await new AxeBuilder({ page }).include(['#app-frame', 'body']).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);

  await page.setViewportSize({ width: 390, height: 844 });
  await expect(app(page).getByRole('heading', { name: 'How they moved' })).toBeVisible();
  const wide = await app(page)
    .locator('html')
    .evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
});
