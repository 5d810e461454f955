import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { configKeys } from '#app/domains/incentives/index.ts';
import { queryCost, queryLimits } from '#extensions/query-cost.ts';
import { readSchema } from '#sandbox/shopify/schema/read-schema.ts';

describe('the input query', () => {
  const text = readFileSync(join(import.meta.dirname, 'src/cart-transform-run.graphql'), 'utf8');
  const withoutComments = text.replace(/#.*$/gm, '');

  it('is valid, and stays within Shopify’s limits', () => {
    const document = parse(text);
    expect(validate(readSchema('functions_cart_transform').schema, document)).toEqual([]);
    expect(Buffer.byteLength(withoutComments)).toBeLessThanOrEqual(queryLimits.bytes);
    expect(queryCost(document)).toBeLessThanOrEqual(queryLimits.cost);
  });

  it('reads each shard of the configuration', () => {
    expect([...withoutComments.matchAll(/key: "(config[^"]*)"/g)].map(([, key]) => key)).toEqual(configKeys);
  });
});
