import { type AnyBundle, valuesOfBundle } from '#app/domains/bundles/index.ts';
import { formatPlural } from '../../ui/format.ts';
import type { PricedBundle } from './subject-options.ts';

/** What each value of a bundle is about, in its order. */
function labelsOf(bundle: AnyBundle): string[] {
  switch (bundle.kind) {
    case 'build-a-box':
    case 'quantity-breaks':
      return bundle.terms.tiers.map(({ units }) => `From ${formatPlural(units, 'unit')}`);
    case 'fixed':
    case 'mix-and-match':
    case 'buy-x-get-y':
    case 'together-offer':
    case 'gift':
      return ['Discount'];
    case 'cart-goals':
      return bundle.terms.tiers.flatMap(({ reward }, index) => {
        const goal = `Goal ${String(index + 1)}`;
        return [`${goal}: reached at`, ...(reward.type === 'order-discount' ? [`${goal}: discount`] : [])];
      });
  }
}

function typesOf(kind: AnyBundle['kind']): PricedBundle['types'] {
  if (kind === 'together-offer') return ['percentage'];
  return kind === 'quantity-breaks' || kind === 'buy-x-get-y'
    ? ['percentage', 'amount', 'price']
    : ['percentage', 'amount'];
}

/** What a price test may change of a bundle; null where it gives nothing that has a size. */
export function pricedBundle(bundle: AnyBundle): PricedBundle | null {
  const labels = labelsOf(bundle);
  const rows = valuesOfBundle(bundle).map((value, step) => {
    const label = labels[step] ?? 'Discount';
    // What a goal is reached by is an amount and nothing else.
    return { label, value, ...(label.endsWith('reached at') ? { types: ['amount' as const] } : {}) };
  });
  return rows.length === 0 ? null : { types: typesOf(bundle.kind), rows };
}
