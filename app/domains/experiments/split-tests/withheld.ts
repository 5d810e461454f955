import type { Arm } from '../model.ts';
import type { SplitTest } from './model.ts';

/**
 * Arms whose visitors are not shown offers that the checkout gives them all the same: prices hold for everybody. What
 * they were given counts as if it had not been, or else a saving that buyers take anyway would be in all arms and seem
 * to cost nothing.
 */
export interface Withheld {
  readonly arms: readonly string[];
  /** everything of ours, codes too; or bundles by id or kind */
  readonly offers: 'all' | { readonly ids: readonly string[] } | { readonly kinds: readonly string[] };
}

/** Of the standing holdout of the whole app. */
export const ofHoldout: Withheld = { arms: ['holdout' satisfies Arm], offers: 'all' };

/** What a test withholds; null where all versions show the same offers. */
export function withheldBy({ subject, arms }: Pick<SplitTest, 'subject' | 'arms'>): Withheld | null {
  const offers = offersOf(subject);
  const hidden = arms.flatMap(({ key, change }) => (change.hide === true ? [key] : []));
  return offers === null || hidden.length === 0 ? null : { arms: hidden, offers };
}

/** Kinds of bundles that stand in one block alone; other blocks show products. */
const kindsIn: Partial<Record<string, readonly string[]>> = {
  goals: ['cart-goals'],
  together: ['together-offer'],
  bundle: ['fixed', 'mix-and-match', 'build-a-box', 'quantity-breaks', 'buy-x-get-y', 'gift'],
};

function offersOf({ type, id }: SplitTest['subject']): Withheld['offers'] | null {
  if (type === 'app') return 'all';
  if (type === 'bundle') return { ids: [id] };
  if (type !== 'widget') return null;
  const kinds = kindsIn[id];
  return kinds ? { kinds } : null;
}
