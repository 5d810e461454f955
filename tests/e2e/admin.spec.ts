import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { takeRefusal } from './setup/refusal.ts';
import { app, expect, storeUrl, test } from './setup/test.ts';

const admin = (path: string): string => `${storeUrl()}/admin/apps/trellis${path}`;

/** Each page and a text that says that it is there. */
const pages: readonly (readonly [path: string, landmark: string])[] = [
  ['', 'Your numbers'],
  ['/bundles', 'Better together'],
  ['/bundles/new', 'What do you want to offer?'],
  ['/bundles/new?kind=build-a-box', 'What you offer'],
  ['/bundles/new?kind=cart-goals', 'Example carts'],
  ['/recommendations', 'Look up a product'],
  ['/recommendations/rules/new', 'Which products'],
  ['/recommendations/visitors', 'Number or e-mail of a customer'],
  ['/recommendations/backtest', 'Test on past orders'],
  ['/bundles/try', 'Put products into a cart'],
  ['/activity', 'Import of products, customers and orders'],
  ['/settings', 'Combining discounts'],
];

/** Presses Tab until `target` has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement && document.hasFocus())) return;
    await page.keyboard.press(key);
  }
  throw new Error(`The focus does not come to ${String(target)}`);
}

/** The title of some product that shoppers can see. */
async function someProduct(page: Page): Promise<string> {
  await page.goto(`${storeUrl()}/collections/all`);
  await page.locator('main .card a').first().click();
  return page.getByRole('heading', { level: 1 }).innerText();
}

async function openActions(page: Page, title: string, action: string): Promise<void> {
  await app(page)
    .getByRole('button', { name: `Actions for ${title}`, exact: true })
    .click();
  await app(page).getByRole('button', { name: action, exact: true }).click();
}

for (const [path, landmark] of pages) {
  test(`${path || '/'}: accessible, and as wide as a phone`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(admin(path));
    await expect(app(page).getByText(landmark).filter({ visible: true }).first()).toBeVisible();
    const tooWide = (root: Locator) => root.evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(await tooWide(app(page).locator('html'))).toBeLessThanOrEqual(0);
    expect(await tooWide(page.locator('html'))).toBeLessThanOrEqual(0);

    await page.setViewportSize({ width: 1280, height: 900 });
    await expect(app(page).getByText(landmark).filter({ visible: true }).first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include(['#app-frame', 'body']).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  });
}

