import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { queryCost, queryLimits } from '#extensions/query-cost.ts';
import { readSchema } from '#sandbox/shopify/schema/read-schema.ts';

it('has an input query that is valid on the schema of the Function and within its limits', () => {
  const text = readFileSync(join(import.meta.dirname, 'src/cart-validations-generate-run.graphql'), 'utf8');
  const document = parse(text);
  expect(validate(readSchema('functions_cart_checkout_validation').schema, document)).toEqual([]);
  expect(queryCost(document)).toBeLessThanOrEqual(queryLimits.cost);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(queryLimits.bytes);
});
