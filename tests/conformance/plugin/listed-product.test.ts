import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { runPhp } from '#tests/setup/php.ts';

const usual = {
  version: '11.0.1',
  type: 'simple',
  page: 0,
  hooked: [] as string[],
  dataStore: 'WC_Product_Data_Store_CPT',
  doubled: false,
};

const rows = z.array(
  z.object({
    name: z.string(),
    price: z.string(),
    whole: z.number(),
    again: z.number(),
    same: z.record(z.string(), z.string()),
    changes: z.record(z.string(), z.string()),
    data: z.record(z.string(), z.string()),
    simple: z.boolean(),
  }),
);

function told(stores: readonly Partial<typeof usual>[]): z.infer<typeof rows> {
  const asked = JSON.stringify({ stores: stores.map((change) => ({ ...usual, ...change })) });
  return rows.parse(JSON.parse(runPhp([join(import.meta.dirname, 'listed-product.php')], asked)));
}

const cases: readonly [what: string, change: Partial<typeof usual>, whole: number, again: number][] = [
  ['name and price of a simple product', {}, 0, 0],
  ['a product without a type', { type: '' }, 0, 0],
  ['another type is read whole', { type: 'bundle' }, 1, 2],
  ['the page’s own product is one object', { page: 10 }, 1, 1],
  ['a product beside it', { page: 11 }, 1, 1],
  ['where another plugin looks into the making', { hooked: ['woocommerce_product_read'] }, 1, 2],
  ['where another plugin names classes', { hooked: ['woocommerce_product_class'] }, 1, 2],
  ['a data store of another plugin', { dataStore: 'Their_Store' }, 1, 2],
];

it('simple products are read field by field, and tell the same as whole ones', () => {
  const answers = told(cases.map(([, change]) => change));
  for (const [at, [what, , whole, again]] of cases.entries()) {
    const answer = answers[at];
    expect([answer?.name, answer?.price, answer?.simple], what).toEqual(['Pot', '12.5', true]);
    expect([answer?.whole, answer?.again], what).toEqual([whole, again]);
    expect(answer?.same, what).toEqual({});
    expect(answer?.changes, what).toEqual({ price: '3' });
    expect(answer?.data, what).toMatchObject({ name: 'Pot', price: '12.5', weight: '8' });
  }
});

it('a filter that asks for another field gets the whole product', () => {
  const [answer] = told([{ doubled: true }]);
  expect([answer?.price, answer?.whole]).toEqual(['25', 1]);
});

it('products of a WooCommerce that nobody has looked at are read whole', () => {
  const [known, unknown] = [told([{ version: '11.9.9' }]), told([{ version: '12.0.0' }])];
  expect([known[0]?.whole, unknown[0]?.whole]).toEqual([0, 1]);
});
