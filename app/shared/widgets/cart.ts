import type { Widget } from './widget.ts';

/** On the cart page: popular products until the app has answered. */
export const cart = {
  name: 'cart',
  test: 'cart',
  label: 'Suggestions in the cart',
  changes: ['title', 'objective', 'hide'],
  hiddenBy: 'page',
  surfaces: ['popular', 'cart'],
  setting: 'upsell',
} as const satisfies Widget;
