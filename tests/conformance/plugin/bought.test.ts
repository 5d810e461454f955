import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runPhp } from '#tests/setup/php.ts';

// What the plugin asks WordPress's database of a customer's purchases, answered by tables of WooCommerce's shape.

const told = z.object({
  asked: z.array(z.string()),
  orders: z.array(z.object({ created_at: z.number(), line_items: z.array(z.object({ product_id: z.number() })) })),
});

/** Asks again with what was answered so far until nothing more is asked. */
function askPlugin(hpos: boolean, database: DatabaseSync): z.output<typeof told>['orders'] {
  const answers: unknown[] = [];
  for (;;) {
    const given = JSON.stringify({ hpos, answers });
    const { asked, orders } = told.parse(JSON.parse(runPhp([join(import.meta.dirname, 'bought.php')], given)));
    const next = asked[answers.length];
    if (next === undefined) return orders;
    answers.push(database.prepare(next).all());
  }
}

interface Placed {
  readonly id: number;
  readonly day: number;
  readonly status?: string;
  readonly customer?: number;
  /** product and units of each line */
  readonly lines: readonly (readonly [product: number, units: number])[];
  /** by the place of a line, units of each refund; an amount alone is a refund without lines */
  readonly refunds?: readonly (readonly (readonly [line: number, units: number])[])[];
}

function tables(hpos: boolean, placed: readonly Placed[]): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec(`
    CREATE TABLE wp_wc_orders (id INT, customer_id INT, type TEXT, status TEXT, date_created_gmt TEXT, parent_order_id INT);
    CREATE TABLE wp_posts (ID INT, post_type TEXT, post_status TEXT, post_date_gmt TEXT, post_parent INT);
    CREATE TABLE wp_postmeta (post_id INT, meta_key TEXT, meta_value TEXT);
    CREATE TABLE wp_woocommerce_order_items (order_item_id INT, order_id INT, order_item_type TEXT);
    CREATE TABLE wp_woocommerce_order_itemmeta (order_item_id INT, meta_key TEXT, meta_value TEXT)`);
  let items = 0;
  const order = (
    id: number,
    type: string,
    { status = 'completed', customer = 7, day }: Omit<Placed, 'id' | 'lines'>,
    parent: number,
  ) => {
    const at = `2026-11-${String(day).padStart(2, '0')} 10:00:00`;
    if (hpos) {
      database
        .prepare('INSERT INTO wp_wc_orders VALUES (?, ?, ?, ?, ?, ?)')
        .run(id, customer, type, `wc-${status}`, at, parent);
      return;
    }
    database.prepare('INSERT INTO wp_posts VALUES (?, ?, ?, ?, ?)').run(id, type, `wc-${status}`, at, parent);
    database.prepare("INSERT INTO wp_postmeta VALUES (?, '_customer_user', ?)").run(id, String(customer));
  };
  const item = (orderId: number, meta: Readonly<Record<string, number>>): number => {
    items += 1;
    database.prepare("INSERT INTO wp_woocommerce_order_items VALUES (?, ?, 'line_item')").run(items, orderId);
    for (const [key, value] of Object.entries(meta))
      database.prepare('INSERT INTO wp_woocommerce_order_itemmeta VALUES (?, ?, ?)').run(items, key, String(value));
    return items;
  };
  for (const one of placed) {
    order(one.id, 'shop_order', one, 0);
    const lines = one.lines.map(([product, units]) => item(one.id, { _product_id: product, _qty: units }));
    one.refunds?.forEach((refund, at) => {
      const refundId = one.id * 1000 + at;
      // A refund is nobody's by itself, and always completed.
      order(refundId, 'shop_order_refund', { day: one.day + 1, customer: 0 }, one.id);
      for (const [line, units] of refund)
        item(refundId, { _refunded_item_id: lines[line] ?? 0, _product_id: one.lines[line]?.[0] ?? 0, _qty: -units });
    });
  }
  return database;
}

describe.each([
  ['tables of their own', true],
  ['posts', false],
])('what a customer has, where orders are kept in %s', (_, hpos) => {
  const bought = (...placed: Placed[]) =>
    askPlugin(hpos, tables(hpos, placed)).map(({ line_items }) => line_items.map(({ product_id }) => product_id));

  it('is what they bought, the latest first', () => {
    expect(
      bought(
        {
          id: 1,
          day: 1,
          lines: [
            [11, 1],
            [12, 2],
          ],
        },
        { id: 2, day: 3, status: 'processing', lines: [[13, 1]] },
        { id: 3, day: 2, status: 'on-hold', lines: [[14, 1]] },
      ),
    ).toEqual([[13], [14], [11, 12]]);
  });

  it('is not what was cancelled, failed, paid back, or bought by somebody else', () => {
    const others = ['cancelled', 'failed', 'refunded', 'pending', 'trash'].map((status, at): Placed => ({
      id: 10 + at,
      day: 4,
      status,
      lines: [[20 + at, 1]],
    }));
    expect(
      bought({ id: 1, day: 1, lines: [[11, 1]] }, ...others, { id: 2, day: 5, customer: 8, lines: [[12, 1]] }),
    ).toEqual([[11]]);
    expect(bought()).toEqual([]);
  });

  it.each<[string, Placed, number[][]]>([
    [
      'a line went back',
      {
        id: 1,
        day: 1,
        lines: [
          [11, 1],
          [12, 1],
        ],
        refunds: [[[0, 1]]],
      },
      [[12]],
    ],
    ['one of two units went back', { id: 1, day: 1, lines: [[11, 2]], refunds: [[[0, 1]]] }, [[11]]],
    ['both went back, one after the other', { id: 1, day: 1, lines: [[11, 2]], refunds: [[[0, 1]], [[0, 1]]] }, []],
    [
      'all of it went back',
      {
        id: 1,
        day: 1,
        lines: [
          [11, 1],
          [12, 3],
        ],
        refunds: [
          [
            [0, 1],
            [1, 3],
          ],
        ],
      },
      [],
    ],
    ['money went back and no line', { id: 1, day: 1, lines: [[11, 1]], refunds: [[]] }, [[11]]],
    [
      'the same product on two lines, one of which went back',
      {
        id: 1,
        day: 1,
        lines: [
          [11, 1],
          [11, 1],
        ],
        refunds: [[[0, 1]]],
      },
      [[11]],
    ],
  ])('where %s', (_why, placed, kept) => {
    expect(bought(placed)).toEqual(kept);
  });

  it('is there again when it is bought again', () => {
    expect(
      bought({ id: 1, day: 1, lines: [[11, 1]], refunds: [[[0, 1]]] }, { id: 2, day: 9, lines: [[11, 1]] }),
    ).toEqual([[11]]);
  });
});
