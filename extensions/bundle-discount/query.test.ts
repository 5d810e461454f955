import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { configKeys } from '#app/domains/incentives/index.ts';
import { queryCost, queryLimits } from '#extensions/query-cost.ts';
import { readSchema } from '#sandbox/shopify/schema/read-schema.ts';

const queries = ['cart-lines-discounts-generate-run', 'cart-delivery-options-discounts-generate-run'].map((target) => {
  const text = readFileSync(join(import.meta.dirname, `src/${target}.graphql`), 'utf8');
  return { target, document: parse(text), withoutComments: text.replace(/#.*$/gm, '') };
});

describe.each(queries)('the input query of $target', ({ document, withoutComments }) => {
  it('is valid on the schema of the discount Function, 2026-10', () => {
    expect(validate(readSchema('functions_discount').schema, document)).toEqual([]);
  });

  it('stays within 3,000 bytes and a cost of 30', () => {
    expect(Buffer.byteLength(withoutComments)).toBeLessThanOrEqual(queryLimits.bytes);
    expect(queryCost(document)).toBeLessThanOrEqual(queryLimits.cost);
  });

  it('reads each shard of the configuration', () => {
    expect([...withoutComments.matchAll(/"\$app", key: "([^"]+)"/g)].map(([, key]) => key)).toEqual(configKeys);
  });

  it('reads no attribute but the visitor of the cart, of no line any', () => {
    expect(withoutComments.match(/attribute/g)).toEqual(['attribute']);
    expect(withoutComments).toMatch(/cart \{\s*visitor: attribute\(key: "_trellis_visitor"\)/);
  });
});
