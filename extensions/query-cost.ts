import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql';

/** What an input query may cost. Source: shopify.dev, Functions, limitations. */
export const queryLimits = { cost: 30, bytes: 3_000 } as const;

/** Cost of a Function's input query by Shopify's rule: a metafield is 3 with its sub-fields free, `__typename` 0, any other leaf 1. */
export function queryCost({ definitions }: DocumentNode): number {
  const operation = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('no query');
  return costOf(operation.selectionSet);
}

function costOf(selections: SelectionSetNode): number {
  return selections.selections.reduce((cost, node) => {
    if (node.kind !== Kind.FIELD) return cost + ('selectionSet' in node ? costOf(node.selectionSet) : 0);
    if (node.name.value === 'metafield') return cost + 3;
    if (node.name.value === '__typename') return cost;
    return cost + (node.selectionSet ? costOf(node.selectionSet) : 1);
  }, 0);
}
