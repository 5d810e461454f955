import type { Rule, RulePhase, RuleTarget } from '#app/domains/recommendations/index.ts';
import type { PlatformWords } from '#app/platforms/platform.ts';
import { formatBps, formatCount, formatMoney } from '../format.ts';
import { capitalized } from '../platform-words.ts';

export type RuleAction = Rule['action'];

export const actionWords: Readonly<Record<RuleAction, { readonly name: string; readonly does: string }>> = {
  pin: { name: 'Pin', does: 'Always first in the list.' },
  boost: { name: 'Boost', does: 'Shown more often, where the rest fits as well.' },
  bury: { name: 'Bury', does: 'Shown less often.' },
  exclude: { name: 'Exclude', does: 'Never suggested.' },
  suggest: {
    name: 'Suggest for a cart',
    does: 'First where the cart holds certain products, with a saving if you like.',
  },
};

export const surfaceNames: Readonly<Record<Rule['surfaces'][number], string>> = {
  cart: 'In the cart',
  together: 'Bought together, on product pages',
  similar: 'Similar products, on product pages',
  'for-you': 'For you, on personal lists',
  popular: 'Bestsellers',
};

/** Kinds of targets by name. */
export const targetNames = (words: PlatformWords): Readonly<Record<RuleTarget['kind'], string>> => ({
  all: 'All products',
  products: 'Certain products',
  collections: capitalized(words.collections),
  tags: 'Tags',
  vendors: 'Vendors',
  types: 'Product types',
  price: 'A price band',
  stock: 'A stock band',
  margin: 'A margin band',
});

/** Titles of products and collections by their id, and what the store calls the latter. */
export interface Titles {
  readonly products: Readonly<Record<string, string>>;
  readonly collections: Readonly<Record<string, string>>;
  readonly words: PlatformWords;
}

const most = 3;

function listed(names: readonly string[], many: string): string {
  if (names.length <= most) return names.join(', ');
  return `${names.slice(0, most - 1).join(', ')} and ${formatCount(names.length - most + 1)} more ${many}`;
}

function bandWords(from: number | null, to: number | null, write: (value: number) => string): string {
  if (from === null) return to === null ? 'any' : `up to ${write(to)}`;
  return to === null ? `from ${write(from)}` : `${write(from)} to ${write(to)}`;
}

/** The products that a target names: "Green tea, Cup", "tag sale", "price up to $20.00". */
export function targetWords(target: RuleTarget, titles: Titles, currency: string): string {
  switch (target.kind) {
    case 'all':
      return 'all products';
    case 'products':
      return listed(
        target.ids.map((id) => titles.products[id] ?? 'a product that is gone'),
        'products',
      );
    case 'collections':
      return `${titles.words.collection} ${listed(
        target.ids.map((id) => titles.collections[id] ?? 'that is gone'),
        titles.words.collections,
      )}`;
    case 'tags':
      return `tag ${listed(target.names, 'tags')}`;
    case 'vendors':
      return `vendor ${listed(target.names, 'vendors')}`;
    case 'types':
      return `type ${listed(target.names, 'types')}`;
    case 'price':
      return `price ${bandWords(target.from, target.to, (minor) => formatMoney(minor, currency))}`;
    case 'stock':
      return `stock ${bandWords(target.from, target.to, formatCount)}`;
    case 'margin':
      return `margin ${bandWords(target.from, target.to, formatBps)}`;
  }
}

type Said = Pick<Rule, 'action' | 'target' | 'condition' | 'strengthPercent'> & Partial<Pick<Rule, 'savingBps'>>;

/** A rule as a sentence. */
export function ruleSentence(rule: Said, titles: Titles, currency: string): string {
  const what = targetWords(rule.target, titles, currency);
  const strength = `by ${String(rule.strengthPercent)}%`;
  const does = {
    pin: `Show first: ${what}`,
    boost: `Show more often ${strength}: ${what}`,
    bury: `Show less often ${strength}: ${what}`,
    exclude: `Never show: ${what}`,
    suggest: rule.savingBps ? `Suggest at ${formatBps(rule.savingBps)} off: ${what}` : `Suggest: ${what}`,
  }[rule.action];
  return rule.condition === null
    ? `${does}.`
    : `${does}, with ${targetWords(rule.condition, titles, currency)} in the cart or on the page.`;
}

export const phaseLooks: Readonly<
  Record<RulePhase, { readonly text: string; readonly tone: 'success' | 'info' | 'new' | 'read-only' }>
> = {
  live: { text: 'On', tone: 'success' },
  scheduled: { text: 'Scheduled', tone: 'info' },
  off: { text: 'Off', tone: 'new' },
  expired: { text: 'Ended', tone: 'read-only' },
};
