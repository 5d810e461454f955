import type { EarnRule } from './registry.ts';

type TermsOf<Kind extends EarnRule['kind'], Field extends keyof Extract<EarnRule, { kind: Kind }>> = {
  readonly kind: Kind;
} & Readonly<Pick<Extract<EarnRule, { kind: Kind }>, Field>>;

/** What shoppers have to know of a rule besides its points, in order to earn by it. */
export type ShownTerms =
  | TermsOf<'recent-order', 'days'>
  | TermsOf<'new-customer', 'days'>
  | TermsOf<'order-count', 'count' | 'repeats'>
  | TermsOf<'happy-hours', 'weekdays' | 'from' | 'to'>
  | TermsOf<'product-multiplier', 'productIds' | 'collectionIds'>;

/** Null where the kind of the rule says everything. */
export function shownTerms(rule: EarnRule): ShownTerms | null {
  switch (rule.kind) {
    case 'recent-order':
      return { kind: rule.kind, days: rule.days };
    case 'new-customer':
      return { kind: rule.kind, days: rule.days };
    case 'order-count':
      return { kind: rule.kind, count: rule.count, repeats: rule.repeats };
    case 'happy-hours':
      return { kind: rule.kind, weekdays: rule.weekdays, from: rule.from, to: rule.to };
    case 'product-multiplier':
      return { kind: rule.kind, productIds: rule.productIds, collectionIds: rule.collectionIds };
    default:
      return null;
  }
}
