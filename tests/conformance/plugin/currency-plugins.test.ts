import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runPhp } from '#tests/setup/php.ts';

const ask = (plugin: string): unknown =>
  JSON.parse(runPhp([join(import.meta.dirname, 'currency-plugins.php'), plugin]));

const nothing = { note: [], again: '', 'in yens': '' };
const own = { note: [], again: '1', 'in yens': '' };
const parcel = ['fox', 'make_free'];

test.each(['fox', 'switcher', 'curcy', 'curcy-premium', 'yay', 'country', 'payments'])(
  'the rate of %s is that of the cart, and an order notes it',
  (plugin) => {
    expect(ask(plugin)).toEqual({
      cart: 'USD',
      // A currency that the plugin does not know has no rate, so that nothing is promised in it.
      rates: { USD: '1.0837', GBP: '', EUR: '1' },
      orders: {
        USD: {
          note: { _trellis_exchange_rate: '1.0837', _trellis_shop_currency: 'EUR' },
          again: '1.0837',
          'in yens': '',
        },
        GBP: nothing,
        EUR: own,
      },
      parcel,
    });
  },
);

test('a plugin that turns amounts only is asked for a large one', () => {
  expect(ask('aelia')).toMatchObject({ rates: { USD: '1.0837' } });
});

test('where FOX only shows another currency, carts are in the shop’s', () => {
  expect(ask('fox-shows')).toMatchObject({ cart: 'EUR' });
});

test('without a plugin another currency has no rate', () => {
  expect(ask('none')).toEqual({
    cart: 'USD',
    rates: { USD: '', GBP: '', EUR: '1' },
    orders: { USD: nothing, GBP: nothing, EUR: own },
    parcel,
  });
});
