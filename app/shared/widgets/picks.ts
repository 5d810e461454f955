import type { Widget } from './widget.ts';

/** Products picked for a customer. */
export const picks = {
  name: 'picks',
  test: 'picks',
  label: 'Products picked on the page of rewards',
  changes: ['hide'],
  hiddenBy: 'app',
  surfaces: ['for-you'],
  setting: null,
} as const satisfies Widget;
