import type { Assessment, IdeaKind, Refusal, StoredIdea } from '#app/domains/bundle-ideas/index.ts';
import { formatBps, formatCount, formatMoney, formatPlural, formatShare } from '../format.ts';

export const kindWords: Readonly<Record<IdeaKind, string>> = {
  fixed: 'Set',
  'mix-and-match': 'Mix and match',
  'quantity-breaks': 'Several of one',
};

/** Why an idea is not proposed, short and in a sentence. */
export const refusalWords: Readonly<Record<Refusal, readonly [badge: string, sentence: string]>> = {
  unavailable: ['Not for sale', 'One of its products is gone, hidden or a gift card.'],
  'out-of-stock': ['Sold out', 'One of its products is sold out. Restock it first.'],
  margin: ['Below margin', 'Any discount would leave less than your minimum margin.'],
  stack: [
    'Below margin in the worst case',
    'Together with what you let shoppers combine, any discount would leave less than your minimum margin.',
  ],
  'does-not-pay': [
    'Would not pay',
    'The discount would cost more on orders that take these products together anyway than new ones would bring.',
  ],
};

/** "−$120.00 to $300.00". */
export function rangeWords(range: { low: number; high: number }, currency: string): string {
  return `${formatMoney(range.low, currency)} to ${formatMoney(range.high, currency)}`;
}

/** How long the scarcest part lasts. */
export function coverWords(cover: Assessment['cover']): string {
  if (cover === null) return 'No limit';
  const days = Math.floor(cover.days);
  return days > 730 ? 'Over 2 years' : formatPlural(days, 'day');
}

const trendWords = { rising: 'is rising', steady: 'is steady', falling: 'is falling' } as const;

/** Why these products, each sentence with the numbers that it rests on. */
export function whySentences(idea: Pick<StoredIdea, 'kind' | 'evidence'>, titleOf: (id: string) => string): string[] {
  const { evidence, kind } = idea;
  const { given, lift, attach, support, chances, recent, before, trend, buyers, parts, pickCount } = evidence;
  const whole =
    kind === 'quantity-breaks'
      ? `hold ${String(parts[0]?.quantity ?? 2)} or more of it`
      : kind === 'mix-and-match'
        ? `hold ${String(pickCount)} or more different ones of these`
        : `hold all of them`;
  const sentences = [
    `${formatCount(support)} of ${formatPlural(chances, 'order')} with ${kind === 'quantity-breaks' ? 'this product' : 'any of these products'} ${whole}: ${formatShare(attach.value)}, by ${formatPlural(buyers, 'different buyer')}.`,
  ];
  if (given) {
    const others = parts
      .filter(({ productId }) => productId !== given.productId)
      .map(({ productId }) => titleOf(productId));
    sentences.push(
      `Of 100 orders with ${titleOf(given.productId)}, ${String(Math.round(given.confidence.value * 100))} also hold ${others.join(' and ')} (at least ${String(Math.floor(given.confidence.low * 100))} with 99% certainty).`,
    );
  }
  if (lift)
    sentences.push(
      `That is ${lift.value.toFixed(1)} times as often as by chance, and at least ${lift.low.toFixed(1)} times with 99% certainty.`,
    );
  sentences.push(
    `It ${trendWords[trend]}: ${formatShare(shareOf(recent))} in the last ${formatPlural(recent.days, 'day')}, ${formatShare(shareOf(before))} before.`,
  );
  return sentences;
}

const shareOf = ({ support, chances }: { support: number; chances: number }): number =>
  chances > 0 ? support / chances : 0;

/** What stands on top of the bundle in its worst case. */
export function worstWords(worst: Assessment['points'][number]['worst'], codeBps: number): string {
  const names = [
    'the bundle’s discount',
    ...worst.with.map((part) => (part === 'code' ? `a ${formatBps(codeBps)} code` : 'free shipping')),
  ];
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}
