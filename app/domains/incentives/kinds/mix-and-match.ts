import { setKind } from './sets.ts';

/** Any `pickCount` units of the items. */
export const mixAndMatch = setKind('mix-and-match', 1, ({ items, pickCount }) => [
  { items, min: pickCount, max: pickCount, paid: false },
]);
