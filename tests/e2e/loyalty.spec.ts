import { AxeBuilder } from '@axe-core/playwright';
import { expectCornerCoversNothing } from '#tests/e2e/setup/corner-button.ts';
import { layoutShifts } from '#tests/e2e/setup/layout-shift.ts';
import { pickProducts } from '#tests/e2e/setup/picker.ts';
import { takeRefusal } from '#tests/e2e/setup/refusal.ts';
import { pay } from '#tests/e2e/setup/shopper.ts';
import { app, expect, storeUrl, test } from '#tests/e2e/setup/test.ts';
import { expectAccessible } from '#tests/e2e/setup/woo-store.ts';

const loyalty = (path = '') => `${storeUrl()}/admin/apps/trellis/loyalty${path}`;

test('a programme begins from a good default, shows its cost on past orders, and is switched on', async ({ page }) => {
  const frame = app(page);
  await page.goto(loyalty());
  await frame.getByRole('button', { name: 'Begin with a good default' }).click();
  await expect(frame.getByText('Break-even')).toBeVisible();

  await test.step('its rules can be changed', async () => {
    await frame.getByRole('link', { name: 'Rules, tiers and rewards' }).click();
    await frame.getByLabel('What points are called').fill('stars');
    await frame.getByLabel('Points can be used after').fill('soon');
    await expect(frame.getByText('Enter a number from 0 to 120')).toBeVisible();
    await frame.getByLabel('Points can be used after').fill('21');
    await frame.getByRole('button', { name: 'Calculate without saving' }).click();
    await expect(frame.getByText('by the form as it stood then')).toBeVisible();
    await expect(frame.getByLabel('What points are called')).toHaveValue('stars');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  });

  await test.step('and is live', async () => {
    await page.goto(loyalty());
    await frame.getByRole('button', { name: 'Switch on' }).click();
    await expect(frame.getByRole('button', { name: 'Pause' })).toBeVisible();
    await expect(frame.getByText('Expected liability')).toBeVisible();
  });

  const { violations } = await new AxeBuilder({ page }).include(['#app-frame', 'body']).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});

test('balances come over from the file of another app, which is understood before anything is given', async ({
  page,
  consoleErrors,
}) => {
  const frame = app(page);
  await page.goto(`${storeUrl()}/account`);
  const email = await page.locator('.people [name=email]').first().inputValue();
  await page.goto(loyalty('/import'));
  const file = (name: string, text: string) =>
    frame.getByLabel('File').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

  await file('names.csv', 'Name;Points\nAnna;5');
  await expect(frame.getByText(/No column names customers .* The first line names “Name”, “Points”/)).toBeVisible();
  await takeRefusal(consoleErrors);

  await file(
    'export.csv',
    ['\uFEFFE-Mail;Points Balance', `${email};1.234,5`, 'nobody@example.com;7', ';9', `${email};1,250`].join('\r\n'),
  );
  await expect(frame.getByText('1,235 points for 1 customer would come over')).toBeVisible();
  await expect(
    frame.getByText('Customers by “E-Mail”, points from “Points Balance”, divided by semicolons'),
  ).toBeVisible();
  await expect(frame.getByText('1 balance with a fraction of a point: it is rounded up')).toBeVisible();
  await expect(frame.getByText('2 lines left out')).toBeVisible();
  await expect(frame.getByText('Line 4: it names no e-mail address and no customer number')).toBeVisible();
  await expect(frame.getByText('Line 5: “1,250” may be a thousand or a fraction')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include(['#app-frame', 'body']).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);

  await frame.getByRole('button', { name: 'Give the points' }).click();
  await expect(frame.getByText('1 customer has their points')).toBeVisible();
});

