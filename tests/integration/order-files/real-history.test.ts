import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createHistoryBuilder, suggest, trainModel } from '#app/domains/recommendations/index.ts';
import { type BadRow, type OrderFileRow, readOrderFile } from '#app/infra/order-files/index.ts';

/** Beside the project, not in it: see the README of that folder. */
const path = new URL('../../../../shared/data/online-retail-2010.csv.gz', import.meta.url).pathname;
const firstRows = 20_000;

it('reads and learns from the first rows of a real history', async () => {
  if (!existsSync(path)) {
    if (process.env['CI'] === 'true') throw new Error(`the real order history is missing: ${path}`);
    process.stderr.write(`left out, because ${path} is not on this machine: learning from a real history\n`);
    return;
  }
  const bad: BadRow[] = [];
  const rows: OrderFileRow[] = [];
  for await (const row of readOrderFile(path, (one) => bad.push(one))) {
    rows.push(row);
    if (rows.length === firstRows) break;
  }
  expect(bad).toEqual([]);
  expect(rows[0]).toEqual({
    line: 2,
    orderId: '489434',
    customerId: '13085',
    orderedAt: new Date('2009-12-01T07:45:00Z'),
    productId: '85048',
    productName: '15CM CHRISTMAS GLASS BALL 20 LIGHTS',
    quantity: 12,
    unitPrice: '6.95',
    currency: 'GBP',
    country: 'United Kingdom',
    kind: 'sale',
  });
  const kinds = new Set(rows.map((row) => row.kind));
  expect([...kinds].sort()).toEqual(['return', 'sale', 'service', 'unpriced']);
  expect(rows.some((row) => row.customerId === null)).toBe(true);

  const builder = createHistoryBuilder();
  for (const row of rows)
    if (row.kind === 'sale') builder.add(row.orderId, row.customerId, row.orderedAt, row.productId);
  const model = trainModel(builder.build());
  // Pink and white cherry lights: the same article in two colours, sold in the first order of the file.
  const found = suggest(model, { surface: 'cart', productIds: ['79323P'], customerId: null, limit: 5 });
  expect(found.map((one) => one.productId)).toContain('79323W');
});
