import { AxeBuilder } from '@axe-core/playwright';
import { type Batch, keepBeacons } from './setup/beacons.ts';
import { layoutShifts } from './setup/layout-shift.ts';
import { answerConsent, becomeVisitor, chooseCart, openProductWithBlock } from './setup/shopper.ts';
import { expect, storeUrl, test } from './setup/test.ts';

for (const [name, width, height] of [
  ['desktop', 1280, 900],
  ['phone', 390, 844],
] as const) {
  test(`${name}: blocks and cart are accessible, move nothing and fit the width`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await answerConsent(page, 'no');
    await openProductWithBlock(page);
    for (const address of [page.url(), `${storeUrl()}/cart`]) {
      if (address.endsWith('/cart')) {
        await page.locator('[data-trellis=together] [data-submit]').click();
        await page.waitForURL('**/cart');
        await expect(page.locator('.trellis-upsell[data-settled]')).toBeVisible();
      }
      await page.waitForLoadState('networkidle');
      expect(await layoutShifts(page), address).toEqual([]);
      expect(
        (await new AxeBuilder({ page }).analyze()).violations.map((each) => each.id),
        address,
      ).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), address).toBeLessThanOrEqual(
        0,
      );
    }
  });
}

test('one button adds what is ticked, and the total follows the ticks', async ({ page }) => {
  await answerConsent(page, 'no');
  await openProductWithBlock(page);
  const block = page.locator('[data-trellis=together]');
  const boxes = block.locator('input[type=checkbox]');
  // Nothing that costs more is chosen for the shopper: only the product of the page counts at first.
  await expect(block.locator('input[type=checkbox]:checked')).toHaveCount(1);
  await expect(boxes.first()).toBeChecked();
  await expect(block.locator('[data-total]')).toHaveText(await block.locator('[data-item-price]').first().innerText());
  const total = await block.locator('[data-total]').textContent();
  await boxes.last().check();
  await expect(block.locator('[data-total]')).not.toHaveText(total ?? '');
  await block.getByRole('button', { name: 'Add selected to cart' }).click();
  await page.waitForURL('**/cart');
  await expect(page.locator('.cart-line')).toHaveCount(2);
});

test('nothing is stored or sent before consent, and everything after it carries one visitor until it is taken back', async ({
  page,
}) => {
  const bodies: Batch[] = [];
  const beacons = await keepBeacons(page);
  page.on('request', (request) => {
    if (request.url().endsWith('/signals')) bodies.push(JSON.parse(request.postData() ?? '{}') as Batch);
  });
  await openProductWithBlock(page);
  await page.locator('[data-trellis=together]').scrollIntoViewIfNeeded();
  await page.waitForLoadState('networkidle');
  expect(bodies).toEqual([]);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);

  await page.locator('[data-consent-choice=yes]').click();
  await expect.poll(() => bodies.flatMap((body) => body.events.map((event) => event.kind))).toContain('view');
  await page.locator('[data-trellis=together] [data-trellis-product] input[type=checkbox]').first().check();
  await page.locator('[data-trellis=together] [data-submit]').click();
  await page.waitForURL('**/cart');
  await expect
    .poll(async () => {
      const sent = [...bodies, ...(await beacons())];
      return [...new Set(sent.flatMap((body) => body.events.map((event) => event.kind)))].sort();
    })
    .toEqual(expect.arrayContaining(['cart-add', 'click', 'impression', 'view']));
  const visitor = await page.evaluate(() => localStorage.getItem('_trellis_visitor'));
  expect([...new Set([...bodies, ...(await beacons())].map((body) => body.visitorId))]).toEqual([visitor]);
  const cart = (await (await page.request.get(`${storeUrl()}/cart.js`)).json()) as {
    attributes: Record<string, string>;
  };
  expect(cart.attributes['_trellis_visitor']).toBe(visitor);

  await page.locator('[data-consent-open]').click();
  await page.locator('[data-consent-choice=no]').click();
  await expect.poll(() => page.evaluate(() => localStorage.length)).toBe(0);
  await expect
    .poll(async () => ((await (await page.request.get(`${storeUrl()}/cart.js`)).json()) as typeof cart).attributes)
    .toEqual({});
});

