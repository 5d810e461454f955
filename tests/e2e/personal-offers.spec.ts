import { AxeBuilder } from '@axe-core/playwright';
import { app, expect, storeUrl, test } from '#tests/e2e/setup/test.ts';

const offers = (path = '') => `${storeUrl()}/admin/apps/trellis/personal-offers${path}`;

test('an offer is made from a template, switched on, and its customer finds the code', async ({ page }) => {
  const frame = app(page);
  await page.goto(offers());
  await frame.getByRole('link', { name: 'Use “Win back”' }).click();

  await test.step('it says whom it reaches, and what is wrong', async () => {
    await expect(frame.getByText('Whom it reaches')).toBeVisible();
    await frame.getByLabel('Sizes to compare').fill('five');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(frame.getByText('Enter up to four different sizes')).toBeVisible();
    await frame.getByLabel('Sizes to compare').fill('10');
    await frame.getByLabel('Gets nothing').fill('5');
    const segments = frame.getByRole('group', { name: 'Segments' }).getByRole('checkbox');
    for (const segment of await segments.all()) await segment.check({ force: true });
  });

  await test.step('it can be only for who is in a segment as well', async () => {
    const reached = frame.getByRole('status').filter({ hasText: 'this now' });
    await frame.getByRole('radio', { name: 'Only who is in a segment' }).check({ force: true });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(frame.getByText('Choose at least one segment')).toBeVisible();
    const only = frame.getByRole('group', { name: 'In at least one of' }).getByRole('checkbox');
    await only.first().check({ force: true });
    await expect(reached).toContainText('in one of the segments.');
    for (const segment of await only.all()) await segment.check({ force: true });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
  });

  await test.step('it is switched on', async () => {
    await frame.getByRole('button', { name: 'Switch on' }).click();
    await expect(frame.getByRole('button', { name: 'Pause' })).toBeVisible();
    await expect(frame.getByText('Which size works')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include(['#app-frame', 'body']).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  });

  await test.step('a customer finds the code among their rewards, and it takes its part off', async () => {
    // One of twenty gets nothing, and a code is made in a moment: somebody of the first has one soon.
    const offer = page.getByRole('region', { name: 'Offers for you' });
    await expect(async () => {
      for (let person = 0; person < 8 && (await offer.count()) === 0; person += 1) {
        await page.context().clearCookies();
        await page.goto(`${storeUrl()}/account`);
        await page.locator('.people button').nth(person).click();
        await page.waitForURL('**/account');
        await page.goto(`${storeUrl()}/apps/trellis/rewards`);
      }
      expect(await offer.count()).toBe(1);
    }).toPass();
    await offer.getByRole('link', { name: 'Use it now' }).first().click();
    await page.waitForURL('**/cart');
    await page.goto(`${storeUrl()}/collections/all`);
    const products = await page
      .locator('main .card a')
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
    const add = page.getByRole('button', { name: 'Add to cart' }).first();
    const readCart = async () =>
      (await (await page.request.get(`${storeUrl()}/cart.js`)).json()) as Record<
        'total_discount' | 'original_total_price',
        number
      >;
    let cart = await readCart();
    // What is sold out, or has no margin to give, is passed over.
    for (const product of products) {
      if (cart.total_discount > 0) break;
      await page.request.post(`${storeUrl()}/cart/clear.js`);
      await page.goto(product);
      if ((await add.count()) === 0 || !(await add.isEnabled())) continue;
      await add.click();
      await page.waitForURL('**/cart');
      cart = await readCart();
    }
    expect(cart.total_discount).toBeGreaterThan(0);
    expect(cart.total_discount).toBeLessThanOrEqual(Math.round(cart.original_total_price / 10));
  });

  await test.step('the merchant reads why a customer has it, and takes back what nobody used', async () => {
    await page.goto(offers('/why'));
    await expect(frame.getByText('Got 10%, not used so far.').first()).toBeVisible();
    await frame.getByRole('link', { name: 'We miss you' }).first().click();
    await frame.getByRole('button', { name: 'End and take codes back' }).click();
    await expect(frame.getByText('Ended', { exact: true })).toBeVisible();
  });
});
