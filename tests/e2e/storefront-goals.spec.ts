import { serve } from '@hono/node-server';
import type { Page } from '@playwright/test';
import { createTestStorefront, product } from '#tests/integration/storefront/fixture.ts';
import { layoutShifts } from './setup/layout-shift.ts';
import { expect, test } from './setup/test.ts';

const goal = {
  id: '11111111-1111-4111-8111-111111111111',
  title: 'Rewards',
  kind: 'cart-goals',
  currency: 'USD',
  startsAt: null,
  endsAt: null,
  items: [],
  terms: {
    tiers: [
      { thresholdMinor: 3000, reward: { type: 'free-shipping' } },
      { thresholdMinor: 9000, reward: { type: 'order-discount', value: { type: 'amount', minor: 500 } } },
    ],
  },
};

/** What the shopper pays in, with a rate of the shop's US dollars, and what the bar says of one product, then of more. */
const currencies = [
  ['EUR', '0.9213', '9.00', '€18,64 more for free shipping', '€19,92 more for €4,61 off', ['€27,64', '€82,92']],
  ['JPY', '150.35', '900', '¥3,611 more for free shipping', '¥7,232 more for ¥752 off', ['¥4,511', '¥13,532']],
  [
    'KWD',
    '0.3074',
    '4.000',
    '5.22 KWD more for free shipping',
    'You have reached every reward.',
    ['9.22 KWD', '27.67 KWD'],
  ],
] as const;

/** A store with that goal in `currency`, whose app has nothing to suggest. */
async function openStore(
  page: Page,
  currency: string,
  price: string,
  shown: object = goal,
): Promise<{ origin: string; close: () => void }> {
  const shop = await createTestStorefront([product(1, price)], { currency });
  shop.metafield('gid://shopify/AppInstallation/501', 'goals', 'json', [shown]);
  await page.route('**/apps/trellis/**', (route) => route.fulfill({ json: { suggestions: [] } }));
  return new Promise((resolve) => {
    const server = serve({ fetch: (request) => shop.fetch(request), hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({ origin: `http://127.0.0.1:${String(port)}`, close: () => server.close() }),
    );
  });
}

for (const [currency, rate, price, first, next, tiers] of currencies) {
  test(`goals of a shop in US dollars are said in ${currency} as the checkout counts them`, async ({ page }) => {
    const { origin, close } = await openStore(page, currency, price);
    await page.addInitScript((value) => Object.assign(window, { Shopify: { currency: { rate: value } } }), rate);
    await page.request.post(`${origin}/cart/add.js`, { data: { id: 10 } });
    await page.goto(`${origin}/cart`);
    const bar = page.locator('[data-trellis=goals]');
    await expect(bar).toBeVisible();
    await expect(bar.locator('[data-goal-text]')).toHaveText(first);
    await expect(bar.locator('.trellis-each')).toHaveText([...tiers]);
    expect(await layoutShifts(page)).toEqual([]);
    await page.request.post(`${origin}/cart/add.js`, { data: { id: 10, quantity: 6 } });
    await page.reload();
    await expect(bar.locator('[data-goal-text]')).toHaveText(next);
    await expect(bar.locator('li').first()).toHaveAttribute('data-reached', '');
    close();
  });
}

test('without a rate nothing is promised in a currency that is not the shop’s', async ({ page }) => {
  const { origin, close } = await openStore(page, 'EUR', '9.00');
  await page.request.post(`${origin}/cart/add.js`, { data: { id: 10 } });
  await page.goto(`${origin}/cart`, { waitUntil: 'networkidle' });
  await expect(page.locator('[data-trellis=goals]')).toHaveCount(1);
  await expect(page.locator('[data-trellis=goals]')).toBeHidden();
  close();
});

test('a price test of goals: the bar says what the version of the visitor gives', async ({ page }) => {
  const terms = {
    tiers: [
      { thresholdMinor: 2000, reward: { type: 'free-shipping' } },
      { thresholdMinor: 6000, reward: { type: 'order-discount', value: { type: 'percentage', basisPoints: 1500 } } },
    ],
  };
  const tested = {
    ...goal,
    armDiscounts: [{ arm: 'exp:b', discount: { type: 'percentage', basisPoints: 1500 }, terms }],
  };
  const { origin, close } = await openStore(page, 'USD', '9.00', tested);
  await page.request.post(`${origin}/cart/add.js`, { data: { id: 10 } });
  const words = page.locator('[data-trellis=goals]:visible [data-goal-text]');
  await page.goto(`${origin}/cart`);
  await expect(words).toHaveText('$21.00 more for free shipping');
  // As the embed marks the page of a visitor who is in the second version.
  await page.evaluate(() => document.documentElement.setAttribute('data-trellis-arms', 'exp:b'));
  await expect(words).toHaveText('$11.00 more for free shipping');
  await page.request.post(`${origin}/cart/add.js`, { data: { id: 10, quantity: 2 } });
  await page.addInitScript(() =>
    new MutationObserver(() => document.documentElement.setAttribute('data-trellis-arms', 'exp:b')).observe(document, {
      childList: true,
    }),
  );
  await page.reload();
  await expect(words).toHaveText('$33.00 more for 15% off');
  close();
});