test('a customer turns points into a code from the cart, pays with it, and reads what the order brings', async ({
  page,
}) => {
  const frame = app(page);

  const email = await test.step('a customer of the programme', async () => {
    await page.goto(`${storeUrl()}/account`);
    const people = await page
      .locator('.people [name=email]')
      .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
    for (const one of people) {
      await page.request.post(`${storeUrl()}/account/login`, { form: { email: one } });
      await page.goto(`${storeUrl()}/apps/trellis/rewards`);
      // Some belong to the group that sees no programme.
      if ((await page.getByText('How to earn points').count()) === 0) continue;
      const join = page.getByRole('button', { name: 'Join now' });
      if (await join.isVisible()) await join.click();
      await expect(page.getByText('Your balance')).toBeVisible();
      return one;
    }
    throw new Error('nobody takes part');
  });

  await test.step('gets points by hand', async () => {
    await page.goto(loyalty(`/members?search=${encodeURIComponent(email)}`));
    await frame.getByRole('link', { name: /^\d+$/ }).first().click();
    await frame.getByLabel('Points', { exact: true }).fill('5000');
    await frame.getByLabel('Why').fill('a gift');
    await frame.getByRole('button', { name: 'Save' }).click();
    await expect(frame.getByText('a gift')).toBeVisible();
  });

  await test.step('opens the panel in the corner by keyboard, and goes from it to the page of rewards', async () => {
    await page.goto(`${storeUrl()}/admin/themes/current/editor`);
    await page.getByRole('button', { name: 'Switch Rewards button on' }).click();
    await expect(page.getByRole('button', { name: 'Switch Rewards button off' })).toBeVisible();
    const launcher = page.locator('.trellis-launcher');
    await expect(async () => {
      await page.goto(storeUrl());
      // The balance reaches the store within seconds.
      await expect(launcher.locator('summary')).toHaveText(/^Your rewards · \d{4} stars$/, { timeout: 1_000 });
    }).toPass({ timeout: 90_000 });
    expect(await layoutShifts(page)).toEqual([]);
    await expectCornerCoversNothing(page);
    const panel = launcher.locator('.trellis-panel');
    await expect(panel).toBeHidden();
    await launcher.locator('summary').press('Enter');
    await expect(panel.getByText(/^Your balance \d{4} stars$/)).toBeVisible();
    await expect(panel.getByRole('link', { name: /^Redeem: / }).first()).toBeVisible();
    await expectAccessible(page);
    await launcher.locator('summary').press('Enter');
    await expect(panel).toBeHidden();
    await launcher.locator('summary').press('Space');
    await panel.getByRole('link', { name: 'All rewards, codes and history' }).click();
    await page.waitForURL('**/apps/trellis/rewards');
    await expect(page.getByRole('heading', { name: 'Your balance' })).toBeVisible();
    await expectAccessible(page);
    await page.goto(`${storeUrl()}/admin/themes/current/editor`);
    await page.getByRole('button', { name: 'Switch Rewards button off' }).click();
    await expect(page.getByRole('button', { name: 'Switch Rewards button on' })).toBeVisible();
  });

  await test.step('reads on the product’s page what it brings, and goes from the cart to the rewards', async () => {
    await page.goto(`${storeUrl()}/collections/all`);
    // The dearest first: the order is to reach what rewards ask for.
    const products = await page.locator('main .card').evaluateAll((cards) => {
      const priceOf = (card: Element) => Number(/\d+\.\d\d/.exec(card.textContent)?.[0] ?? 0);
      return cards.toSorted((a, b) => priceOf(b) - priceOf(a)).flatMap((card) => card.querySelector('a')?.href ?? []);
    });
    const earn = page.getByText(/Earn \d+ stars with this product/);
    const add = page.locator('.product__buy button');
    // What costs less than a point brings none, and what is sold out is passed over; pages follow the rules within seconds.
    await expect(async () => {
      for (const product of products) {
        await page.goto(product);
        if ((await earn.isVisible()) && (await add.isEnabled())) return;
      }
      throw new Error('no product brings points');
    }).toPass();
    await page.locator('input[name=quantity]').fill('20');
    await add.click();
    await page.waitForURL('**/cart');
    const useStars = page.getByRole('link', { name: 'Use your stars for this order' });
    await useStars.click();
    await expect(page.getByRole('heading', { name: 'Picked for you' })).toBeVisible();
    await page
      .getByRole('button', { name: /^Add to cart: / })
      .first()
      .click();
    await page.waitForURL('**/cart');
    await useStars.click();
    await page
      .getByRole('button', { name: /^Redeem/ })
      .first()
      .click();
  });

  await test.step('the code lies in the cart; at the checkout the points become another one', async () => {
    const cart = page.locator('.cart__sum');
    await expect(page.getByText('Your code is below.').or(cart)).toBeVisible();
    // A store with much to do may make the code later than the page waits for it.
    await expect(async () => {
      if (await cart.isVisible()) return;
      await page.goto(`${storeUrl()}/apps/trellis/rewards?cart=1`);
      await page.getByRole('link', { name: 'Use it now' }).first().click({ timeout: 2_000 });
      await expect(cart).toBeVisible();
    }).toPass();
    await expect(page.locator('.cart__sum .saving').first()).toBeVisible();
    await page.locator('.cart__sum .saving').getByRole('link', { name: 'Remove' }).click();
    await page.goto(`${storeUrl()}/checkout`);
    const points = page.frameLocator('iframe.checkout-extension');
    await expect(points.getByText(/^You have [\d,]+ stars\.$/)).toBeVisible();
    const total = page.locator('.checkout__sum .sum dd');
    const before = await total.innerText();
    await points
      .getByRole('button', { name: /^Redeem: / })
      .first()
      .click();
    await expect(points.getByText('Your reward is in the order.')).toBeVisible();
    await expect(total).not.toHaveText(before);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  });

  await test.step('the order is paid with it, and says what it brings', async () => {
    await pay(page);
    await expect(page.frameLocator('iframe.checkout-extension').getByText(/stars/).first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  });
});

test('a product for members cannot be bought by a guest: the page says why, and so does the checkout', async ({
  page,
}) => {
  const frame = app(page);
  await page.goto(`${storeUrl()}/admin/themes/current/editor`);
  const block = page.getByRole('button', { name: 'Switch Products for members on' });
  if (await block.isVisible()) await block.click();
  await expect(page.getByRole('button', { name: 'Switch Products for members off' })).toBeVisible();
  await page.goto(`${storeUrl()}/collections/all`);
  const product = await page.locator('main .card a').first().getAttribute('href');
  const title = (await page.locator('main .card').first().locator('h3, .card__title').first().innerText()).trim();

  await test.step('the merchant keeps it for a tier', async () => {
    await page.goto(loyalty());
    const begin = frame.getByRole('button', { name: 'Begin with a good default' });
    await expect(begin.or(frame.getByRole('link', { name: 'Rules, tiers and rewards' })).first()).toBeVisible();
    if (await begin.isVisible()) await begin.click();
    const on = frame.getByRole('button', { name: 'Switch on' });
    await frame.getByRole('link', { name: 'Rules, tiers and rewards' }).waitFor();
    if (await on.isVisible()) await on.click();
    await expect(frame.getByRole('button', { name: 'Pause' })).toBeVisible();
    await frame.getByRole('link', { name: 'Rules, tiers and rewards' }).click();
    await frame.getByRole('button', { name: 'Add products for members' }).click();
    await frame.getByLabel('From the tier').selectOption({ label: 'Gold' });
    await frame.getByRole('button', { name: 'Choose products' }).click();
    await pickProducts(page, title);
    await expect(frame.getByText('1 product', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  });

  await test.step('a guest reads it on the page', async () => {
    await page.context().clearCookies();
    await expect(async () => {
      await page.goto(`${storeUrl()}${product ?? ''}`);
      await expect(page.getByText('Reserved for members: Gold.')).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 60_000 });
    await expect(page.locator('.product__buy button')).toBeHidden();
    await expect(page.getByRole('link', { name: 'Log in to buy it' })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id }) => id)).toEqual([]);
  });

  await test.step('and at the checkout, whatever way it came into the cart', async () => {
    const variant = await page.locator('.product__form [name=id]').first().getAttribute('value');
    await page.request.post(`${storeUrl()}/cart/add.js`, { data: { id: variant, quantity: 1 } });
    await page.goto(`${storeUrl()}/checkout`);
    await expect(page.getByText('is kept for certain members')).toBeVisible();
  });

  await test.step('the merchant lets everybody have it again', async () => {
    await page.goto(`${loyalty()}/programme`);
    await frame.getByRole('button', { name: 'Remove Products for members 1' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await expect(async () => {
      await page.goto(`${storeUrl()}${product ?? ''}`);
      await expect(page.locator('.product__buy button')).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 60_000 });
  });
});
