import { readOrderFile } from '#app/infra/order-files/index.ts';
import type { SandboxOrder, SandboxRefund } from '../model.ts';
import type { BaseData } from '../store.ts';
import { refundedOrder } from '../store-orders.ts';
import { assembleOrder } from './assemble-order.ts';
import { atScale, makeCustomers, makeProducts, type Known, type OpenOrder } from './fill-catalog.ts';
import { makeShop } from './generate-store.ts';

/** What became of a file's lines; the lines of the report add up to the lines of the file. */
export interface FillReport {
  readonly lines: number;
  readonly bad: number;
  /** postage, fees, corrections, gifts: no goods that a shopper bought */
  readonly leftOut: number;
  /** units that came back and were matched with a sale before */
  readonly returned: number;
  /** lines of returns without a sale before them */
  readonly unmatchedReturns: number;
  /** lines in another currency than the store's */
  readonly otherCurrency: number;
  /** whole weeks that every date was moved */
  readonly shiftedWeeks: number;
}

const week = 7 * 86_400_000;
/** The file's dates are moved by whole weeks, so that weekdays stay; the newest order is then at most a week old. */
const shiftFor = (newest: number, firstStart: Date): number =>
  Math.floor((firstStart.getTime() - newest) / week) * week;

/**
 * A store made of a real order history: its products, customers, orders and returns. Prices are the last
 * seen; stock, most unit costs, people's names and types (from words in the names) are made up, the same on
 * every start.
 * @throws OrderFileError when the file as a whole is of no use
 */
export async function fillFromOrders(
  domain: string,
  path: string,
  firstStart: Date,
): Promise<{ base: BaseData; report: FillReport }> {
  const known = new Map<string, Known>();
  const orders = new Map<string, OpenOrder>();
  const returns: { at: number; customer: string | null; code: string; units: number }[] = [];
  const currencies = new Map<string, number>();
  const count = { lines: 0, bad: 0, leftOut: 0, returned: 0, unmatchedReturns: 0, otherCurrency: 0 };
  const currencyOf = new Map<string, string>();
  let newest = 0;
  for await (const row of readOrderFile(path, () => (count.bad += 1))) {
    count.lines += 1;
    const at = row.orderedAt.getTime();
    if (row.kind !== 'sale' && row.kind !== 'return') {
      count.leftOut += 1;
      continue;
    }
    if (row.kind === 'return') {
      returns.push({ at, customer: row.customerId, code: row.productId, units: Math.abs(row.quantity) });
      continue;
    }
    newest = Math.max(newest, at);
    if (row.currency !== '') currencies.set(row.currency, (currencies.get(row.currency) ?? 0) + 1);
    currencyOf.set(row.orderId, row.currency);
    const product = known.get(row.productId) ?? {
      name: '',
      names: new Map<string, number>(),
      price: row.unitPrice,
      first: at,
      last: 0,
      units: 0,
    };
    known.set(row.productId, product);
    if (row.productName !== '') product.names.set(row.productName, (product.names.get(row.productName) ?? 0) + 1);
    if (at >= product.last) product.price = row.unitPrice;
    product.last = Math.max(product.last, at);
    product.first = Math.min(product.first, at);
    product.units += row.quantity;
    const order: OpenOrder = orders.get(row.orderId) ?? {
      id: row.orderId,
      at,
      customer: row.customerId,
      lines: new Map(),
    };
    orders.set(row.orderId, order);
    // The same product twice in an order at one price is one line of more pieces.
    const key = `${row.productId} ${row.unitPrice}`;
    const line = order.lines.get(key) ?? { units: 0, price: row.unitPrice, code: row.productId };
    order.lines.set(key, { ...line, units: line.units + row.quantity });
  }
  const currency = [...currencies].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'EUR';
  const shift = shiftFor(newest, firstStart);
  const { products, collections } = makeProducts(known, currency, shift);
  const productByCode = new Map(products.map((product) => [product.variants[0]?.sku ?? '', product]));
  const inOrder = [...orders.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const customers = makeCustomers(inOrder, shift);
  const made: SandboxOrder[] = [];
  const sold = new Map<string, number[]>();
  let lineId = 15_100_000_000_000;
  const nextId = (): string => (lineId += 1).toString();
  for (const order of inOrder) {
    if ((currencyOf.get(order.id) ?? '') !== '' && currencyOf.get(order.id) !== currency) {
      count.otherCurrency += order.lines.size;
      continue;
    }
    const customer = order.customer === null ? null : (customers.get(order.customer) ?? null);
    const lines = [...order.lines.values()].flatMap((line) => {
      const product = productByCode.get(line.code);
      return product === undefined || line.units <= 0
        ? []
        : [{ product, variant: 0, quantity: line.units, price: atScale(line.price, currency) }];
    });
    if (lines.length === 0) continue;
    const index = made.length;
    made.push({
      ...assembleOrder({
        number: 1001 + index,
        at: new Date(order.at + shift),
        currency,
        customer,
        email: customer?.email ?? null,
        nextId,
        lines,
        percentOff: 0,
      }),
      name: `#${order.id}`,
    });
    for (const { product } of lines) {
      const key = `${order.customer ?? ''} ${product.variants[0]?.sku ?? ''}`;
      const list = sold.get(key) ?? [];
      list.push(index);
      sold.set(key, list);
    }
  }
  const refunds: SandboxRefund[] = [];
  for (const back of returns.sort((a, b) => a.at - b.at)) {
    const found =
      back.customer === null ? null : matchReturn(made, sold.get(`${back.customer} ${back.code}`) ?? [], back, shift);
    if (found === null) {
      count.unmatchedReturns += 1;
      continue;
    }
    const { order, refund } = refundedOrder(found.order, [{ lineId: found.lineId, quantity: found.units }], {
      nextId,
      at: new Date(back.at + shift).toISOString(),
      restock: true,
    });
    made[found.index] = order;
    refunds.push(refund);
    count.returned += found.units;
  }
  return {
    base: {
      shop: makeShop(domain, currency, currency === 'GBP' ? 'Europe/London' : 'Europe/Berlin'),
      products,
      collections,
      customers: [...customers.values()],
      orders: made,
      refunds,
    },
    report: { ...count, shiftedWeeks: shift / week },
  };
}

/** The newest order before the return that still has pieces of the product. */
function matchReturn(
  orders: readonly SandboxOrder[],
  indexes: readonly number[],
  back: { at: number; code: string; units: number },
  shift: number,
): { index: number; order: SandboxOrder; lineId: string; units: number } | null {
  for (let at = indexes.length - 1; at >= 0; at -= 1) {
    const index = indexes[at];
    const order = index === undefined ? undefined : orders[index];
    if (index === undefined || order === undefined || Date.parse(order.createdAt) > back.at + shift) continue;
    const line = order.lines.find(
      (candidate) => candidate.sku === back.code && candidate.refundedQuantity < candidate.quantity,
    );
    if (line !== undefined)
      return { index, order, lineId: line.id, units: Math.min(back.units, line.quantity - line.refundedQuantity) };
  }
  return null;
}
