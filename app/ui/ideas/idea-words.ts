import type {
  Assessment,
  Beside,
  BesideGift,
  IdeaKind,
  Refusal,
  StackPart,
  StoredIdea,
} from '#app/domains/bundle-ideas/index.ts';
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

const trendWords = { rising: 'is rising', steady: 'shows no clear change', falling: 'is falling' } as const;

/** "any of these products": which orders an idea is about. */
export const chanceWords = ({ kind }: Pick<StoredIdea, 'kind'>): string =>
  kind === 'quantity-breaks' ? 'this product' : 'any of these products';

/** "hold all of them": what an order does that bought the whole offer. */
export function wholeWords({ kind, evidence }: Pick<StoredIdea, 'kind' | 'evidence'>): string {
  if (kind === 'quantity-breaks') return `hold ${String(evidence.parts[0]?.quantity ?? 2)} or more of it`;
  return kind === 'mix-and-match'
    ? `hold ${String(evidence.pickCount)} or more different ones of these`
    : 'hold all of them';
}

/** Why these products, each sentence with the numbers that it rests on. */
export function whySentences(idea: Pick<StoredIdea, 'kind' | 'evidence'>, titleOf: (id: string) => string): string[] {
  const { given, lift, attach, support, chances, recent, before, trend, buyers, parts } = idea.evidence;
  const sentences = [
    `${formatCount(support)} of ${formatPlural(chances, 'order')} with ${chanceWords(idea)} ${wholeWords(idea)}: ${formatShare(attach.value)}, by ${formatPlural(buyers, 'different buyer')}.`,
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

/** What stands on top of the bundle in its worst case: "the bundle’s discount, a 10% code and free shipping". */
export function worstWords(worst: Assessment['points'][number]['worst'], currency: string): string {
  const names = ['the bundle’s discount', ...worst.with.map((part) => partWords(part, currency))];
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

function partWords({ source, title, class: offerClass, gives }: StackPart, currency: string): string {
  const named = {
    ...{ reward: 'the reward', tier: 'of the tier', offer: 'the personal offer' },
    goal: gives.type === 'free-product' ? 'the gift of' : 'the cart goal',
  } as const;
  const isNamed = source === 'reward' || source === 'tier' || source === 'offer' || source === 'goal';
  if (source === 'referral')
    return offerClass === 'shipping' ? 'free shipping (a recommendation’s code)' : 'a code for recommending';
  if (offerClass === 'shipping') return isNamed ? `free shipping (${named[source]} “${title}”)` : 'free shipping';
  if (isNamed) return `${named[source]} “${title}”`;
  if (gives.type === 'free-product') return 'a free product';
  const size = gives.type === 'percentage' ? formatBps(gives.basisPoints) : formatMoney(gives.minor, currency);
  return source === 'assumed' ? `an assumed code of ${size}` : `a code of your store of ${size}`;
}

/** What the worst case of an idea was made of: what is known, and what is assumed in its place. */
export function stackWords({ codesKnown, gifts }: Beside): string {
  const has = (source: BesideGift['source']): boolean => gifts.some((gift) => gift.source === source);
  const counted = [
    ...(has('store-code') ? ['the codes of your store'] : []),
    ...(has('reward') ? ['the rewards of your loyalty programme'] : []),
    ...(has('tier') ? ['what its tiers bring'] : []),
    ...(has('offer') ? ['your personal offers'] : []),
    ...(has('referral') ? ['the codes for recommending'] : []),
    ...(has('goal') ? ['your cart goals'] : []),
  ];
  const last = counted.pop();
  const sentences: string[] = [];
  if (last !== undefined)
    sentences.push(
      `Of ${[counted.join(', '), last].filter(Boolean).join(' and ')}, the worst case takes the largest that an order of this bundle alone can hold and that your settings let stand beside it.`,
    );
  if (!codesKnown)
    sentences.push('Of your store’s own codes nothing is known yet, so the largest code below is assumed.');
  else if (!has('store-code')) sentences.push('Your store has no code of its own for these products.');
  return sentences.join(' ');
}
