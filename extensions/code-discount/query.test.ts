import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { queryCost, queryLimits } from '#extensions/query-cost.ts';
import { readSchema } from '#sandbox/shopify/schema/read-schema.ts';

it.each(['cart-lines-discounts-generate-run', 'cart-delivery-options-discounts-generate-run'])(
  'the input query of %s is valid on the schema of the discount Function and within its limits',
  (target) => {
    const text = readFileSync(join(import.meta.dirname, `src/${target}.graphql`), 'utf8');
    const document = parse(text);
    expect(validate(readSchema('functions_discount').schema, document)).toEqual([]);
    expect(queryCost(document)).toBeLessThanOrEqual(queryLimits.cost);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(queryLimits.bytes);
  },
);
