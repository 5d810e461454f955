import type { Browser, Page } from '@playwright/test';
import { app, expect, storeUrl, test } from './setup/test.ts';
import { keepBeacons } from './setup/beacons.ts';
import { startExperiment, stopExperiment, untilPublished } from './setup/experiments.ts';
import { answerConsent, becomeVisitorIn, chooseCart, openProductWithBlock } from './setup/shopper.ts';

/** Opens the page in a browser of a visitor in this version, on a theme that stays there after adding. */
async function lookAs(
  browser: Browser,
  link: string,
  mark: string,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await answerConsent(page, 'yes');
  await chooseCart(page, 'notification');
  await page.goto(link);
  await becomeVisitorIn(page, mark);
  await look(page);
  await context.close();
}

const addsToCart = (page: Page) => page.locator('.product__buy button');

/** Adds the product, and gives how much the app suggested for the panel. */
async function addForPanel(page: Page): Promise<number> {
  const asked = page.waitForResponse((response) => response.url().includes('widget=after'));
  await addsToCart(page).click();
  const { suggestions } = (await (await asked).json()) as { suggestions: unknown[] };
  return suggestions.length;
}

test('the panel after adding is kept from half of the visitors, and what it shows and sells counts as its own', async ({
  page,
  browser,
}) => {
  const link = await openProductWithBlock(page);
  const id = await startExperiment(page, 'widget:after', async () => {
    await app(page).getByLabel('What version B changes').selectOption('hide');
  });
  await untilPublished(page, link, [id], true);

  await lookAs(browser, link, `${id}:b`, async (shop) => {
    expect(await addForPanel(shop)).toBe(0);
    await shop.waitForLoadState('networkidle');
    await expect(shop.locator('.trellis-after')).toHaveCount(0);
    // The page is not inert: it can be clicked on and takes the focus.
    await addsToCart(shop).click();
    await expect(addsToCart(shop)).toBeFocused();
    await expect(shop.locator('dialog[open]')).toHaveCount(0);
  });

  await lookAs(browser, link, `${id}:a`, async (shop) => {
    const beacons = await keepBeacons(shop);
    await shop.reload();
    expect(await addForPanel(shop)).toBeGreaterThan(0);
    const panel = shop.getByRole('dialog', { name: 'Added. Goes well with it' });
    const card = panel.locator('.trellis-card').first();
    await expect(card).toBeVisible();
    const productId = (await card.getAttribute('data-trellis-product')) ?? '';
    await card.getByRole('button').click();
    await expect
      .poll(async () => {
        const cart = (await (await shop.request.get(`${storeUrl()}/cart.js`)).json()) as {
          items: { product_id: number; properties: { _trellis_source?: string } | null }[];
        };
        return cart.items.map((line) => [String(line.product_id), line.properties?._trellis_source ?? '']);
      })
      .toContainEqual([productId, 'after']);
    for (const kind of ['impression', 'click'])
      await expect
        .poll(async () => (await beacons()).flatMap(({ events }) => events), { timeout: 15_000 })
        .toContainEqual(expect.objectContaining({ kind, productId, surface: 'after' }));
  });

  await stopExperiment(page, id);
  await untilPublished(page, link, [id], false);
});
