import type {
  Gift,
  LogRow,
  OfferState,
  OfferTerms,
  SkipReason,
  StoppedSize,
  TemplateId,
  Trigger,
} from '#app/domains/personal-offers/index.ts';
import { formatBps, formatMoney, formatPlural } from '../format.ts';

export const stateWords: Readonly<
  Record<OfferState, { readonly label: string; readonly tone?: 'success' | 'attention' }>
> = {
  draft: { label: 'Draft' },
  live: { label: 'Live', tone: 'success' },
  paused: { label: 'Paused', tone: 'attention' },
  ended: { label: 'Ended' },
};

export const templateWords: Readonly<Record<TemplateId, { readonly name: string; readonly why: string }>> = {
  'win-back': { name: 'Win back', why: 'Good customers who have not bought for long get a reason to come back.' },
  'second-order': { name: 'Second order', why: 'Most who buy twice stay. The code comes after the first order.' },
  'looked-again': { name: 'Looked again', why: 'Looked at one product three times in a week without buying it.' },
  'goes-with': { name: 'Goes with the order', why: 'A saving on the product that goes best with what was bought.' },
  level: { name: 'New level', why: 'A gift for coming into a level of your loyalty programme.' },
  birthday: { name: 'Birthday', why: 'For members of the loyalty programme who told their birthday.' },
};

/** A size as the customer has it: "10%", "$5.00". */
export function sizeWords(gift: Gift['type'], size: number, currency: string): string {
  if (gift === 'percentage') return formatBps(size);
  if (gift === 'amount') return formatMoney(size, currency);
  if (gift === 'early-access') return 'early access';
  return gift === 'free-shipping' ? 'free shipping' : 'a free product';
}

/** When an offer is given, in a few words. */
export function triggerWords(trigger: Trigger, nameOf: (ref: string) => string): string {
  switch (trigger.type) {
    case 'segment':
      return trigger.segments.map(nameOf).join(', ');
    case 'order':
      return trigger.nth === null ? 'After each order' : `After order no. ${String(trigger.nth)}`;
    case 'viewed':
      return `Looked at a product ${String(trigger.times)} times in ${formatPlural(trigger.days, 'day')}`;
    case 'tier':
      return 'Came into a level';
    case 'birthday':
      return 'Birthday';
  }
}

/** The same with the segments that the offer is only for. */
export function whomWords(
  { trigger, among }: Pick<OfferTerms, 'trigger' | 'among'>,
  nameOf: (ref: string) => string,
): string {
  const when = triggerWords(trigger, nameOf);
  return among.length === 0 ? when : `${when}; only who is in ${among.map(nameOf).join(' or ')}`;
}

/** Why a size is given no more. */
export const stoppedWords: Readonly<Record<StoppedSize['reason'], string>> = {
  harm: 'earned less than nothing given',
  dearer: 'a smaller size earned more',
  weaker: 'a larger size earned more',
  'no-more': 'cannot earn enough more to be worth it',
};

const reasons: Readonly<Record<string, string>> = {
  'own-limit': 'The customer had this offer before; its limit stood against it.',
  'limit-of-all': 'The customer had too many other offers in that time.',
  budget: 'The budget did not reach for it.',
  over: 'The offer was over.',
  'no-product': 'The product that it is for cannot be found.',
  'not-among': 'The customer was in none of the segments that it is only for.',
} satisfies Record<SkipReason, string>;

type Why = Pick<LogRow, 'state' | 'reason' | 'size' | 'bookedMinor' | 'gift'>;

/** Why a customer has the offer, or has not, in a sentence. */
export function whyWords({ state, reason, size, bookedMinor, gift }: Why, currency: string): string {
  switch (state) {
    case 'waiting':
      return 'Waits for a decision.';
    case 'held-out':
      return 'Gets nothing, for the comparison.';
    case 'skipped':
      return reasons[reason ?? ''] ?? 'A limit stood against it.';
    case 'refused':
      return `The store could not make the code. ${reason ?? ''}`;
    case 'withdrawing':
    case 'withdrawn':
      return reason === 'order-undone'
        ? 'Taken back: the order that it was for was cancelled or given back.'
        : 'You took it back.';
    case 'given': {
      const got = `Got ${sizeWords(gift, size ?? 0, currency)}`;
      if (gift === 'early-access') return `${got}.`;
      if (bookedMinor === null) return `${got}, not used so far.`;
      const sum = formatMoney(bookedMinor, currency);
      return gift === 'free-shipping' ? `${got} and used it: ${sum} of the budget.` : `${got} and used it: ${sum} off.`;
    }
  }
}

/** What happened, from the note that tells repetitions apart. */
export function occurrenceWords(occurrence: string): string {
  const [kind = '', id = ''] = occurrence.split(':');
  switch (kind) {
    case 'order':
      return `Order ${id}`;
    case 'viewed':
      return `Looked at product ${id}`;
    case 'segment':
      return 'Came into the segment';
    case 'present':
      return 'Was in the segment at the start';
    case 'tier':
      return 'Came into a level';
    case 'birthday':
      return `Birthday ${id}`;
    default:
      return 'Erased';
  }
}
