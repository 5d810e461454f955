import type { KeyKind, Related, Subject } from './model.ts';

/**
 * What it means that two records share these keys.
 * same: one person · close: perhaps one person, perhaps people who share a device or a card · household: people who live
 * together · none: nothing
 */
export type Kinship = 'same' | 'close' | 'household' | 'none';

/**
 * A mailbox is one person's. A phone or a means of payment may be a family's, so it takes the name or the device beside
 * it; where the home is the same and the name is not, they live together. A name alone is nothing.
 */
export function kinshipOf(shared: readonly KeyKind[]): Kinship {
  const has = (kind: KeyKind) => shared.includes(kind);
  if (has('email')) return 'same';
  if (has('name') && (has('phone') || has('payment') || has('address') || has('device'))) return 'same';
  if (has('payment') && has('phone')) return has('address') ? 'household' : 'same';
  if (has('address')) return 'household';
  return has('phone') || has('payment') || has('device') ? 'close' : 'none';
}

/** Those who are the same person. */
export const samePersons = (related: readonly Related[]): Subject[] =>
  related.filter(({ shared }) => kinshipOf(shared) === 'same').map(({ subject }) => subject);
