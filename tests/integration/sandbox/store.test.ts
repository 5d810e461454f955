import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fillFromOrders } from '#sandbox/shopify/generator/fill-from-orders.ts';
import { generateStore } from '#sandbox/shopify/generator/generate-store.ts';
import { toMinor } from '#sandbox/shopify/money.ts';
import { openStore } from '#sandbox/shopify/store.ts';
import { smallSize } from './start.ts';

const firstStart = new Date('2026-11-20T09:30:00Z');
const base = () => generateStore('a.myshopify.com', 7, firstStart, smallSize);

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-store-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

describe('journal', () => {
  test('a kill at any byte loses at most the change that was being written', () => {
    const folder = temporary();
    const store = openStore({ base: base(), folder, clock: () => firstStart });
    const [product] = store.products.values();
    if (product === undefined) throw new Error('no product');
    const variantId = product.variants[0]?.id ?? '';
    const lengths = [0];
    for (let step = 0; step < 3; step += 1) {
      const order = store.placeOrder({
        customerId: null,
        email: null,
        customAttributes: [],
        discountApplications: [],
        lines: [
          {
            productId: product.id,
            variantId,
            title: product.title,
            sku: '',
            quantity: 1,
            price: '1.00',
            customAttributes: [],
            discountAllocations: [],
          },
        ],
        subtotal: '1.00',
        totalDiscounts: '0.00',
        totalShipping: '0.00',
        totalTax: '0.00',
        total: '1.00',
      });
      expect(order.name).toBe(`#${(1001 + store.orders.size - 1).toString()}`);
      lengths.push(readFileSync(join(folder, 'journal.jsonl')).length);
    }
    store.close();
    const before = base().orders.length;
    const stock = base().products[0]?.variants[0]?.inventoryQuantity ?? 0;
    const total = lengths.at(-1) ?? 0;
    for (let at = 0; at <= total; at += 1) {
      if (at % 37 !== 0 && !lengths.includes(at) && !lengths.includes(at + 1)) continue;
      const copy = temporary();
      copyFileSync(join(folder, 'journal.jsonl'), join(copy, 'journal.jsonl'));
      truncateSync(join(copy, 'journal.jsonl'), at);
      const again = openStore({ base: base(), folder: copy, clock: () => firstStart });
      const whole = lengths.filter((length) => length > 0 && length <= at).length;
      expect(again.orders.size).toBe(before + whole);
      // An order and the stock that it took are one line: they come back together or not at all.
      expect(again.variant(variantId)?.variant.inventoryQuantity).toBe(stock - whole);
      again.close();
    }
  });

  test('writing goes on after a torn line', () => {
    const folder = temporary();
    const first = openStore({ base: base(), folder, clock: () => firstStart });
    first.setShop({ ...first.shop, name: 'One' });
    first.close();
    appendFileSync(join(folder, 'journal.jsonl'), '[{"table":"products","id":"1"');
    const second = openStore({ base: base(), folder, clock: () => firstStart });
    second.setShop({ ...second.shop, email: 'two@example.com' });
    const id = second.nextId();
    second.close();
    const third = openStore({ base: base(), folder, clock: () => firstStart });
    expect(third.shop).toMatchObject({ name: 'One', email: 'two@example.com' });
    expect(Number(third.nextId())).toBeGreaterThanOrEqual(Number(id));
    third.close();
  });
});

test('updatedAt moves forward although the clock stands still', () => {
  const store = openStore({ base: base(), folder: null, clock: () => firstStart });
  const [product] = store.products.values();
  if (product === undefined) throw new Error('no product');
  const first = store.put('products', { ...product, title: 'A' });
  const second = store.put('products', { ...first, title: 'B' });
  expect(second.updatedAt > first.updatedAt).toBe(true);
});

describe('generator', () => {
  test('the same seed and day give the same store, which ends the day before', () => {
    expect(base()).toEqual(base());
    const newest = base().orders.at(-1)?.createdAt ?? '';
    expect(newest < '2026-11-20T00:00:00.000Z').toBe(true);
    expect(newest > '2026-11-17').toBe(true);
  });

  test('every order adds up', () => {
    for (const order of base().orders) {
      const lines = order.lines.reduce((sum, line) => sum + toMinor(line.price, 'EUR') * line.quantity, 0);
      const allocated = order.lines
        .flatMap((line) => line.discountAllocations)
        .reduce((sum, part) => sum + toMinor(part.amount, 'EUR'), 0);
      expect(allocated).toBe(toMinor(order.totalDiscounts, 'EUR'));
      expect(lines - allocated).toBe(toMinor(order.subtotal, 'EUR'));
      expect(toMinor(order.subtotal, 'EUR') + toMinor(order.totalShipping, 'EUR')).toBe(toMinor(order.total, 'EUR'));
    }
  });
});

test('an order file becomes a store: products by code, returns as refunds, dates moved by whole weeks', async () => {
  const folder = temporary();
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'orders.csv');
  writeFileSync(
    path,
    [
      'order_id,customer_id,ordered_at,product_id,product_name,quantity,unit_price,currency,country',
      '1,C1,2010-12-01T10:00:00Z,A1,RED MUG,3,2.50,GBP,UK',
      '1,C1,2010-12-01T10:00:00Z,A1,RED MUG,1,2.50,GBP,UK',
      '1,C1,2010-12-01T10:00:00Z,POST,POSTAGE,1,5.00,GBP,UK',
      '2,,2010-12-09T11:00:00Z,B2,PAPER BUNTING,2,1.25,GBP,UK',
      'C3,C1,2010-12-05T10:00:00Z,A1,RED MUG,-2,2.50,GBP,UK',
      '4,C1,not a date,A1,RED MUG,1,2.50,GBP,UK',
    ].join('\n'),
  );
  const { base: filled, report } = await fillFromOrders('a.myshopify.com', path, firstStart);
  expect(report).toMatchObject({ lines: 5, bad: 1, leftOut: 1, returned: 2, unmatchedReturns: 0 });
  expect(filled.shop.currency).toBe('GBP');
  expect(filled.products.map((product) => [product.title, product.productType, product.variants[0]?.price])).toEqual([
    ['Red Mug', 'Cups & mugs', '2.50'],
    ['Paper Bunting', 'Stationery', '1.25'],
  ]);
  expect(
    filled.orders.map((order) => [
      order.name,
      order.customerId === null,
      order.lines.map((line) => [line.quantity, line.refundedQuantity]),
      order.totalRefunded,
    ]),
  ).toEqual([
    ['#1', false, [[4, 2]], '5.00'],
    ['#2', true, [[2, 0]], '0.00'],
  ]);
  const moved = Date.parse(filled.orders[1]?.createdAt ?? '') - Date.parse('2010-12-09T11:00:00Z');
  expect(moved % (7 * 86_400_000)).toBe(0);
  expect(firstStart.getTime() - Date.parse(filled.orders[1]?.createdAt ?? '')).toBeLessThan(7 * 86_400_000);
});
