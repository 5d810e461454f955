import type { Page } from '@playwright/test';
import { app, field, type Tour } from './tour.ts';

/** Chooses rows of the picker of the admin. */
async function pick(page: Page, button: string, rows: readonly number[]): Promise<void> {
  await app(page).getByRole('button', { name: button, exact: true }).click();
  const list = page.locator('#picker-list label:not(.variant)');
  for (const row of rows) await list.nth(row).locator('input').check();
  await page.getByRole('button', { name: 'Select', exact: true }).click();
}

interface Kind {
  readonly kind: string;
  readonly title: string;
  readonly fill: (page: Page) => Promise<void>;
}

/** Every kind but the fixed set, which the tour of the README makes. */
const kinds: readonly Kind[] = [
  {
    kind: 'mix-and-match',
    title: 'Any three',
    fill: async (page) => {
      await pick(page, 'Choose products', [0, 1, 2, 3]);
      await field(page, 'Percentage').fill('12');
    },
  },
  {
    kind: 'build-a-box',
    title: 'Your own box',
    fill: async (page) => {
      await pick(page, 'Choose products', [0, 1, 2, 3]);
      await app(page).getByRole('button', { name: 'Add step' }).click();
      const step = app(page).getByRole('listitem', { name: 'Step 2' });
      await step.getByLabel('From units').fill('5');
      await step.getByLabel('Percentage').fill('15');
    },
  },
  { kind: 'quantity-breaks', title: 'More is less', fill: (page) => pick(page, 'Choose products', [0, 1]) },
  {
    kind: 'buy-x-get-y',
    title: 'The second for less',
    fill: async (page) => {
      await pick(page, 'Choose products: What must be bought', [0]);
      await pick(page, 'Choose products: What is then cheaper', [1]);
      await field(page, 'Percentage').fill('30');
    },
  },
  {
    kind: 'gift',
    title: 'A gift for you',
    fill: async (page) => {
      await field(page, 'Spend at least').fill('80');
      await pick(page, 'Choose products: The gift', [2]);
    },
  },
  {
    kind: 'cart-goals',
    title: 'Reach a little further',
    fill: async (page) => {
      await app(page).getByRole('listitem', { name: 'Step 1' }).getByLabel('Cart reaches').fill('60');
      await app(page).getByRole('listitem', { name: 'Step 2' }).getByLabel('Cart reaches').fill('120');
    },
  },
  {
    kind: 'together-offer',
    title: 'One more for less',
    fill: async (page) => {
      await pick(page, 'Choose products: With these products', [0]);
      await pick(page, 'Choose products: These are offered for less', [1]);
    },
  },
];

/** The choice of kinds, and the editor of each; nothing is saved. */
export async function kindPictures({ page, admin, picture }: Tour): Promise<void> {
  await page.goto(`${admin}/bundles/new`);
  await app(page).getByRole('link', { name: 'Build a box' }).waitFor();
  await picture('offers');
  for (const { kind, title, fill } of kinds) {
    await page.goto(`${admin}/bundles/new?kind=${kind}`);
    await field(page, 'Title').fill(title);
    await fill(page);
    await app(page)
      .getByText(/Shopper pays|Price as a bundle/)
      .first()
      .waitFor();
    await app(page)
      .locator('html')
      .evaluate((root) => {
        root.scrollTo(0, 0);
      });
    await picture(`offer-${kind}`);
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await page.locator('#save-bar').waitFor({ state: 'hidden' });
  }
}
