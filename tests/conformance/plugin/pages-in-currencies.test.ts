import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runPhp } from '#tests/setup/php.ts';

it('pages are asked for, and offers after a purchase shown, in what the shopper pays', () => {
  const offered = { price: { minor: 2000, currency: 'EUR' }, offerPrice: { minor: 1800, currency: 'EUR' } };
  const { shown, pages } = JSON.parse(
    runPhp([join(import.meta.dirname, 'pages-in-currencies.php')], JSON.stringify(offered)),
  ) as Record<string, unknown>;
  expect(shown).toEqual({
    EUR: { asked: {}, price: '20 18' },
    // 21.674 and 19.5066, rounded half up.
    USD: { asked: { currency: 'USD', rate: '1.0837' }, price: '21.67 19.51' },
    JPY: { asked: { currency: 'JPY', rate: '170.25' }, price: '3405 3065' },
    // Nobody tells the rate: the page stays in the shop's currency, the offer at the store's own price.
    GBP: { asked: {}, price: 'store' },
    // The plugin that knows it fails.
    CHF: { asked: {}, price: 'store' },
    // Rubbish.
    SEK: { asked: {}, price: 'store' },
    NOK: { asked: {}, price: 'store' },
    DKK: { asked: {}, price: 'store' },
    PLN: { asked: {}, price: 'store' },
    // The app writes no amounts in a currency without a code; the store does.
    USDT: { asked: {}, price: '21.67 19.51' },
  });
  // No page is another one's, whatever it is called.
  expect(pages).toEqual([
    '/plugin/woocommerce/shopper/bundle/USD%201.0837tea  en',
    '/plugin/woocommerce/shopper/bundle/tea  en USD 1.0837',
    '/plugin/woocommerce/shopper/bundle/tea  en',
  ]);
});
