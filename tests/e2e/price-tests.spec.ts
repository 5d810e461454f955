import type { Browser, Page } from '@playwright/test';
import { admin, confirm, startExperiment, stopExperiment, untilPublished } from './setup/experiments.ts';
import { layoutShifts } from './setup/layout-shift.ts';
import { pickProducts } from './setup/picker.ts';
import { takeRefusal } from './setup/refusal.ts';
import { answerConsent, becomeAnybody, becomeVisitorIn, cartNamesVisitor, minorOf, pay } from './setup/shopper.ts';
import { app, expect, storeUrl, test } from './setup/test.ts';

interface TestedSet {
  readonly id: string;
  readonly title: string;
  /** of a product in it */
  readonly link: string;
}

/** A live set of two products, at 10 % off. @param pair of the store's list, counted from its end */
async function makeSet(page: Page, title: string, pair: number): Promise<TestedSet> {
  await page.goto(`${storeUrl()}/collections/all`);
  const cards = await page.locator('main .card:not(:has(.tag)) a').evaluateAll((all) =>
    all.map((one) => ({
      link: (one as HTMLAnchorElement).href,
      title: one.querySelector('h2,h3,.card__title')?.textContent.trim() ?? '',
    })),
  );
  const [first, second] = cards.slice(-2 * pair);
  if (!first || !second) throw new Error('the store has too few products');
  await page.goto(admin('/bundles/new?kind=fixed'));
  await app(page).getByLabel('Title').fill(title);
  await app(page).getByRole('button', { name: 'Choose products' }).click();
  await pickProducts(page, first.title, second.title);
  await app(page).getByLabel('Percentage', { exact: true }).fill('10');
  await expect(app(page).getByText('Price as a bundle')).toBeVisible();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page).toHaveURL(/\/bundles\/[0-9a-f-]{36}$/);
  const id = page.url().split('/').at(-1) ?? '';
  await expect(async () => {
    await page.goto(first.link);
    await expect(page.locator(`[data-bundle="${id}"]`)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  return { id, title, link: first.link };
}

/** A page shows two sets at most: what comes after needs the room. */
async function removeSet(page: Page, { id }: TestedSet): Promise<void> {
  await page.goto(admin(`/bundles/${id}`));
  await app(page).getByRole('button', { name: 'Delete', exact: true }).click();
  await confirm(page, 'Delete');
  await expect(page).toHaveURL(/\/bundles$/);
}

interface Bought {
  /** the set's price on the product page, on its own page, in the cart; what the order saved. Minor units */
  readonly block: number;
  readonly page: number;
  readonly cart: number;
  readonly saved: number;
}

/** Buys the set in a browser of its own and reads what each place says. */
async function buySet(browser: Browser, set: TestedSet, become: (page: Page) => Promise<void>): Promise<Bought> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await answerConsent(page, 'yes');
    await page.goto(set.link);
    await become(page);
    const block = page.locator(`[data-bundle="${set.id}"]`);
    const price = await block.locator('[data-price-after]:visible').innerText();
    expect(await layoutShifts(page)).toEqual([]);
    await page.goto(`${storeUrl()}/apps/trellis/bundle/${set.id}`);
    const ownPage = await page.locator('.trellis-page-sum strong:visible').innerText();
    await page.goto(set.link);
    await block.locator('button[data-submit]').click();
    await page.waitForURL('**/cart');
    await cartNamesVisitor(page);
    const cart = (await (await page.request.get(`${storeUrl()}/cart.js`)).json()) as { total_price: number };
    await pay(page);
    const saved = await page.locator('.order-box .saving:has(dt) dd').last().innerText();
    return { block: minorOf(price), page: minorOf(ownPage), cart: cart.total_price, saved: minorOf(saved) };
  } finally {
    await context.close();
  }
}

test('two visitors see and pay two prices of one set, and everybody one once it is stopped', async ({
  page,
  browser,
  consoleErrors,
}) => {
  const set = await makeSet(page, `Priced ${Date.now().toString(36)}`, 1);
  const experiment = await startExperiment(page, `price:${set.id}`, () =>
    app(page).getByLabel('Discount of version B', { exact: true }).fill('20'),
  );
  await untilPublished(page, set.link, [experiment], true);

  const a = await buySet(browser, set, (shop) => becomeVisitorIn(shop, `${experiment}:a`));
  const b = await buySet(browser, set, (shop) => becomeVisitorIn(shop, `${experiment}:b`));
  const full = a.cart + a.saved;
  expect(a).toEqual({ block: a.cart, page: a.cart, cart: full - Math.round(full / 10), saved: Math.round(full / 10) });
  expect(b).toEqual({ block: b.cart, page: b.cart, cart: full - Math.round(full / 5), saved: Math.round(full / 5) });

  await test.step('what is compared cannot be changed meanwhile', async () => {
    await page.goto(admin(`/bundles/${set.id}`));
    await expect(app(page).getByText('What it compares stays as it is while it runs.')).toBeVisible();
    await app(page).getByLabel('Percentage', { exact: true }).fill('5');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(app(page).getByText('An experiment is testing the price of this bundle.').first()).toBeVisible();
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await takeRefusal(consoleErrors);
  });

  await stopExperiment(page, experiment);
  await untilPublished(page, set.link, [experiment], false);
  expect(await buySet(browser, set, becomeAnybody)).toEqual(a);
  await removeSet(page, set);
});

test('a bundle and a block are kept from half of the visitors, each by a test of its own', async ({
  page,
  browser,
}) => {
  const set = await makeSet(page, `Kept ${Date.now().toString(36)}`, 2);
  const hide = () => app(page).getByLabel('What version B changes').selectOption('hide');
  const bundle = await startExperiment(page, `bundle:${set.id}`, async () => void (await hide()));
  const widget = await startExperiment(page, 'widget:together', async () => void (await hide()));
  await untilPublished(page, set.link, [bundle, widget], true);

  const context = await browser.newContext();
  const shop = await context.newPage();
  const own = shop.locator(`[data-bundle="${set.id}"]`);
  const block = shop.locator('[data-trellis=together]');
  await answerConsent(shop, 'yes');
  for (const [marks, ownShown, blockShown] of [
    [[`${bundle}:a`, `${widget}:a`], true, true],
    [[`${bundle}:b`, `${widget}:a`], false, true],
    [[`${bundle}:a`, `${widget}:b`], true, false],
  ] as const) {
    await shop.goto(set.link);
    await becomeVisitorIn(shop, ...marks);
    await expect(own).toBeVisible({ visible: ownShown });
    await expect(block).toBeVisible({ visible: blockShown });
    expect(await layoutShifts(shop)).toEqual([]);
  }

  await stopExperiment(page, bundle);
  await stopExperiment(page, widget);
  await untilPublished(page, set.link, [bundle, widget], false);
  await shop.goto(set.link);
  await expect(own).toBeVisible();
  await context.close();
  await removeSet(page, set);
});
