import type { Widget } from './widget.ts';

/** On the page right after a purchase. */
export const thankYou = {
  name: 'thank-you',
  test: 'after-purchase',
  label: 'Suggestions after a purchase',
  changes: ['hide'],
  hiddenBy: 'app',
  surfaces: ['thank-you'],
  setting: null,
} as const satisfies Widget;
