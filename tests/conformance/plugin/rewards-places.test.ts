import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { runPhp } from '#tests/setup/php.ts';

const usual = { kind: 'checkout', points: true, programme: true, customer: true, lines: 1 };
const answers = z.array(z.object({ hooks: z.array(z.string()), form: z.string(), block: z.string() }));

function ask(pages: readonly Partial<typeof usual>[]): z.output<typeof answers> {
  const sent = JSON.stringify({ pages: pages.map((page) => ({ ...usual, ...page })) });
  return answers.parse(JSON.parse(runPhp([join(import.meta.dirname, 'rewards-places.php')], sent)));
}

it('points stand before the checkout’s form, the classic one and the block, and before the cart', () => {
  const [paying, cart] = ask([{}, { kind: 'cart' }]);
  expect(paying?.hooks).toEqual(['woocommerce_before_checkout_form', 'render_block_woocommerce/checkout']);
  expect(cart?.hooks).toEqual(['woocommerce_before_cart', 'render_block_woocommerce/cart']);
});

it.each<[string, Partial<typeof usual>]>([
  ['after the purchase', { kind: 'order-received' }],
  ['where an order is paid later', { kind: 'order-pay' }],
  ['on other pages', { kind: 'shop' }],
  ['where the merchant wants none', { points: false }],
  ['without a programme', { programme: false }],
])('nothing is hooked in %s', (_where, page) => {
  expect(ask([page])[0]?.hooks).toEqual([]);
});

it('the checkout’s line knows the cart and leads back to the checkout; guests and empty carts have none', () => {
  const [member, guest, empty] = ask([{}, { customer: false }, { lines: 0 }]);
  expect(member?.form).toBe('cart-points cart checkout');
  expect(member?.block).toBe('<div class="alignwide">cart-points cart checkout</div><block>');
  for (const other of [guest, empty]) expect([other?.form, other?.block]).toEqual(['', '<block>']);
});
