import type { ArmChange, SplitTest, TestReading, TestState, TestSubject } from '#app/domains/experiments/index.ts';
import type { UnitValue } from '#app/domains/incentives/index.ts';
import { widgetTests } from '#app/shared/widgets/registry.ts';
import { formatCount, formatMoney, formatPlural } from '../../ui/format.ts';

export const stateWords: Readonly<Record<TestState, { tone: 'info' | 'success' | 'attention' | 'new'; text: string }>> =
  {
    draft: { tone: 'new', text: 'Draft' },
    running: { tone: 'info', text: 'Running' },
    stopped: { tone: 'attention', text: 'Stopped' },
    applied: { tone: 'success', text: 'Applied' },
  };

export const sourceWords = {
  together: 'What is bought together',
  similar: 'Similar products',
  popular: 'Popular products',
} as const;

export const placeWords = {
  top: 'At the top of the cart page',
  page: 'On the cart page only',
  drawer: 'In the cart drawer only',
} as const;

export const objectiveWords = {
  clicks: 'Chosen for the most purchases',
  revenue: 'Chosen for revenue',
  margin: 'Chosen for margin',
} as const;

/** What is tested, as the merchant calls it. */
export function subjectWords(subject: TestSubject, bundles: Readonly<Record<string, string>>): string {
  if (subject.type === 'app') return 'Everything that Trellis shows';
  if (subject.type === 'widget') return widgetTests.find(({ id }) => id === subject.id)?.label ?? subject.id;
  if (subject.type === 'placement') return placementWords;
  const bundle = `undle “${bundles[subject.id] ?? 'deleted'}”`;
  return subject.type === 'price' ? `Price of b${bundle}` : `B${bundle}`;
}

export const placementWords = 'Place of the suggestions in the cart';

/** What a bundle gives at each of its steps. @param currency the shop's, ISO 4217 */
const valuesWords = (values: readonly UnitValue[], currency: string): string =>
  values
    .map((value) => {
      if (value.type === 'percentage') return `${String(value.basisPoints / 100)}% off`;
      const amount = formatMoney(value.minor, currency);
      return value.type === 'price' ? `${amount} each` : `${amount} off`;
    })
    .join(' · ');

