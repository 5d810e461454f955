import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tagField } from '#app/platforms/woocommerce/publish/customer-tags.ts';
import { runPhp } from '#tests/setup/php.ts';

it('deleting the plugin leaves no webhook, no key, no code and no mark of ours', () => {
  const told = JSON.parse(runPhp([join(import.meta.dirname, 'uninstall.php')], '')) as {
    left: unknown;
    deleted: string[];
  };
  expect(told.left).toEqual([]);
  expect(told.deleted).toEqual(
    expect.arrayContaining([
      "DELETE FROM wp_wc_webhooks WHERE delivery_url LIKE 'https://app.example/%'",
      'woocommerce_webhook_ids_status_active',
      'wp_woocommerce_api_keys {"key_id":7}',
      'DELETE FROM wp_posts WHERE ID IN ( 31, 32 )',
      'DELETE FROM wp_postmeta WHERE post_id IN ( 31, 32 )',
      expect.stringContaining('DELETE FROM wp_postmeta'),
      expect.stringContaining('DELETE FROM wp_wc_orders_meta'),
      expect.stringContaining('DELETE FROM wp_woocommerce_order_itemmeta'),
      expect.stringContaining('DELETE FROM wp_actionscheduler_actions'),
      // Of all users.
      ...[
        'trellis_dismissed',
        '_trellis_points',
        '_trellis_figure',
        '_trellis_keys',
        '_trellis_tier_code',
        tagField,
      ].map((name) => `user 0 ${name}`),
    ]),
  );
});
