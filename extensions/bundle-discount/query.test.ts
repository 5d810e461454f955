import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, Kind, parse, type SelectionSetNode, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { configKeys } from '#app/domains/incentives/index.ts';
import { readSchema } from '#sandbox/shopify/schema/read-schema.ts';

const queries = ['cart-lines-discounts-generate-run', 'cart-delivery-options-discounts-generate-run'].map((target) => {
  const text = readFileSync(join(import.meta.dirname, `src/${target}.graphql`), 'utf8');
  return { target, document: parse(text), withoutComments: text.replace(/#.*$/gm, '') };
});

/** Cost by Shopify's rule: a metafield is 3 with its sub-fields free, `__typename` 0, any other leaf 1. */
function costOf(selections: SelectionSetNode): number {
  return selections.selections.reduce((cost, node) => {
    if (node.kind !== Kind.FIELD) return cost + ('selectionSet' in node ? costOf(node.selectionSet) : 0);
    if (node.name.value === 'metafield') return cost + 3;
    if (node.name.value === '__typename') return cost;
    return cost + (node.selectionSet ? costOf(node.selectionSet) : 1);
  }, 0);
}

function operationOf({ definitions }: DocumentNode): SelectionSetNode {
  const operation = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('no query');
  return operation.selectionSet;
}

describe.each(queries)('the input query of $target', ({ document, withoutComments }) => {
  it('is valid on the schema of the discount Function, 2026-10', () => {
    expect(validate(readSchema('functions_discount').schema, document)).toEqual([]);
  });

  it('stays within 3,000 bytes and a cost of 30', () => {
    expect(Buffer.byteLength(withoutComments)).toBeLessThanOrEqual(3000);
    expect(costOf(operationOf(document))).toBeLessThanOrEqual(30);
  });

  it('reads each shard of the configuration', () => {
    expect([...withoutComments.matchAll(/"\$app", key: "([^"]+)"/g)].map(([, key]) => key)).toEqual(configKeys);
  });

  it('reads no attribute but the visitor of the cart, of no line any', () => {
    expect(withoutComments.match(/attribute/g)).toEqual(['attribute']);
    expect(withoutComments).toMatch(/cart \{\s*visitor: attribute\(key: "_trellis_visitor"\)/);
  });
});