/** What one version shows. @param currency the shop's, ISO 4217 */
export function changeWords(change: ArmChange, currency: string): string {
  if (change.hide) return 'Not shown';
  const parts = [
    change.title === undefined ? null : `Title “${change.title}”`,
    change.source === undefined ? null : `${sourceWords[change.source]} first`,
    change.objective === undefined ? null : objectiveWords[change.objective],
    change.place === undefined ? null : placeWords[change.place],
    change.values === undefined ? null : valuesWords(change.values, currency),
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'As it is today' : parts.join(', ');
}

export const armName = (key: string): string => key.toUpperCase();

/** An amount for each visitor; below five minor units for a hundred, so that it does not read as nothing. */
export const perVisitor = (minor: number, currency: string): readonly [amount: string, unit: string] =>
  Math.abs(minor) < 5 && minor !== 0
    ? [formatMoney(minor * 100, currency), 'per 100 visitors']
    : [formatMoney(minor, currency), 'per visitor'];

/** Beyond this nobody waits (days). */
const longest = 180;

function waiting(reading: TestReading, visitorsPerDay: number): string {
  if (reading.visitorsNeeded === null || visitorsPerDay <= 0) return '';
  const days = Math.max(1, Math.ceil(reading.visitorsNeeded / visitorsPerDay));
  return days > longest ? 'more than half a year' : `about ${formatPlural(days, 'more day')}`;
}

export interface ReadingWords {
  readonly headline: string;
  readonly sentence: string;
  readonly tone: 'success' | 'critical' | 'warning' | 'info';
}

const ends = (test: Pick<SplitTest, 'state' | 'stopReason'>): string =>
  test.stopReason === 'harm'
    ? ', so the experiment stopped by itself'
    : test.state === 'running'
      ? ', so the experiment will stop by itself within the hour'
      : '';

/** What showing something brings, where the other half of the visitors do not see it; null of other experiments. */
function showingWords(
  test: Pick<SplitTest, 'arms' | 'state' | 'stopReason'>,
  { verdict, focus, currency }: TestReading,
  sureness: string,
): ReadingWords | null {
  const hidden = test.arms.length === 2 && test.arms.some(({ key, change }) => key === focus?.key && change.hide);
  if (!hidden || focus === null) return null;
  const [amount, unit] = perVisitor(Math.abs(focus.difference), currency);
  const brought = `Visitors who saw it brought ${amount} ${focus.difference < 0 ? 'more' : 'less'} ${unit} than those who did not`;
  if (verdict === 'worse')
    return {
      tone: 'success',
      headline: 'It earns more than its absence',
      sentence: `${brought}. That is more than chance${ends(test)}.`,
    };
  if (verdict === 'better')
    return {
      tone: 'critical',
      headline: 'It earns less than its absence',
      sentence: `${brought}. That is more than chance${test.state === 'running' ? ': you can take it out of the store by applying version B' : ''}.`,
    };
  return {
    tone: 'info',
    headline: test.state === 'running' ? 'Not sure yet' : 'No clear difference',
    sentence: `${brought}; ${sureness}.`,
  };
}

/** What an experiment shows, in one sentence without statistics' own words. */
export function readingWords(
  test: Pick<SplitTest, 'arms' | 'state' | 'stopReason'>,
  reading: TestReading,
  visitorsPerDay: number,
): ReadingWords {
  const over = test.state !== 'running';
  const { focus, currency } = reading;
  const wait = over ? '' : waiting(reading, visitorsPerDay);
  const name = (key: string): string => {
    const arm = test.arms.find((one) => one.key === key);
    const words = arm ? changeWords(arm.change, currency) : '';
    return `Version ${armName(key)} (${words.charAt(0).toLowerCase()}${words.slice(1)})`;
  };
  const [amount, unit] = perVisitor(Math.abs(focus?.difference ?? 0), currency);
  const sureness = over
    ? 'but that may be chance'
    : wait === ''
      ? 'we are not sure yet'
      : `we are not sure yet: ${wait}`;
  const showing = showingWords(test, reading, sureness);
  if (showing) return showing;
  switch (reading.verdict) {
    case 'no-visitors':
      return {
        tone: 'info',
        headline: over ? 'Nobody was counted' : 'Waiting for visitors',
        sentence: over
          ? 'No visitor who agreed to be counted came while it ran.'
          : 'The first visitors appear here a minute after they look at a product.',
      };
    case 'sample-ratio-mismatch':
      return {
        tone: 'warning',
        headline: 'The groups do not match',
        sentence:
          'One version was seen by clearly more or fewer visitors than its share, so something in the store keeps one group from being counted. No difference is shown. Usual causes are a redirect or another app that touches one version: mend it and start a new experiment.',
      };
    case 'not-enough-data':
      return {
        tone: 'info',
        headline: 'Too early to tell',
        sentence: `${formatPlural(reading.visitors, 'visitor')}${over ? '' : ' so far'}: too few bought to compare${wait === '' ? '' : `, ${wait}`}.`,
      };
    case 'better':
      return {
        tone: 'success',
        headline: `Version ${armName(focus?.key ?? '')} earns more`,
        sentence: `${name(focus?.key ?? '')} earned ${amount} more ${unit} than what stands today. That is more than chance${over ? '' : ': you can apply it now'}.`,
      };
    case 'worse':
      return {
        tone: 'critical',
        headline: `Version ${armName(focus?.key ?? '')} earns less`,
        sentence: `${name(focus?.key ?? '')} earned ${amount} less ${unit} than what stands today. That is more than chance${ends(test)}.`,
      };
    case 'open': {
      const more = (focus?.difference ?? 0) >= 0 ? 'more' : 'less';
      return {
        tone: 'info',
        headline: over ? 'No clear difference' : 'Not sure yet',
        sentence: `${name(focus?.key ?? '')} earned ${amount} ${more} ${unit} than what stands today; ${sureness}.`,
      };
    }
  }
}

/** What the numbers leave out or assume, each in a sentence. */
export function readingNotes(
  reading: TestReading,
  { marginBps, withholds }: { readonly marginBps: number; readonly withholds: boolean },
): string[] {
  const percent = (share: number): string => `${String(Math.round(share * 1000) / 10)}%`;
  return [
    'Profit is what was paid for goods after discounts, refunds and returns, minus their cost, and minus what Trellis took off shipping: a parcel is taken to cost you what your shoppers pay for it. Tax is left out: what your prices contain of it by the rate in the settings.',
    withholds
      ? 'Your checkout gives its prices to everybody. What it took off the orders of visitors who were not shown the offer counts as not given, so that a discount which buyers would have taken anyway is a cost, not a gain.'
      : null,
    reading.assumedShare > 0
      ? `For ${percent(reading.assumedShare)} of the revenue no cost is known; your usual margin of ${percent(marginBps / 10_000)} is assumed there.`
      : null,
    reading.varianceReduction >= 0.005
      ? `What visitors did before they were counted is taken into account; that makes the result ${percent(reading.varianceReduction)} less noisy.`
      : null,
    reading.capMinor !== null
      ? `One visitor counts at most ten times the usual profit (${formatMoney(reading.capMinor, reading.currency)})${reading.capped > 0 ? `; ${formatPlural(reading.capped, 'visitor')} earned more` : ''}.`
      : null,
    reading.machines > 0
      ? `${formatPlural(reading.machines, 'visitor')} ${reading.machines === 1 ? 'is' : 'are'} left out as machines: more than 300 product views a day, or one of more than 300 new visitors an hour from one address.`
      : null,
    'A visitor counts from the first product view after the start, in every version alike, if the visitor agreed to be counted.',
    'The range holds at every look: you may come back as often as you like.',
  ].filter((note) => note !== null);
}

/** "1,234 of about 20,000 visitors". */
export const progressWords = (visitors: number, planned: number): string =>
  planned > 0
    ? `${formatCount(visitors)} of about ${formatPlural(planned, 'visitor')}`
    : formatPlural(visitors, 'visitor');
