import type { EditorTier } from './form-state.ts';

/** A tier that nobody has changed yet. */
export function emptyTier(key: string, at = '', percent = ''): EditorTier {
  return { key, at, reward: 'order-discount', value: { type: 'percentage', percent, amount: '' }, gift: null };
}
