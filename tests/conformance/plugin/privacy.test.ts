import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tagField } from '#app/platforms/woocommerce/publish/customer-tags.ts';
import { runPhp } from '#tests/setup/php.ts';

it('exporters hand out marks, the recommendation and what Trellis keeps; the eraser leaves none of it', () => {
  const told = JSON.parse(runPhp([join(import.meta.dirname, 'privacy.php')])) as Record<string, unknown>;
  const asks = (customerId: string | null, email: string, locale: string) => [
    'https://trellis.example/plugin/woocommerce/person',
    { customerId, email, locale },
  ];
  const ida = asks('7', 'ida@fern.example', 'de_DE');
  const row = (name: string, value: string) => ({ name, value });
  const points = {
    group_id: 'trellis_points',
    group_label: 'Ihre Vorteile',
    item_id: 'trellis-points-0',
    data: [row('Guthaben', '120')],
  };
  expect(told).toEqual({
    orders: {
      data: [
        {
          group_id: 'trellis_orders',
          group_label: 'Orders: marks of Trellis',
          item_id: 'order-11',
          data: [
            row('Order', '11'),
            row('Number of the visitor', 'v1'),
            row('Code of the recommendation', 'F-ABCDEFGH'),
            row('Where "Mug" was chosen', 'together'),
          ],
        },
      ],
      done: true,
    },
    known: { data: [points], done: true },
    guest: 1,
    odd: { data: [], done: true },
    // Half of what is kept would be no answer: WordPress tells the merchant.
    away: 'trellis_unreachable',
    asked: [ida, asks(null, 'guest@fern.example', 'en_US'), ida, ida],
    alone: { data: [], done: true },
    'alone.ask': [],
    erased: [{ items_removed: true, items_retained: false, messages: [], done: true }, { _of_others: 'stays' }, 1, []],
    again: false,
    plain: [false, 0],
    taken: { _trellis_points: 7, _trellis_figure: 7, _trellis_keys: 7, _trellis_tier_code: 7, [tagField]: 7 },
    names: ['of-others', 'trellis-for-woocommerce', 'trellis-for-woocommerce-rewards'],
  });
});
