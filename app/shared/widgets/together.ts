import type { Widget } from './widget.ts';

/** Beside a product; it shows whichever list the merchant or a test chose. */
export const together = {
  name: 'together',
  test: 'together',
  label: 'Block “Bought together”',
  changes: ['title', 'source', 'hide'],
  hiddenBy: 'page',
  surfaces: ['together', 'similar', 'popular'],
  setting: null,
} as const satisfies Widget;
