import { cart } from './cart.ts';
import type { Widget } from './widget.ts';

/** The cart's suggestions in the theme's drawer. What they are chosen for is the same answer's. */
export const drawer = {
  name: 'drawer',
  test: cart.test,
  label: cart.label,
  changes: ['title', 'hide'],
  hiddenBy: 'page',
  surfaces: ['drawer'],
  setting: 'drawer',
} as const satisfies Widget;
