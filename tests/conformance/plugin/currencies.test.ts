import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runPhp } from '#tests/setup/php.ts';

const goal = (currency: string, thresholdMinor: number, minor: number) => ({
  id: 'goal',
  kind: 'cart-goals',
  terms: {
    tiers: [
      { thresholdMinor, reward: { type: 'order-discount', value: { type: 'amount', minor } } },
      {
        thresholdMinor: thresholdMinor * 2,
        reward: { type: 'order-discount', value: { type: 'percentage', basisPoints: 1000 } },
      },
    ],
  },
  currency,
  items: [{ productId: '19', quantity: 2 }],
});

it('offers are shown in the currency that is paid in, and where nobody tells its rate not at all', () => {
  const shown = JSON.parse(
    runPhp([join(import.meta.dirname, 'currencies.php')], JSON.stringify([goal('EUR', 3000, 555)])),
  ) as unknown;
  expect(shown).toEqual({
    EUR: [goal('EUR', 3000, 555)],
    // 6.9375 is rounded half up, as the cart does.
    USD: [goal('USD', 3750, 694)],
    // No minor units: 30.00 × 164.7 = 4941, 5.55 × 164.7 = 914.085.
    JPY: [goal('JPY', 4941, 914)],
    GBP: [],
  });
});