test('a bundle is made with the keyboard, corrected, copied, paused, deleted and brought back', async ({
  page,
  consoleErrors,
}) => {
  // Not the same twice: the journey may be walked again on a product that runs.
  const title = `Two by keyboard ${Date.now().toString(36)}`;
  const product = await someProduct(page);
  const saveBar = page.locator('#save-bar');
  const field = (label: string) => app(page).getByLabel(label, { exact: true });

  await test.step('without a mouse, from the list to the saved bundle', async () => {
    await page.goto(admin('/bundles'));
    await tabTo(page, app(page).getByRole('link', { name: 'Create bundle' }).first());
    await page.keyboard.press('Enter');
    await tabTo(page, app(page).getByRole('link', { name: 'Fixed set' }));
    await page.keyboard.press('Enter');
    await expect(app(page).getByText('What you offer')).toBeVisible();
    await tabTo(page, field('Title'));
    await page.keyboard.type(title);
    await tabTo(page, app(page).getByRole('button', { name: 'Choose products' }));
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Search products')).toBeFocused();
    await page.keyboard.type(product);
    const row = page.locator('#picker-list label:not(.variant)').filter({ hasText: product });
    await expect(row).toHaveCount(1);
    await tabTo(page, row.locator('input'));
    await page.keyboard.press('Space');
    await expect(page.locator('#picker-count')).toHaveText('1 selected');
    await tabTo(page, page.getByRole('button', { name: 'Select', exact: true }));
    await page.keyboard.press('Enter');
    await tabTo(page, field(`Quantity of ${product}`));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/bundles\/[0-9a-f-]{36}$/);
    await expect(saveBar).toBeHidden();
  });

  await test.step('what is wrong is said at the field, and nothing is lost', async () => {
    await field('Title').fill('');
    await field('Percentage').fill('150');
    await expect(saveBar).toBeVisible();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(app(page).getByText('The bundle was not saved')).toBeVisible();
    await expect(app(page).getByText('Enter a title')).toBeVisible();
    await expect(app(page).getByText('Enter at most 100 %')).toBeVisible();
    await expect(field('Title')).toHaveAttribute('aria-invalid', 'true');
    await expect(field('Percentage')).toHaveValue('150');
    await takeRefusal(consoleErrors);
  });

  await test.step('whoever leaves with unsaved changes is asked', async () => {
    await page.locator('#app-nav').getByText('Settings').click();
    await expect(page.getByText('Leave page with unsaved changes?')).toBeVisible();
    await page.getByRole('button', { name: 'Stay' }).click();
    await expect(field('Percentage')).toHaveValue('150');
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect(field('Title')).toHaveValue(title);
    await expect(saveBar).toBeHidden();
  });

  await test.step('a change is saved and still there after loading the page again', async () => {
    await field('Percentage').fill('12.5');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    // The toast of the first save may still stand there.
    await expect(saveBar).toBeHidden();
    await expect(page.locator('#toasts')).toContainText('Bundle saved');
    await page.reload();
    await expect(field('Percentage')).toHaveValue('12.5');
  });

  const row = (name: string) =>
    app(page)
      .getByRole('row')
      .filter({ has: app(page).getByRole('link', { name, exact: true }) });
  const copy = `${title} (copy)`;

  await test.step('it is copied', async () => {
    await page.goto(admin('/bundles'));
    await openActions(page, title, 'Duplicate');
    await expect(field('Title')).not.toHaveValue(title);
    await expect(field('Title')).toHaveValue(copy);
  });

  await test.step('search and views find it', async () => {
    await page.goto(admin(`/bundles?${new URLSearchParams({ search: title }).toString()}`));
    await expect(app(page).getByRole('link', { name: 'Better together', exact: true })).toHaveCount(0);
    await expect(row(title)).toBeVisible();
    await page.goto(admin('/bundles'));
    await app(page).getByRole('tab', { name: 'Draft' }).click();
    await expect(row(copy)).toBeVisible();
    await expect(row(title)).toHaveCount(0);
    await app(page).getByRole('tab', { name: 'All' }).click();
    await expect(row(title)).toBeVisible();
  });

  await test.step('it is paused', async () => {
    await openActions(page, title, 'Pause');
    await expect(row(title)).toContainText('Paused');
  });

  await test.step('it is deleted after a question, brought back, and deleted for good with its copy', async () => {
    await openActions(page, title, 'Delete');
    await app(page).getByRole('button', { name: 'Cancel' }).click();
    await expect(app(page).getByRole('dialog')).toHaveCount(0);
    await expect(row(title)).toBeVisible();
    const remove = async (name: string): Promise<void> => {
      await openActions(page, name, 'Delete');
      await app(page).getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
      await expect(row(name)).toHaveCount(0);
    };
    await remove(title);
    await page.locator('#toasts').getByRole('button', { name: 'Undo' }).click();
    await expect(row(title)).toBeVisible();
    await remove(title);
    await remove(copy);
  });
});

test('settings are checked at the field and stay saved', async ({ page }) => {
  await page.goto(admin('/settings'));
  const field = app(page).getByLabel('Minimum margin');
  const before = await field.inputValue();
  await field.fill('120');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(app(page).getByText('Enter a percentage from 0 to 100, with at most 2 decimals')).toBeVisible();
  for (const value of ['12.5', before]) {
    await field.fill(value);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.locator('#save-bar')).toBeHidden();
    await page.reload();
    await expect(field).toHaveValue(value);
  }
});

test('activity shows work and messages, and filters them', async ({ page }) => {
  await page.goto(admin('/activity'));
  const rows = app(page).locator('.activity-row');
  await expect(rows.filter({ hasText: 'Import of products, customers and orders' })).toContainText('Done');
  await app(page).getByLabel('Status').selectOption('failed');
  await expect(app(page).getByText('No work here')).toBeVisible();
  await app(page).getByRole('tab', { name: 'Messages from the store' }).click();
  await expect(rows.filter({ hasText: 'orders/create' }).first()).toBeVisible();
  await app(page).getByRole('tab', { name: 'Failures' }).click();
  await expect(app(page).getByText('Nothing has failed')).toBeVisible();
});

