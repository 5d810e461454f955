import type { Widget } from './widget.ts';

/** How far the cart is from its next reward, on the cart page and in the drawer. */
export const goals = {
  name: 'goals',
  test: 'goals',
  label: 'Goals of the cart',
  changes: ['hide'],
  hiddenBy: 'page',
  surfaces: ['goals'],
  setting: 'goals',
} as const satisfies Widget;
