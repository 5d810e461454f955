import { randomUUID } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator } from '@playwright/test';
import { layoutShifts } from './setup/layout-shift.ts';
import { takeRefusal } from './setup/refusal.ts';
import { openProductWithBlock } from './setup/shopper.ts';
import { app, expect, storeUrl, test } from './setup/test.ts';

const admin = (path: string): string => `${storeUrl()}/admin/apps/trellis${path}`;

interface Seen {
  readonly arms: string;
  readonly heading: string;
  readonly shifts: readonly string[];
}

/** What a visitor with this id, or without one, sees on a product page in a browser of their own. */
async function visit(browser: Browser, link: string, visitor: string | null): Promise<Seen> {
  const context = await browser.newContext();
  try {
    if (visitor !== null) await context.addInitScript((id) => localStorage.setItem('_trellis_visitor', id), visitor);
    const page = await context.newPage();
    await page.goto(link);
    const arms = (await page.locator('html').getAttribute('data-trellis-arms')) ?? '';
    const held = (await page.locator('html').getAttribute('data-trellis-held')) !== null;
    const heading = held ? 'held out' : await page.locator('[data-trellis=together] .trellis-heading').innerText();
    return { arms, heading: heading.trim(), shifts: await layoutShifts(page) };
  } finally {
    await context.close();
  }
}

/** Somebody in that arm of the only running test; most visitors are found after two or three tries. */
async function someoneIn(browser: Browser, link: string, arm: string): Promise<Seen & { visitor: string }> {
  for (let tries = 0; tries < 40; tries += 1) {
    const visitor = randomUUID();
    const seen = await visit(browser, link, visitor);
    if (seen.arms.endsWith(`:${arm}`)) return { ...seen, visitor };
  }
  throw new Error(`nobody is in arm ${arm}`);
}

const tooWide = (root: Locator) => root.evaluate((element) => element.scrollWidth - element.clientWidth);

test('an experiment is made, started, seen in the store, applied and taken back', async ({
  page,
  browser,
  consoleErrors,
}) => {
  const name = `Heading ${Date.now().toString(36)}`;
  const title = 'Completes the picture';
  const link = await openProductWithBlock(page);
  const field = (label: string) => app(page).getByLabel(label, { exact: true });
  const sayYes = (label: string) =>
    app(page).getByRole('dialog').getByRole('button', { name: label, exact: true }).click();

  await test.step('the form says what is missing at the field, and how long it will take', async () => {
    await page.goto(admin('/experiments'));
    await app(page).getByRole('link', { name: 'New experiment' }).first().click();
    await field('Share of version B').fill('60');
    await expect(app(page).getByText('Seen by the other 40% of the visitors.')).toBeVisible();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(app(page).getByText('Enter a name')).toBeVisible();
    await expect(app(page).getByText('Enter a title')).toBeVisible();
    await expect(field('Name')).toHaveAttribute('aria-invalid', 'true');
    await expect(app(page).getByText('The experiment was not saved')).toBeVisible();
    await takeRefusal(consoleErrors);
    await field('Name').fill(name);
    await field('Title of version B').fill(title);
    await app(page).getByRole('button', { name: 'Share evenly' }).click();
    await expect(field('Share of version B')).toHaveValue('50');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page).toHaveURL(/\/experiments\/[0-9a-f-]{36}$/);
  });

  await test.step('it starts after a question', async () => {
    await app(page).getByRole('button', { name: 'Start', exact: true }).click();
    await sayYes('Start');
    await expect(app(page).getByText('Waiting for visitors')).toBeVisible();
    await expect(app(page).getByText(`Title “${title}”`).first()).toBeVisible();
  });

  await test.step('each visitor sees one version and keeps it, before the first paint', async () => {
    await expect(async () => {
      expect((await visit(browser, link, randomUUID())).arms).not.toBe('');
    }).toPass({ timeout: 60_000 });
    const b = await someoneIn(browser, link, 'b');
    const a = await someoneIn(browser, link, 'a');
    expect([b.heading, b.shifts]).toEqual([title, []]);
    expect(a.heading).not.toBe(title);
    expect(await visit(browser, link, b.visitor)).toMatchObject({ arms: b.arms, heading: title });
    expect((await visit(browser, link, null)).heading).toBe(a.heading);
  });

  await test.step('a second one for the same block is refused with the way out', async () => {
    const running = page.url();
    await page.goto(admin('/experiments/new'));
    await field('Name').fill(`${name} again`);
    await field('What version B changes').selectOption('hide');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page).toHaveURL(/\/experiments\/[0-9a-f-]{36}$/);
    await app(page).getByRole('button', { name: 'Start', exact: true }).click();
    await sayYes('Start');
    await expect(app(page).getByText(`“${name}” changes the same thing`)).toBeVisible();
    await takeRefusal(consoleErrors);
    await app(page).getByRole('button', { name: 'Delete', exact: true }).click();
    await sayYes('Delete');
    await expect(page).toHaveURL(/\/experiments$/);
    await page.goto(running);
  });

  await test.step('the page is accessible, as wide as a phone, and exports its table', async () => {
    await expect(app(page).getByText('How this is counted')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include(['#app-frame', 'body']).analyze();
    expect(
      violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id),
    ).toEqual([]);
    const download = page.waitForEvent('download');
    await app(page).getByRole('button', { name: 'Export CSV' }).click();
    expect((await download).suggestedFilename()).toMatch(/^experiment-.*\.csv$/);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await tooWide(app(page).locator('html'))).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  await test.step('the winner is applied for everybody, and taken back', async () => {
    await app(page).getByRole('button', { name: 'Apply version B' }).click();
    await sayYes('Apply');
    await expect(app(page).getByText('Applied: version B')).toBeVisible();
    await expect(async () => {
      expect((await visit(browser, link, null)).heading).toBe(title);
    }).toPass({ timeout: 60_000 });
    await app(page).getByRole('button', { name: 'Take back', exact: true }).click();
    await sayYes('Take back');
    await expect(app(page).getByText('Stopped', { exact: true })).toBeVisible();
    await expect(async () => {
      expect((await visit(browser, link, null)).heading).not.toBe(title);
    }).toPass({ timeout: 60_000 });
  });

  await test.step('the list finds it', async () => {
    await page.goto(admin('/experiments'));
    await app(page).getByRole('tab', { name: 'Stopped' }).click();
    await expect(app(page).getByRole('link', { name, exact: true })).toBeVisible();
    await app(page).getByRole('tab', { name: 'Running' }).click();
    await expect(app(page).getByRole('link', { name, exact: true })).toHaveCount(0);
  });
});