/** Opens a page and does something while its script is still on the way. */
async function early(page: Page, path: string, act: () => Promise<unknown>): Promise<void> {
  const script = '**/assets/entry.client-*.js';
  const { promise: acted, resolve: release } = Promise.withResolvers<undefined>();
  const { promise: sent, resolve: pass } = Promise.withResolvers<undefined>();
  await page.route(script, async (route) => {
    await acted;
    await route.continue();
    pass(undefined);
  });
  // A page that waits for its script does not finish loading.
  await page.goto(admin(path), { waitUntil: 'commit' });
  await act();
  release(undefined);
  await sent;
  await page.unroute(script);
}

test('what is typed and chosen before the page’s script has come is not lost', async ({ page }) => {
  const saveBar = page.locator('#save-bar');
  const discard = page.getByRole('button', { name: 'Discard', exact: true });

  await early(page, '/recommendations', () => app(page).getByLabel('Look up a product').fill('heart'));
  await expect(
    app(page)
      .getByRole('button', { name: /^Add .+ to the cart$/ })
      .first(),
  ).toBeVisible();

  await early(page, '/activity', () => app(page).getByLabel('Status').selectOption('failed'));
  await expect(app(page).getByText('No work here')).toBeVisible();

  const margin = app(page).getByLabel('Minimum margin');
  const before = await early(page, '/settings', () => margin.fill('12.5')).then(() => margin.inputValue());
  expect(before).toBe('12.5');
  await expect(saveBar).toBeVisible();
  await discard.click();
  await expect(saveBar).toBeHidden();
  await expect(margin).not.toHaveValue('12.5');

  const box = app(page).getByRole('checkbox').first();
  let checked = false;
  await early(page, '/settings', async () => {
    checked = await box.isChecked();
    await box.click({ force: true });
  });
  await expect(saveBar).toBeVisible();
  expect(await box.isChecked()).toBe(!checked);
  await discard.click();
  await expect(box).toBeChecked({ checked });

  const file = {
    name: 'balances.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('E-Mail;Points\nnobody@example.com;7'),
  };
  await early(page, '/loyalty/import', () => app(page).getByLabel('File').setInputFiles(file));
  await expect(app(page).getByText('1 line with customers whom the store does not have')).toBeVisible();
});

test('a search whose answer takes longer than the pause in typing is asked once', async ({ page }) => {
  await page.goto(admin('/recommendations'));
  const asked: string[] = [];
  const search = (url: URL): boolean => url.pathname.endsWith('.data') && url.searchParams.has('search');
  await page.route(search, async (route) => {
    asked.push(route.request().url());
    // Three times what the page waits after a letter.
    await new Promise((resolve) => setTimeout(resolve, 900));
    await route.continue();
  });
  await app(page).getByLabel('Look up a product').fill('heart');
  await expect(
    app(page)
      .getByRole('button', { name: /^Add .+ to the cart$/ })
      .first(),
  ).toBeVisible();
  expect(asked.map((url) => new URL(url).searchParams.get('search'))).toEqual(['heart']);
  await page.unroute(search);
});

test('what is saved as it was before, only written otherwise, can be changed and saved again', async ({ page }) => {
  const saveBar = page.locator('#save-bar');
  await page.goto(admin('/settings'));
  const margin = app(page).getByLabel('Minimum margin');
  const before = await margin.inputValue();
  await margin.fill(before.includes('.') ? `${before}0` : `${before}.0`);
  await expect(saveBar).toBeVisible();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(saveBar).toBeHidden();
  await margin.fill('77');
  await expect(saveBar).toBeVisible();
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
  await expect(saveBar).toBeHidden();
  await expect(margin).toHaveValue(before);
});

test('recommendations are computed again while the merchant watches', async ({ page }) => {
  // Pressed before the page's script has come, which hears of it then.
  await early(page, '/recommendations', () => app(page).getByRole('button', { name: 'Recompute now' }).click());
  await expect(app(page).getByRole('progressbar')).toBeVisible();
  await expect(app(page).getByRole('progressbar')).toHaveCount(0, { timeout: 90_000 });
  await expect(app(page).getByText('products on sale have at least 4')).toBeVisible();
});
