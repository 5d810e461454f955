import type { Widget } from './widget.ts';

/** Offers beside a product, of whatever kind. */
export const bundle = {
  name: 'bundle',
  test: 'bundle',
  label: 'Block “Bundle”',
  changes: ['title', 'hide'],
  hiddenBy: 'page',
  surfaces: ['bundle'],
  setting: null,
} as const satisfies Widget;
