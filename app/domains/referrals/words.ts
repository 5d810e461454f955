import type { Reason, ReasonCode } from './model.ts';

type Facts = Reason['facts'];
const kinds: Readonly<Record<string, string>> = {
  email: 'e-mail address',
  phone: 'phone number',
  address: 'address',
  name: 'name',
  device: 'browser',
  payment: 'means of payment',
};

/** `a, b and c` of the graph's words. */
function shared(facts: Facts): string {
  const words = String(facts['shared'] ?? '')
    .split(', ')
    .map((kind) => kinds[kind] ?? kind);
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

const times = (count: unknown, one: string, many: string) => `${String(count)} ${count === 1 ? one : many}`;

const sentences: Readonly<Record<ReasonCode, (facts: Facts, money: (minor: number) => string) => string>> = {
  self: (facts) => `Friend and advocate are the same person: they share ${shared(facts)}.`,
  'existing-customer': (facts) =>
    `The friend is not new: the same person has ordered ${times(facts['orders'], 'time', 'times')} before.`,
  'below-minimum': (facts, money) =>
    `The order is worth ${money(Number(facts['keptMinor']))}, and the programme asks for ${money(Number(facts['minOrderMinor']))}.`,
  currency: (facts, money) =>
    `The order was paid in ${String(facts['currency'])}, of which no rate is known, and the programme asks for ${money(Number(facts['minOrderMinor']))}.`,
  stopped: () => 'The advocate was stopped.',
  'no-advocate': () => 'The advocate is no customer any more.',
  unknown: () =>
    'Nothing is known of the advocate yet, neither an order nor an e-mail address: it may be the friend. It is looked at again when something is.',
  household: (facts) =>
    `Friend and advocate share ${shared(facts)} but not the name or the mailbox: they seem to live together, which is no fraud.`,
  close: (facts) => `Friend and advocate share ${shared(facts)}: it may be one person, or two who share it.`,
  velocity: (facts) =>
    `The advocate has brought ${times(facts['friends'], 'friend', 'friends')} within ${times(facts['days'], 'day', 'days')}, more than people usually do.`,
  published: (facts) =>
    `The code was used ${times(facts['uses'], 'time', 'times')} within a week, and ${
      // Judged before, by clicks.
      'clicks' in facts
        ? `the link was opened ${times(facts['clicks'], 'time', 'times')}`
        : `${String(facts['linked'])} of these orders came by the link`
    }: it seems to stand on a page of coupons.`,
  refunds: (facts) => `Of ${String(facts['settled'])} friends ${String(facts['undone'])} gave everything back.`,
  clean: () => 'Nothing speaks against it.',
};

/** A reason as the merchant reads it. @param money writes minor units of the shop's currency */
export const sayReason = (reason: Reason, money: (minor: number) => string): string =>
  sentences[reason.code](reason.facts, money);
