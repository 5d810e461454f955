import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import {
  answerConsent,
  becomeVisitor,
  cartNamesVisitor,
  minorOf,
  openProductWithBlock,
  pay,
} from '#tests/e2e/setup/shopper.ts';
import { app, expect, storeUrl, test } from '#tests/e2e/setup/test.ts';

const settings = (): string => `${storeUrl()}/admin/apps/trellis/order-offers`;
/** The frame in which the page after the purchase runs our extension. */
const extension = (page: Page) => page.frameLocator('iframe.checkout-extension');
const heading = 'Goes well with your order';

/** Buys the first product of the store that has suggestions of its own. */
async function buyOne(page: Page): Promise<void> {
  await openProductWithBlock(page);
  await page.locator('.product__buy button').click();
  await page.waitForURL('**/cart');
  await cartNamesVisitor(page);
  await pay(page);
}

test('a merchant switches the offer on, and sees what shoppers will see', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(settings());
  const frame = app(page);
  await expect(frame.getByText('Off: shoppers see nothing.')).toBeVisible();
  await frame.getByLabel('Suggest products after a purchase').check();
  await expect(frame.getByText(heading)).toBeVisible();
  await frame.getByLabel('Discount on the suggested products').fill('60');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(frame.getByText('Enter a percentage from 0 to 50')).toBeVisible();
  await frame.getByLabel('Discount on the suggested products').fill('10');
  await frame.getByLabel('Can be used for').fill('2');
  await expect(frame.locator('s').first()).toBeVisible();
  expect(await frame.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth)).toBeLessThanOrEqual(0);
  const { violations } = await new AxeBuilder({ page }).include(['#app-frame', 'body']).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.locator('#save-bar')).toBeHidden();
  await page.reload();
  await expect(frame.getByLabel('Can be used for')).toHaveValue('2');
});

test('the shopper buys, is offered more, and pays exactly what was promised', async ({ page }) => {
  await answerConsent(page, 'yes');
  await becomeVisitor(page, 'not held out');
  await buyOne(page);
  const order = page.url();
  const frame = extension(page);
  await expect(frame.getByText(heading)).toBeVisible();
  await expect(frame.getByText('10% off for you, once, until')).toBeVisible();
  const rows = frame.locator('s-grid');
  expect(await rows.count()).toBeLessThanOrEqual(3);
  const reduced = rows.filter({ hasText: 'Now ' }).first();
  const [title = '', prices = ''] = await reduced.locator('s-text').allInnerTexts();
  const [promised = 0, before = 0] = prices.split(', before').map(minorOf);
  expect(promised).toBe(before - Math.floor((before * 10 + 50) / 100));

  await reduced.getByRole('link').click();
  await page.waitForURL('**/cart');
  await expect(page.locator('.cart-line')).toHaveCount(1);
  await expect(page.locator('.cart-line')).toContainText(title);
  const cart = (await (await page.request.get(`${storeUrl()}/cart.js`)).json()) as {
    total_price: number;
    items: { properties: object }[];
  };
  expect([cart.total_price, cart.items[0]?.properties]).toEqual([promised, { _trellis_source: 'thank-you' }]);
  await pay(page);
  await expect(page.locator('.order-box')).toContainText(new RegExp((promised / 100).toFixed(2).replace('.', '[.,]')));

  // The order status page of the first order still suggests; its code is used.
  await page.goto(order.replace('/thank-you/', '/orders/'));
  await expect(extension(page).getByText(heading)).toBeVisible();
});

test('a held-out visitor is offered nothing', async ({ page }) => {
  await answerConsent(page, 'yes');
  await becomeVisitor(page, 'held out');
  await page.locator('.product__buy button').click();
  await page.waitForURL('**/cart');
  const visitor = await page.evaluate(() => localStorage.getItem('_trellis_visitor'));
  await expect
    .poll(async () => {
      const cart = (await (await page.request.get(`${storeUrl()}/cart.js`)).json()) as {
        attributes: Record<string, string>;
      };
      return cart.attributes['_trellis_visitor'];
    })
    .toBe(visitor);
  const [answer] = await Promise.all([
    page.waitForResponse(
      (response) => response.url().endsWith('/checkout/offers') && response.request().method() === 'POST',
    ),
    pay(page),
  ]);
  expect([answer.status(), await answer.json()]).toEqual([200, { offer: null }]);
  await expect(extension(page).getByText(heading)).toHaveCount(0);
});
