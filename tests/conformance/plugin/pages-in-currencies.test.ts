import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runPhp } from '#tests/setup/php.ts';

it('pages are asked for, and offers after a purchase shown, in what the shopper pays', () => {
  const offered = { price: { minor: 2000, currency: 'EUR' }, offerPrice: { minor: 1800, currency: 'EUR' } };
  const shown = JSON.parse(
    runPhp([join(import.meta.dirname, 'pages-in-currencies.php')], JSON.stringify(offered)),
  ) as unknown;
  expect(shown).toEqual({
    EUR: { asked: {}, price: '20 18' },
    // 21.674 and 19.5066, rounded half up.
    USD: { asked: { currency: 'USD', rate: '1.0837' }, price: '21.67 19.51' },
    JPY: { asked: { currency: 'JPY', rate: '170.25' }, price: '3405 3065' },
    // Nobody tells the rate: the page stays in the shop's currency, the offer at the store's own price.
    GBP: { asked: {}, price: 'store' },
    // The plugin that knows it fails.
    CHF: { asked: {}, price: 'store' },
  });
});