test('a held-out visitor sees no block and asks the app for nothing', async ({ page }) => {
  await answerConsent(page, 'yes');
  await becomeVisitor(page, 'held out');
  const proxied: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/apps/trellis/')) proxied.push(request.url());
  });
  await page.reload();
  await expect(page.locator('[data-trellis=together]')).toBeHidden();
  expect(await layoutShifts(page)).toEqual([]);
  await page.locator('.product__buy button').click();
  await page.waitForURL('**/cart');
  await expect(page.locator('.trellis-upsell')).toHaveCount(0);
  expect(proxied).toEqual([]);
});

test('without JavaScript the block still puts its products into the cart', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${storeUrl()}/collections/all`);
  for (const link of await page.locator('main .card a').all()) {
    await page.goto(new URL((await link.getAttribute('href')) ?? '/', storeUrl()).href);
    if ((await page.locator('[data-trellis=together]').count()) > 0) break;
    await page.goto(`${storeUrl()}/collections/all`);
  }
  await page.locator('[data-trellis=together] [data-trellis-product] input[type=checkbox]').first().check();
  await page.locator('[data-trellis=together] [data-submit]').click();
  await expect(page.locator('.cart-line')).toHaveCount(2);
  await context.close();
});

for (const [name, width, height] of [
  ['desktop', 1280, 900],
  ['phone', 390, 844],
] as const) {
  test(`${name}: the drawer of the theme suggests what goes with the cart and adds it in place`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await answerConsent(page, 'no');
    await chooseCart(page, 'drawer');
    await openProductWithBlock(page);
    await page.locator('.product__buy button').click();
    const drawer = page.getByRole('dialog', { name: 'Your cart' });
    const cards = drawer.locator('[data-trellis=drawer] .trellis-card');
    await expect(cards.first()).toBeVisible();
    await expect(drawer.locator('.drawer-line')).toHaveCount(1);
    expect((await new AxeBuilder({ page }).include('cart-drawer').analyze()).violations.map((each) => each.id)).toEqual(
      [],
    );
    await cards.first().getByRole('button').click();
    await expect(drawer.locator('.drawer-line')).toHaveCount(2);
    // The theme has rendered its drawer anew: our part is back in it, and nothing has moved.
    await expect(drawer.locator('[data-trellis=drawer]')).toHaveCount(1);
    await page.waitForLoadState('networkidle');
    expect(await layoutShifts(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await page.keyboard.press('Escape');
    await expect(drawer).toBeHidden();
  });
}

test('after adding on a page that stays, a panel suggests once a session and leaves by Escape', async ({ page }) => {
  await answerConsent(page, 'no');
  await chooseCart(page, 'notification');
  await openProductWithBlock(page);
  const add = page.locator('.product__buy button');
  // What only the panel needs comes with the first thing that is added.
  await expect(page.locator('script[src*=trellis-more]')).toHaveCount(0);
  await add.click();
  const panel = page.getByRole('dialog', { name: 'Added. Goes well with it' });
  await expect(panel.locator('.trellis-card').first()).toBeVisible();
  expect(
    (await new AxeBuilder({ page }).include('.trellis-after').analyze()).violations.map((each) => each.id),
  ).toEqual([]);
  // The page behind takes no focus while the panel is open.
  for (let step = 0; step < 12; step += 1) await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main,header,footer') ?? null)).toBeNull();
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(add).toBeFocused();
  // Never a second time, on this page or the next.
  await page.reload();
  const answered = page.waitForResponse((response) => response.url().endsWith('/cart.js'));
  await page.locator('.product__buy button').click();
  await answered;
  await page.waitForLoadState('networkidle');
  await expect(page.locator('.trellis-after')).toHaveCount(0);
});
