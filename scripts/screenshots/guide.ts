import { kindPictures } from './kinds.ts';
import { loyaltyPictures } from './loyalty.ts';
import { panelPictures } from './panels.ts';
import { referralPictures } from './referrals.ts';
import { app, field, type Tour } from './tour.ts';
import { buyAsSeen, letVisitorsBuy } from './visitors.ts';

/** The parts of the tour by name, in their order. Friends need the customer whom the part about loyalty signs in. */
export const guideParts = {
  kinds: kindPictures,
  ideas,
  backtest,
  panels: panelPictures,
  'after-purchase': afterPurchase,
  segments,
  'personal-offer': personalOffer,
  emails,
  experiment,
  loyalty: loyaltyPictures,
  referrals: referralPictures,
} as const satisfies Readonly<Record<string, (tour: Tour) => Promise<void>>>;

/** The pictures of the guide for merchants, in a store where Trellis has made its first suggestions. */
export async function guideTour(tour: Tour, wanted: (part: string) => boolean): Promise<void> {
  for (const [name, take] of Object.entries(guideParts)) if (wanted(name)) await take(tour);
}

async function ideas({ page, admin, picture }: Tour): Promise<void> {
  await page.goto(`${admin}/bundle-ideas`);
  const start = app(page)
    .getByRole('button', { name: /Find bundle ideas|Search again/ })
    .first();
  await start.click();
  await app(page).getByText('a pair had to be in').waitFor({ timeout: 120_000 });
  await picture('bundle-ideas');
  await app(page).locator('.row-link').first().click();
  await app(page).getByText('Why these products').waitFor();
  await picture('bundle-idea');
}

async function backtest({ page, admin, picture }: Tour): Promise<void> {
  await page.goto(`${admin}/recommendations/backtest`);
  await app(page)
    .getByRole('button', { name: /Run the test|Test again/ })
    .first()
    .click();
  await app(page)
    .getByText(/one of its 10 suggestions was bought/)
    .waitFor({ timeout: 180_000 });
  await picture('backtest');
}

async function afterPurchase({ page, store, admin, picture }: Tour): Promise<void> {
  await page.goto(`${admin}/order-offers`);
  await app(page).getByLabel('Suggest products after a purchase').check();
  await field(page, 'Discount on the suggested products').fill('15');
  await app(page).locator('s').first().waitFor();
  await picture('after-purchase');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('#save-bar').waitFor({ state: 'hidden' });
  await buyAsSeen({ page, store });
  await page.locator('iframe.checkout-extension').first().scrollIntoViewIfNeeded();
  await page.frameLocator('iframe.checkout-extension').first().getByText('off for you').first().waitFor();
  await picture('thank-you');
}

async function segments({ page, admin, picture }: Tour): Promise<void> {
  await page.goto(`${admin}/segments`);
  await app(page).getByText('Map of your customers').waitFor({ timeout: 120_000 });
  await picture('segments');
  await page.goto(`${admin}/segments/own/new?template=good-and-silent`);
  await app(page).getByText('so far.').first().waitFor();
  await picture('segment-builder');
}

async function personalOffer({ page, admin, picture }: Tour): Promise<void> {
  await page.goto(`${admin}/personal-offers/new?template=win-back`);
  await app(page).getByText('Whom it reaches').waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await app(page).getByRole('button', { name: 'Switch on' }).click();
  await app(page)
    .getByText(/[1-9]\d* got nothing/)
    .waitFor();
  await picture('personal-offer');
}

async function emails({ page, admin, picture }: Tour): Promise<void> {
  await page.goto(`${admin}/emails/notifications.test`);
  await app(page).frameLocator('.mail-preview').getByRole('heading', { name: 'It works' }).waitFor();
  await picture('emails');
}

async function experiment({ page, store, admin, picture }: Tour): Promise<void> {
  await page.goto(`${admin}/experiments/new`);
  await field(page, 'Name').fill('Title of the suggestions');
  await field(page, 'Title of version B').fill('Completes the picture');
  await app(page).getByText('Seen by the other').waitFor();
  await picture('experiment-form');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL(/\/experiments\/[0-9a-f-]{36}$/);
  const running = page.url();
  await app(page).getByRole('button', { name: 'Start', exact: true }).click();
  await app(page).getByRole('dialog').getByRole('button', { name: 'Start', exact: true }).click();
  await app(page).getByText('Waiting for visitors').waitFor();
  // The store is told by a job.
  do await page.goto(`${store}/collections/all`);
  while (!(await page.content()).includes(running.split('/').at(-1) ?? ''));
  await letVisitorsBuy({ page, store }, 160);
  // Views are written in batches, orders come by webhook.
  do {
    await page.goto(running);
    await app(page).getByText('How this is counted').waitFor();
  } while (!(await app(page).getByText('than what stands today').first().isVisible()));
  await picture('experiment');
  await page.goto(`${admin}/experiments`);
  await app(page).getByRole('link', { name: 'Title of the suggestions' }).first().waitFor();
  await picture('experiments');
}
