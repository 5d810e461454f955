import type { Page } from '@playwright/test';
import { takeRefusal } from '#tests/e2e/setup/refusal.ts';
import { app, expect, storeUrl, test } from '#tests/e2e/setup/test.ts';

const admin = (path: string): string => `${storeUrl()}/admin/apps/trellis${path}`;
const field = (page: Page, label: string) => app(page).getByLabel(label, { exact: true });

/** Chooses the first row that the admin's picker shows, or the next ones. */
async function pick(page: Page, button: string, rows: readonly number[]): Promise<void> {
  await app(page).getByRole('button', { name: button, exact: true }).click();
  const list = page.locator('#picker-list label:not(.variant)');
  for (const row of rows) await list.nth(row).locator('input').check();
  await page.getByRole('button', { name: 'Select', exact: true }).click();
}

interface Offer {
  readonly kind: string;
  readonly name: string;
  readonly fill: (page: Page) => Promise<void>;
  /** a part of the sentence that says what shoppers get */
  readonly summary: string;
}

const offers: readonly Offer[] = [
  {
    kind: 'build-a-box',
    name: 'Build a box',
    fill: async (page) => {
      await pick(page, 'Choose collections', [0]);
      await app(page).getByRole('button', { name: 'Add step' }).click();
      const step = app(page).getByRole('listitem', { name: 'Step 2' });
      await expect(step.getByLabel('From units')).toBeFocused();
      await step.getByLabel('From units').fill('5');
      await step.getByLabel('Percentage').fill('12.5');
    },
    summary: 'from 5 units 12.5% off',
  },
  {
    kind: 'quantity-breaks',
    name: 'Quantity breaks',
    fill: (page) => pick(page, 'Choose products', [0, 1]),
    summary: '4 or more are 15% off',
  },
  {
    kind: 'buy-x-get-y',
    name: 'Buy X, get Y',
    fill: async (page) => {
      await pick(page, 'Choose products: What must be bought', [0]);
      await pick(page, 'Choose products: What is then cheaper', [1]);
      await field(page, 'Percentage').fill('20');
    },
    summary: 'gets 1 more 20% off',
  },
  {
    kind: 'gift',
    name: 'Gift with purchase',
    fill: async (page) => {
      await field(page, 'Spend at least').fill('200');
      await pick(page, 'Choose products: The gift', [2]);
    },
    summary: 'Whoever spends 200',
  },
  {
    kind: 'cart-goals',
    name: 'Cart goals',
    fill: async (page) => {
      await app(page).getByRole('listitem', { name: 'Step 1' }).getByLabel('Cart reaches').fill('60');
      await app(page).getByRole('listitem', { name: 'Step 2' }).getByLabel('Cart reaches').fill('120');
    },
    summary: 'free shipping from 60',
  },
  {
    kind: 'together-offer',
    name: 'Bought-together offer',
    fill: async (page) => {
      await pick(page, 'Choose products: With these products', [0]);
      await pick(page, 'Choose products: These are offered for less', [1]);
    },
    summary: '10% off one of the others',
  },
];

for (const offer of offers) {
  test(`${offer.name}: from the choice of kinds to a live offer`, async ({ page }) => {
    const title = `${offer.name} ${Date.now().toString(36)}`;
    await page.goto(admin('/bundles/new'));
    await app(page).getByRole('link', { name: offer.name }).click();
    await field(page, 'Title').fill(title);
    await offer.fill(page);
    await expect(app(page).getByText(offer.summary)).toBeVisible();
    await expect(app(page).locator('.example-carts').getByText('Shopper pays').first()).toBeVisible();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page).toHaveURL(/\/bundles\/[0-9a-f-]{36}$/);
    await expect(page.locator('#save-bar')).toBeHidden();
    await page.reload();
    await expect(field(page, 'Title')).toHaveValue(title);
    await expect(app(page).getByText(offer.summary)).toBeVisible();
    await expect(page.locator('#save-bar')).toBeHidden();

    await page.goto(admin(`/bundles?kind=${offer.kind}`));
    const row = app(page).getByRole('row').filter({ hasText: title });
    await expect(row).toContainText(offer.name);
    await page.goto(admin('/bundles?kind=fixed'));
    await expect(app(page).getByRole('row').filter({ hasText: title })).toHaveCount(0);
    await page.goto(admin(`/bundles?kind=${offer.kind}`));
    await app(page)
      .getByRole('button', { name: `Actions for ${title}`, exact: true })
      .click();
    await app(page).getByRole('button', { name: 'Delete', exact: true }).click();
    await app(page).getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(row).toHaveCount(0);
  });
}

test('steps are put into order with the keyboard, and what is wrong is said at the field', async ({
  page,
  consoleErrors,
}) => {
  await page.goto(admin('/bundles/new?kind=quantity-breaks'));
  const step = (number: number) => app(page).getByRole('listitem', { name: `Step ${String(number)}` });
  await field(page, 'Title').fill('Breaks by keyboard');
  await app(page).getByRole('button', { name: 'Move step 2 up' }).focus();
  await page.keyboard.press('Enter');
  await expect(step(1).getByLabel('From units')).toHaveValue('4');
  await expect(app(page).getByRole('button', { name: 'Move step 1 down' })).toBeFocused();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(app(page).getByText('Each tier must be higher than the one before')).toBeVisible();
  await expect(app(page).getByText('Add at least one product')).toBeVisible();
  await takeRefusal(consoleErrors);

  await page.keyboard.press('Tab');
  await app(page).getByRole('button', { name: 'Remove step 1' }).focus();
  await page.keyboard.press('Enter');
  await expect(app(page).getByRole('button', { name: 'Add step' })).toBeFocused();
  await expect(step(2)).toHaveCount(0);
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(field(page, 'Title')).toHaveValue('');
});
