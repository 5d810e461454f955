import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runPhp } from '#tests/setup/php.ts';

it('whether a review of a product by somebody with an account stands is told; where the app is away, again later', () => {
  const told = JSON.parse(runPhp([join(import.meta.dirname, 'reviews.php')])) as Record<string, unknown>;
  const soon = ['trellis_review', [3, 7, 0], 'trellis'];
  const tells = (stands: boolean) => [
    'https://trellis.example/plugin/woocommerce/review',
    { customerId: '3', productId: '7', stands },
  ];
  const sent = tells(true);
  expect(told).toEqual({
    stands: [[soon], []],
    silent: [[], []],
    told: [[soon], [sent]],
    another: [[], [sent]],
    gone: [[soon], [tells(false)]],
    product: [[], []],
    away: [
      [
        ['trellis_review', [3, 7, 1], 'trellis', 300],
        ['trellis_review', [3, 7, 4], 'trellis', 86_400],
      ],
      [sent, sent, sent],
    ],
    left: [[], []],
  });
});
