import type { Confidence, ExplainedSuggestion, ModelSureness } from '#app/domains/recommendations/index.ts';
import { formatPlural, formatShare } from '../format.ts';

const words: Readonly<Record<Confidence, string>> = {
  sure: 'Sure',
  'some-evidence': 'Some evidence',
  'a-guess': 'A guess',
};

export const surenessTone: Readonly<Record<Confidence, 'success' | 'info' | 'attention'>> = {
  sure: 'success',
  'some-evidence': 'info',
  'a-guess': 'attention',
};

/** How sure the whole model is, and why, for a figure with its note. */
export function modelWords({ word, orders, cases, ownEvidence }: ModelSureness): { value: string; note: string } {
  if (cases === 0)
    return { value: words[word], note: `${formatPlural(orders, 'order')} are too few to learn the mix from` };
  return {
    value: words[word],
    note: `How much each source counts is learnt to ${formatShare(ownEvidence)} from ${formatPlural(cases, 'question')} to your ${formatPlural(orders, 'order')}, the rest is what holds in most stores`,
  };
}

/** "Sure: 99%"; never rounded up to certainty. */
export function suggestionWords({ confidence, chanceOfReal }: ExplainedSuggestion): string {
  return chanceOfReal === null
    ? words[confidence]
    : `${words[confidence]}: ${formatShare(Math.min(0.99, chanceOfReal))}`;
}

/** What the merchant's rules did, and whether shoppers see it. */
export function rulesWords({
  excludedBy,
  adjustedWords,
  place,
  shownAt,
  sellable,
  ownedByCustomer,
  keptForOthers,
}: ExplainedSuggestion): string[] {
  if (excludedBy !== null) return [`Left out by your rule “${excludedBy}”`];
  if (keptForOthers) return ['Left out: for certain customers alone'];
  if (ownedByCustomer && shownAt === null) return ['Left out for now: they have it'];
  if (shownAt === null) return sellable ? ['Left out by your settings'] : [];
  const moved = place !== null && place !== shownAt ? `from place ${String(place)} to ${String(shownAt)}` : '';
  return adjustedWords === '' ? [] : [[adjustedWords, moved].filter(Boolean).join(', ')];
}
