import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runPhp } from '#tests/setup/php.ts';

it('before the merchant agreed nothing leaves the store, whoever asks', () => {
  const nobody = ['trellis_not_connected'];
  expect(JSON.parse(runPhp([join(import.meta.dirname, 'opt-in.php')]))).toEqual({
    // All questions to the app go through the client; the other asks the store's own REST API.
    leaving: ['admin/class-health.php', 'connection/class-client.php'],
    never: nobody,
    'taken back': nobody,
    'of nothing': nobody,
    'no account': nobody,
    'of a copy': nobody,
    agreed: [{ ok: true }],
    sent: true,
    paths: [
      '/plugin/woocommerce/disconnect',
      '/plugin/woocommerce/forget',
      '/plugin/woocommerce/numbers',
      '/plugin/woocommerce/person',
      '/plugin/woocommerce/review',
      '/plugin/woocommerce/shopper/bundle',
      '/plugin/woocommerce/shopper/cart',
      '/plugin/woocommerce/shopper/order-offers',
      '/plugin/woocommerce/shopper/order-points',
      '/plugin/woocommerce/shopper/referral',
      '/plugin/woocommerce/shopper/rewards',
      '/plugin/woocommerce/sign-in',
    ],
  });
});
