import { thankYou } from './thank-you.ts';
import type { Widget } from './widget.ts';

/** On the page of an order, whenever its buyer comes back to it. */
export const orderStatus = {
  ...thankYou,
  name: 'order-status',
  surfaces: ['order-status'],
} as const satisfies Widget;
