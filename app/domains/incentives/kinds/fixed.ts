import { setKind } from './sets.ts';

/** Each item in its number of units. */
export const fixed = setKind('fixed', 0, ({ items }) =>
  items.map((item) => ({ items: [item], min: item.quantity, max: item.quantity, paid: false })),
);
