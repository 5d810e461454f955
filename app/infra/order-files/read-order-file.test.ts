import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BadRow, OrderFileError, type OrderFileRow, readOrderFile } from './index.ts';

let folder = '';
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'order-files-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string | Buffer, ending = '.csv'): Promise<{ rows: OrderFileRow[]; bad: BadRow[] }> {
  const path = join(folder, `${(files += 1)}${ending}`);
  await writeFile(path, content);
  const rows: OrderFileRow[] = [];
  const bad: BadRow[] = [];
  for await (const row of readOrderFile(path, (one) => bad.push(one))) rows.push(row);
  return { rows, bad };
}

const header = 'order_id,customer_id,ordered_at,product_id,product_name,quantity,unit_price,currency,country';
const good = '1,9,2010-01-02T10:00:00Z,85048a,Ball,2,6.95,GBP,UK';

describe('the plain order history', () => {
  it('reads a line with trimmed, upper-case code', async () => {
    const { rows } = await read(`${header}\n1, 9 ,2010-01-02T10:00:00Z, 85048a ,Ball,2,6.95,gbp,UK\n`);
    expect(rows).toEqual([
      {
        line: 2,
        orderId: '1',
        customerId: '9',
        orderedAt: new Date('2010-01-02T10:00:00Z'),
        productId: '85048A',
        productName: 'Ball',
        quantity: 2,
        unitPrice: '6.95',
        currency: 'GBP',
        country: 'UK',
        kind: 'sale',
      },
    ]);
  });

  it.each([
    ['a return by negative quantity', '1,9,2010-01-02,A,Ball,-2,6.95,GBP,UK', 'return'],
    ['a credit note by its number', 'C489449,9,2010-01-02,A,Ball,1,6.95,GBP,UK', 'return'],
    ['an order whose id merely starts with C', 'C489-2010-01-02,9,2010-01-02,A,Ball,1,6.95,GBP,UK', 'sale'],
    ['a gift', '1,9,2010-01-02,A,Ball,1,0,GBP,UK', 'unpriced'],
    ['a correction below zero', '1,9,2010-01-02,A,Ball,1,-3.5,GBP,UK', 'unpriced'],
    ['postage by code', '1,9,2010-01-02,POST,,1,18,GBP,UK', 'service'],
    ['a fee by its whole name', '1,9,2010-01-02,M,Manual,1,18,GBP,UK', 'service'],
    ['a product with such a word in its name', '1,9,2010-01-02,77,POSTAGE STAMP MUG,1,18,GBP,UK', 'sale'],
    ['a product with a one-letter code', '1,9,2010-01-02,M,Mug,1,18,GBP,UK', 'sale'],
  ])('keeps %s and says what it is', async (_, line, kind) => {
    const { rows } = await read(`${header}\n${line}\n`);
    expect(rows.map((row) => row.kind)).toEqual([kind]);
  });

  it('knows guests by an empty customer', async () => {
    const { rows } = await read(`${header}\n1,,2010-01-02,A,Ball,1,1,GBP,UK\n`);
    expect(rows[0]?.customerId).toBeNull();
  });

  it('reads byte order mark, CRLF, quoted commas, quotes and line breaks, and keeps counting lines', async () => {
    const text = `\uFEFF${header}\r\n1,9,2010-01-02,A,"Ball, ""big""\r\nred",1,1,GBP,UK\r\n2,9,2010-01-02,B,Cup,1,oops,GBP,UK\r\n${good}\r\n`;
    const { rows, bad } = await read(text);
    expect(rows.map((row) => [row.line, row.productName])).toEqual([
      [2, 'Ball, "big"\r\nred'],
      [5, 'Ball'],
    ]);
    expect(bad).toEqual([{ line: 4, reason: 'price unreadable' }]);
  });

  it('unpacks .gz', async () => {
    const { rows } = await read(gzipSync(`${header}\n${good}\n`), '.csv.gz');
    expect(rows).toHaveLength(1);
  });

  it.each([
    [',9,2010-01-02,A,Ball,1,1,GBP,UK', 'order id missing'],
    ['1,9,2010-01-02,,Ball,1,1,GBP,UK', 'product missing'],
    ['1,9,2010-02-30,A,Ball,1,1,GBP,UK', 'date unreadable'],
    ['1,9,yesterday,A,Ball,1,1,GBP,UK', 'date unreadable'],
    ['1,9,2010-01-02,A,Ball,two,1,GBP,UK', 'quantity unreadable'],
    ['1,9,2010-01-02,A,Ball,Infinity,1,GBP,UK', 'quantity unreadable'],
    ['1,9,2010-01-02,A,Ball,0,1,GBP,UK', 'quantity zero'],
    ['1,9,2010-01-02,A,Ball,1,,GBP,UK', 'price unreadable'],
    ['1,9,2010-01-02,A,Ball,1,1', 'wrong number of columns'],
    ['1,9,2010-01-02,A,Ball,1,1,GBP,UK,more', 'wrong number of columns'],
  ])('reports %j as %s and reads on', async (line, reason) => {
    const { rows, bad } = await read(`${header}\n${line}\n${good}\n`);
    expect(bad).toEqual([{ line: 2, reason }]);
    expect(rows).toHaveLength(1);
  });

  it.each([
    ['an empty file', '', 'no-usable-row'],
    ['a header alone', header, 'no-usable-row'],
    ['only bad rows', `${header}\n1,9,never,A,Ball,1,1,GBP,UK\n`, 'no-usable-row'],
    ['a missing column', `${header.replace('quantity,', '')}\n`, 'missing-column'],
    ['another table', 'a,b,c\n1,2,3\n', 'unknown-form'],
    ['bytes that are no text', Buffer.from([0, 255, 254, 13, 10, 1, 2, 3]), 'unknown-form'],
  ])('refuses %s', async (_, content, code) => {
    await expect(read(content)).rejects.toMatchObject({ name: 'OrderFileError', code });
  });

  it('names the missing column', async () => {
    await expect(read(`${header.replace('ordered_at,', '')}\n`)).rejects.toThrow('ordered_at');
  });

  it('refuses a missing file and a broken archive in one sentence', async () => {
    const missing = readOrderFile(join(folder, 'nowhere.csv'), () => undefined);
    await expect(missing.next()).rejects.toBeInstanceOf(OrderFileError);
    const cut = gzipSync(`${header}\n${`${good}\n`.repeat(5000)}`).subarray(0, 200);
    await expect(read(cut, '.csv.gz')).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  it('survives a quote that nobody closed', async () => {
    const { rows, bad } = await read(
      `${header}\n${good}\n2,9,2010-01-02,A,"Ball,1,1,GBP,UK\n${`${good}\n`.repeat(50)}`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(1);
    expect(bad.length).toBeGreaterThanOrEqual(1);
  });
});

describe("Shopify's order export", () => {
  const columns =
    'Name,Email,Financial Status,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Country,Cancelled at';

  it("carries an order's first row down to its other lines", async () => {
    const { rows, bad } = await read(
      [
        columns,
        '#1,A@x.example,paid,EUR,2025-10-07 09:50:26 +0200,3,Mask,34.90,mask-1,FR,',
        '#1,A@x.example,,,2025-10-07 09:50:26 +0200,1,Cream,10.00,,,',
        '#2,,paid,EUR,2025-10-08 09:00:00 +0200,1,Cream,10.00,,DE,',
      ].join('\n'),
    );
    expect(bad).toEqual([]);
    expect(rows.map((row) => [row.orderId, row.customerId, row.productId, row.currency, row.country])).toEqual([
      ['#1', 'a@x.example', 'MASK-1', 'EUR', 'FR'],
      ['#1', 'a@x.example', 'CREAM', 'EUR', 'FR'],
      ['#2', null, 'CREAM', 'EUR', 'DE'],
    ]);
    expect(rows[0]?.orderedAt.toISOString()).toBe('2025-10-07T07:50:26.000Z');
  });

  it('marks every line of a cancelled or refunded order', async () => {
    const { rows } = await read(
      [
        columns,
        '#1,a@x.example,paid,EUR,2025-10-07,1,Mask,3,M1,FR,2025-10-08',
        '#1,a@x.example,,,,1,Cream,3,C1,,',
        '#2,a@x.example,refunded,EUR,2025-10-07,1,Mask,3,M1,FR,',
      ].join('\n'),
    );
    expect(rows.map((row) => row.kind)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });
});

describe("WooCommerce's order exports", () => {
  it('reads captions as Advanced Order Export writes them', async () => {
    const { rows } = await read(
      'Order Number,Order Status,Order Date,Email (Billing),Country Code (Billing),Item #,Item Name,Quantity (- Refund),Item Cost,SKU,Order Currency\n' +
        '700,Completed,2025-03-01 08:15,b@x.example,AT,1,Honey,2,7.5,hon-1,EUR\n701,Cancelled,2025-03-02 08:15,b@x.example,AT,1,Honey,2,7.5,hon-1,EUR\n',
    );
    expect(rows.map((row) => [row.orderId, row.productId, row.unitPrice, row.kind])).toEqual([
      ['700', 'HON-1', '7.5', 'sale'],
      ['701', 'HON-1', '7.5', 'cancelled'],
    ]);
  });

  it('reads keys as Customer/Order/Coupon Export writes them and divides line totals', async () => {
    const { rows } = await read(
      'order_id,order_number,order_date,status,order_currency,customer_id,item_product_id,item_name,item_sku,item_quantity,item_total\n' +
        '5,5,9/16/2016 6:29:00,completed,USD,0,88,Tea,TEA,4,10.00\n',
    );
    expect(rows[0]).toMatchObject({
      productId: '88',
      unitPrice: '2.5000',
      customerId: null,
      orderedAt: new Date('2016-09-16T06:29:00Z'),
    });
  });
});
