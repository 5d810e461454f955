import type { Widget } from './widget.ts';

/** A panel that opens once a session after something was added, where the theme shows no drawer. */
export const after = {
  name: 'after',
  test: 'after',
  label: 'Panel after adding to the cart',
  changes: ['title', 'hide'],
  hiddenBy: 'app',
  keptSinceUpdate: true,
  surfaces: ['after'],
  setting: 'after',
} as const satisfies Widget;
