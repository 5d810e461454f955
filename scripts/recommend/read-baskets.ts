import { type BadRow, OrderFileError, readCsv, readOrderDate } from '#app/infra/order-files/index.ts';

export interface AskedBasket {
  readonly basketId: string;
  readonly customerId: string | null;
  readonly productIds: readonly string[];
  readonly at: Date | null;
}

interface Open {
  customerId: string | null;
  productIds: string[];
  at: Date | null;
}

/**
 * Reads `basket_id,customer_id,product_id,at`, one row a product; `product_id` is empty for an empty basket.
 * @throws OrderFileError for a missing file or column, or when no row can be used
 */
export async function readBaskets(path: string, onBadRow: (row: BadRow) => void): Promise<AskedBasket[]> {
  const baskets = new Map<string, Open>();
  let places: Readonly<Record<'basket_id' | 'customer_id' | 'product_id' | 'at', number>> | null = null;
  let width = 0;
  for await (const record of readCsv(path, onBadRow)) {
    const cell = (place: number) => (record.cells[place] ?? '').trim();
    if (places === null) {
      const names = record.cells.map((name) => name.trim().toLowerCase());
      const find = (name: string) => names.indexOf(name);
      places = {
        basket_id: find('basket_id'),
        customer_id: find('customer_id'),
        product_id: find('product_id'),
        at: find('at'),
      };
      const missing = Object.entries(places)
        .filter(([name, place]) => place < 0 && name !== 'at')
        .map(([name]) => name);
      if (missing.length > 0)
        throw new OrderFileError(
          'missing-column',
          `The file ${path} lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}.`,
        );
      width = names.length;
      continue;
    }
    if (record.cells.length !== width) {
      onBadRow({ line: record.line, reason: 'wrong number of columns' });
      continue;
    }
    const basketId = cell(places.basket_id);
    if (basketId === '') {
      onBadRow({ line: record.line, reason: 'basket id missing' });
      continue;
    }
    const moment = cell(places.at);
    const at = moment === '' ? null : readOrderDate(moment);
    if (moment !== '' && at === null) {
      onBadRow({ line: record.line, reason: 'date unreadable' });
      continue;
    }
    const customer = cell(places.customer_id);
    const basket = baskets.get(basketId) ?? { customerId: null, productIds: [], at: null };
    baskets.set(basketId, basket);
    basket.customerId ??= customer === '' ? null : customer.includes('@') ? customer.toLowerCase() : customer;
    basket.at ??= at;
    const product = cell(places.product_id).toUpperCase();
    if (product !== '') basket.productIds.push(product);
  }
  if (baskets.size === 0) throw new OrderFileError('no-usable-row', `The file ${path} holds no usable row.`);
  return [...baskets].map(([basketId, basket]) => ({ basketId, ...basket }));
}
