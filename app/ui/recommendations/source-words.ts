import type { BlendId, SourceId } from '#app/domains/recommendations/index.ts';

const sources: Readonly<Record<SourceId, string>> = {
  together: 'Bought in the same order',
  'basket-model': 'Learnt from whole baskets',
  'basket-neighbours': 'Similar baskets',
  taste: 'Taste of customers',
  'taste-neighbours': 'Customers with the same taste',
  'taste-baskets': 'Orders like the earlier ones of this customer',
  'own-habit': 'Bought regularly by this customer',
  'own-recent': 'Bought lately by this customer',
  'own-latest': 'In the last order of this customer',
  'own-replenished': 'Used up and bought again',
  content: 'Alike in type, vendor and text',
  prior: 'Types and prices that go together',
  trending: 'Rising now',
  popular: 'Bestsellers',
  established: 'Steady sellers',
  'last-year': 'Bestsellers of these weeks last year',
  'popular-among': 'Bestsellers among customers alike',
};

type GroupId = 'orders' | 'customers' | 'products' | 'sellers';

const groupOf: Readonly<Record<SourceId, GroupId>> = {
  together: 'orders',
  'basket-model': 'orders',
  'basket-neighbours': 'orders',
  taste: 'customers',
  'taste-neighbours': 'customers',
  'taste-baskets': 'customers',
  'own-habit': 'customers',
  'own-recent': 'customers',
  'own-latest': 'customers',
  'own-replenished': 'customers',
  content: 'products',
  prior: 'products',
  trending: 'sellers',
  popular: 'sellers',
  established: 'sellers',
  'last-year': 'sellers',
  'popular-among': 'customers',
};

const groups: Readonly<Record<GroupId, { readonly label: string; readonly note: string }>> = {
  orders: { label: 'Your orders', note: 'Products that your orders hold together.' },
  customers: { label: 'Your customers', note: 'What a customer and others like them bought before.' },
  products: {
    label: 'The products themselves',
    note: 'Same type, vendor or words: what is similar, and what is too new to have orders.',
  },
  sellers: { label: 'Bestsellers', note: 'What sells well or rises now: where little else is known.' },
};

const surfaces: Readonly<Record<BlendId, string>> = {
  cart: 'Completing a cart, signed in',
  next: 'What a customer buys next',
  discover: 'What a customer has not had yet',
  guest: 'Completing a cart, a guest’s',
};

/** A source in the merchant's words; one that is not known here by its own name. */
export function sourceWords(source: string): string {
  return source in sources ? sources[source as SourceId] : source.replaceAll('-', ' ');
}

export function surfaceWords(surface: BlendId): string {
  return surfaces[surface];
}

/** The loudest entries first, small ones (under 2 % of the whole) together as "Other". */
export function mainShares(counts: Readonly<Record<string, number>>): { label: string; value: number }[] {
  const whole = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const sorted = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
  const main = sorted.filter(([, count]) => count >= whole * 0.02);
  const rest = sorted.slice(main.length).reduce((sum, [, count]) => sum + count, 0);
  const bars = main.map(([source, value]) => ({ label: sourceWords(source), value }));
  return rest > 0 ? [...bars, { label: 'Other', value: rest }] : bars;
}

export interface SuggestionOrigins {
  readonly groups: readonly { readonly label: string; readonly note: string; readonly value: number }[];
  /** the share (0 to 1) that only this store's own orders and customers could teach */
  readonly learnt: number;
}

/** What stored suggestions rest on, in four kinds of evidence, the most frequent first; null for none. */
export function suggestionOrigins(perSource: Readonly<Record<string, number>>): SuggestionOrigins | null {
  const counts: Record<GroupId, number> = { orders: 0, customers: 0, products: 0, sellers: 0 };
  for (const [source, count] of Object.entries(perSource))
    if (source in groupOf) counts[groupOf[source as SourceId]] += count;
  const whole = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (whole === 0) return null;
  return {
    groups: (Object.keys(counts) as GroupId[])
      .filter((id) => counts[id] > 0)
      .sort((a, b) => counts[b] - counts[a])
      .map((id) => ({ ...groups[id], value: counts[id] })),
    learnt: (counts.orders + counts.customers) / whole,
  };
}
