import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runPhp } from '#tests/setup/php.ts';

it('a review of a product that stands, by somebody with an account, is told; where the app is away, again later', () => {
  const told = JSON.parse(runPhp([join(import.meta.dirname, 'reviews.php')])) as Record<string, unknown>;
  const soon = ['trellis_review', [1, 0], 'trellis'];
  const sent = ['https://trellis.example/plugin/woocommerce/review', { customerId: '3', productId: '7' }];
  expect(told).toEqual({
    stands: [[soon], []],
    silent: [[], []],
    told: [[soon], [sent]],
    gone: [[], []],
    away: [
      [
        ['trellis_review', [1, 1], 'trellis', 300],
        ['trellis_review', [1, 4], 'trellis', 86_400],
      ],
      [sent, sent, sent],
    ],
    left: [[], []],
  });
});
