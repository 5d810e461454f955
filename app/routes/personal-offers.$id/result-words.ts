import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import type { Audience } from '#app/flows/personal-offers/audience.ts';
import type { Gift, StoppedSize } from '#app/domains/personal-offers/index.ts';
import { formatCount, formatMoney, formatPlural } from '../../ui/format.ts';
import { basisWords, type HeldOut, holdoutWords } from '../../ui/holdout-words.ts';
import { sizeWords, stoppedWords } from '../../ui/personal-offers/words.ts';
import type { ShownOffer } from './result-card.tsx';

const offer: HeldOut = {
  name: 'the offer',
  off: { headline: 'Nothing to compare', text: 'It was never switched on.' },
  without: 'customers get nothing',
  missing: ({ visitorsNeeded }) =>
    visitorsNeeded === null
      ? 'Nobody has bought yet in one of the groups.'
      : `About ${formatPlural(visitorsNeeded, 'more customer')} needed before the two groups can be compared.`,
};

/** What the comparison of customers with and without the offer says. */
export const resultWords = (result: ExperimentResult) => holdoutWords(result, offer);

/** What the number of those whom an offer reaches counts. */
export function audienceWords({ customers, span, among }: Audience): string {
  const who = formatPlural(customers, 'customer');
  const one = customers === 1;
  const member = among ? ` and ${one ? 'is' : 'are'} in one of the segments${span === 'now' ? '' : ' now'}` : '';
  if (span === 'now') return `${who} ${one ? 'meets' : 'meet'} this now${member}.`;
  return span === 'month'
    ? `${who} met this in the past 30 days${member}.`
    : `${who} will meet this in the next 30 days${member}.`;
}

/** What the numbers rest on. `since` as it is written. */
export const resultBasis = (
  result: Exclude<ExperimentResult, { status: 'off' }>,
  since: string,
  { gift, among }: { readonly gift: Gift['type']; readonly among: boolean },
): string =>
  basisWords(
    result,
    `Profit per customer who met the trigger${among ? ' and was in one of the segments' : ''} since ${since}, after discounts, free shipping, returns and costs, whether they ${gift === 'early-access' ? 'bought the products' : 'used the code'} or not.`,
  );

/** Where the search for the smallest size stands, in a sentence. */
export function chosenWords({ sizes, stopped, gift, endReason }: ShownOffer, currency: string): string {
  if (!sizes) return '';
  const name = (size: number): string => sizeWords(gift.type, size, currency);
  const money = (minor: number): string => formatMoney(minor, currency, { sign: true });
  if (endReason === 'no-gain') return 'No size is worth it: customers bring as much without it.';
  if (sizes.chosen) {
    const { size, low, high } = sizes.chosen;
    return `${name(size)} is the smallest size that works: it adds ${money(low)} to ${money(high)} for each customer.`;
  }
  const left = sizes.profit.filter(([size]) => size > 0 && !stopped.some((one) => one.size === size));
  const [only] = left;
  if (left.length === 1 && only) return `${name(only[0])} is left; whether it beats giving nothing is not sure yet.`;
  return `${left.map(([size]) => name(size)).join(', ')} are still compared, on ${formatCount(sizes.customers)} customers so far.`;
}

/** What became of a size. */
export function sizeVerdict(size: number, stopped: readonly StoppedSize[], chosen: number | null): string {
  if (size === 0) return 'kept for the comparison';
  const stop = stopped.find((one) => one.size === size);
  if (stop) return `stopped: ${stoppedWords[stop.reason]}`;
  return size === chosen ? 'the smallest that works' : 'compared';
}
