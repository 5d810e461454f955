import type { AskingSurface, SourceId } from '#app/domains/recommendations/index.ts';

const sources: Readonly<Record<SourceId, string>> = {
  together: 'Bought in the same order',
  'basket-model': 'Learnt from whole baskets',
  'basket-neighbours': 'Similar baskets',
  taste: 'Taste of customers',
  'taste-neighbours': 'Customers with the same taste',
  'own-habit': 'Bought regularly by this customer',
  'own-recent': 'Bought lately by this customer',
  'own-latest': 'In the last order of this customer',
  'own-replenished': 'Used up and bought again',
  content: 'Alike in type, vendor and text',
  trending: 'Rising now',
  popular: 'Bestsellers',
  established: 'Steady sellers',
};

const surfaces: Readonly<Record<AskingSurface, string>> = {
  cart: 'Completing a cart',
  next: 'What a customer buys next',
  discover: 'What a customer has not had yet',
};

/** A source in the merchant's words; one that is not known here by its own name. */
export function sourceWords(source: string): string {
  return source in sources ? sources[source as SourceId] : source.replaceAll('-', ' ');
}

export function surfaceWords(surface: AskingSurface): string {
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