test('another list is shown first to those who are in that version', async ({ page, browser }) => {
  const link = await openProductWithBlock(page);
  const field = (label: string) => app(page).getByLabel(label, { exact: true });
  const sayYes = (label: string) =>
    app(page).getByRole('dialog').getByRole('button', { name: label, exact: true }).click();
  await page.goto(admin('/experiments/new'));
  await field('Name').fill(`List ${Date.now().toString(36)}`);
  await field('What version B changes').selectOption('source');
  await field('List of version B').selectOption('popular');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page).toHaveURL(/\/experiments\/[0-9a-f-]{36}$/);
  await app(page).getByRole('button', { name: 'Start', exact: true }).click();
  await sayYes('Start');
  await expect(app(page).getByText('Waiting for visitors')).toBeVisible();

  const look = async (visitor: string): Promise<{ surface: string; products: string[] }> => {
    const context = await browser.newContext();
    await context.addInitScript((id) => localStorage.setItem('_trellis_visitor', id), visitor);
    const shop = await context.newPage();
    await shop.goto(link);
    const block = shop.locator('[data-trellis=together]');
    const surface = (await block.getAttribute('data-trellis-surface')) ?? '';
    const products = await block
      .locator('[data-trellis-product]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-trellis-product') ?? ''));
    await context.close();
    return { surface, products };
  };
  await expect(async () => {
    expect((await visit(browser, link, randomUUID())).arms).not.toBe('');
  }).toPass({ timeout: 60_000 });
  const a = await look((await someoneIn(browser, link, 'a')).visitor);
  const b = await look((await someoneIn(browser, link, 'b')).visitor);
  expect(b.surface).toBe('popular');
  expect(b.products.length).toBeGreaterThan(0);
  expect(new Set(b.products).size).toBe(b.products.length);
  expect(a.surface).not.toBe('popular');
  expect(a.products).not.toEqual(b.products);

  await app(page).getByRole('button', { name: 'Stop', exact: true }).click();
  await sayYes('Stop');
  await expect(app(page).getByText('Nobody was counted')).toBeVisible();
});
