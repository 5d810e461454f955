import { describe, expect, it } from 'vitest';
import type { Browser } from './fixture.ts';
import { createTestStorefront, product } from './fixture.ts';
import { base, item, percent, products } from './offer-shop.ts';

const app = 'gid://shopify/AppInstallation/501';

describe('cart goals', () => {
  const goals = {
    ...base,
    kind: 'cart-goals',
    items: [item('2', 'gift')],
    terms: {
      tiers: [
        { thresholdMinor: 3000, reward: { type: 'free-shipping' } },
        { thresholdMinor: 5000, reward: { type: 'gift', productId: '2', variantId: null } },
        { thresholdMinor: 8000, reward: { type: 'order-discount', value: percent(1000) } },
      ],
    },
  };
  const withGoals = async (goal: object = goals) => {
    const shop = await createTestStorefront([...products, product(5, '60.00', { isGiftCard: true })]);
    shop.metafield(app, 'goals', 'json', [goal]);
    shop.metafield(app, 'goal_products', 'list.product_reference', ['gid://shopify/Product/2']);
    return shop.browser();
  };
  const said = async (browser: Browser): Promise<string> =>
    /data-goal-text[^>]*>([^<]*)</.exec(await browser.html('/cart'))?.[1] ?? '';

  it('says what is missing for the next reward', async () => {
    const browser = await withGoals();
    await browser.post('/cart/add.js', { id: 10 });
    expect(await said(browser)).toBe('€21,00 more for free shipping');
    await browser.post('/cart/add.js', { id: 30 });
    expect(await said(browser)).toBe('€11,00 more for a gift: Product 2');
    await browser.post('/cart/add.js', { id: 30, quantity: 2 });
    expect(await said(browser)).toBe('You have reached every reward.');
  });

  it('counts neither gift cards nor the gift itself', async () => {
    const browser = await withGoals();
    await browser.post('/cart/add.js', { items: [{ id: 50 }, { id: 20 }, { id: 10 }] });
    expect(await said(browser)).toBe('€21,00 more for free shipping');
  });

  it('offers the gift once it is earned and until it is in the cart', async () => {
    const browser = await withGoals();
    await browser.post('/cart/add.js', { id: 30 });
    expect(await browser.html('/cart')).toMatch(/<form[^>]*data-off/);
    await browser.post('/cart/add.js', { id: 30 });
    expect(await browser.html('/cart')).not.toMatch(/<form[^>]*data-off/);
    await browser.post('/cart/add.js', { id: 20 });
    expect(await browser.html('/cart')).toMatch(/<form[^>]*data-off/);
  });

  it('does not promise a gift that is sold out, and nothing outside its dates', async () => {
    const soldOut = {
      ...goals,
      items: [item('4', 'gift')],
      kind: 'gift',
      terms: { trigger: { type: 'subtotal', minor: 100 } },
    };
    for (const goal of [soldOut, { ...goals, endsAt: '2020-01-01T00:00:00Z' }]) {
      const browser = await withGoals(goal);
      await browser.post('/cart/add.js', { id: 10 });
      expect(await said(browser)).toBe('');
    }
  });

  it('knows a gift for a subtotal', async () => {
    const gift = { ...goals, kind: 'gift', terms: { trigger: { type: 'subtotal', minor: 4000 }, timesPerOrder: 1 } };
    const browser = await withGoals(gift);
    await browser.post('/cart/add.js', { id: 30 });
    expect(await said(browser)).toBe('€10,00 more for a gift: Product 2');
  });

  it.each(['en', 'de', 'fr', 'es', 'ja'])('speaks %s', async (language) => {
    const browser = await withGoals();
    await browser.post('/localization', new URLSearchParams({ locale_code: language }));
    await browser.post('/cart/add.js', { id: 10 });
    const html = await browser.html('/cart');
    expect(html).toMatch(/data-goal-text[^>]*>[^<]*€21,00/);
    expect(html).not.toContain('Translation missing');
  });
});

describe('section rendering', () => {
  it('answers a change of the cart with the parts of the theme that were asked for', async () => {
    const browser = (await createTestStorefront(products)).browser();
    const response = await browser.post('/cart/add.js', {
      items: [{ id: 30, quantity: 2 }],
      sections: ['cart-drawer', 'cart-count', 'unknown'],
    });
    const { sections } = (await response.json()) as { sections: Record<string, string | null> };
    expect(sections['cart-count']).toBe('2');
    expect(sections['cart-drawer']).toContain('€60,00');
    expect(sections['unknown']).toBeNull();
  });
});
