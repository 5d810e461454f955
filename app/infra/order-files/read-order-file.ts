import { isService, readDate, readNumber } from './cells.ts';
import { cancelledStates, type Field, type OrderFileForm, orderFileForms } from './forms.ts';
import {
  type BadRow,
  type BadRowReason,
  OrderFileError,
  type OrderFileRow,
  type OrderLineKind,
} from './order-file-row.ts';
import { type CsvRecord, readCsv } from './read-csv.ts';

type Columns = Readonly<Record<Field, readonly number[]>>;
type Texts = Readonly<Record<Field, string>>;

const fields: readonly Field[] = [
  'orderId',
  'customerId',
  'orderedAt',
  'productId',
  'productName',
  'quantity',
  'unitPrice',
  'lineTotal',
  'currency',
  'country',
  'status',
  'cancelledAt',
];
const orderFields: readonly Field[] = ['customerId', 'orderedAt', 'currency', 'country', 'status', 'cancelledAt'];

/**
 * Streams the lines of an order history. The header decides the form: the plain one (order_id, customer_id,
 * ordered_at, product_id, …), Shopify's order export or WooCommerce's (see forms.ts); `.gz` files are unpacked.
 * Every line comes out, marked by `kind`, or goes to `onBadRow` with its number and reason.
 * @throws OrderFileError for a missing file, an unknown form, a missing column or a file without one usable row
 */
export async function* readOrderFile(path: string, onBadRow: (row: BadRow) => void): AsyncGenerator<OrderFileRow> {
  let form: OrderFileForm | null = null;
  let columns: Columns | null = null;
  let width = 0;
  let usable = 0;
  let order: { id: string; texts: Texts } | null = null;
  for await (const record of readCsv(path, onBadRow)) {
    if (form === null || columns === null) {
      form = detectForm(path, record);
      columns = placeColumns(path, form, record);
      width = record.cells.length;
      continue;
    }
    if (record.cells.length !== width) {
      onBadRow({ line: record.line, reason: 'wrong number of columns' });
      continue;
    }
    let texts = pick(record, columns);
    if (form.carriesDown) {
      texts = order?.id === texts.orderId ? carryDown(order.texts, texts) : texts;
      order = { id: texts.orderId, texts };
    }
    const row = readRow(record.line, texts);
    if (typeof row === 'string') onBadRow({ line: record.line, reason: row });
    else {
      usable += 1;
      yield row;
    }
  }
  if (form === null) throw new OrderFileError('no-usable-row', `The file ${path} is empty.`);
  if (usable === 0) throw new OrderFileError('no-usable-row', `The file ${path} (${form.name}) holds no usable row.`);
}

const headerNames = (header: CsvRecord) => header.cells.map((cell) => cell.trim().toLowerCase());

function detectForm(path: string, header: CsvRecord): OrderFileForm {
  const names = new Set(headerNames(header));
  const form = orderFileForms.find((candidate) =>
    candidate.marks.some((marks) => marks.every((mark) => names.has(mark))),
  );
  if (form) return form;
  const known =
    'a plain order history (order_id, customer_id, ordered_at, product_id, product_name, quantity, unit_price, currency, country), a Shopify order export or a WooCommerce order export with one row per item';
  throw new OrderFileError('unknown-form', `The columns of ${path} are not those of ${known}.`);
}

function placeColumns(path: string, form: OrderFileForm, header: CsvRecord): Columns {
  const names = headerNames(header);
  const placed = Object.fromEntries(
    fields.map((field) => [
      field,
      (form.columns[field] ?? []).map((name) => names.indexOf(name)).filter((at) => at >= 0),
    ]),
  ) as Record<Field, number[]>;
  const missing = form.required
    .filter((field) => placed[field].length === 0)
    .map((field) => form.columns[field]?.[0] ?? field);
  if (placed.unitPrice.length === 0 && placed.lineTotal.length === 0 && !form.required.includes('unitPrice')) {
    missing.push(form.columns.unitPrice?.[0] ?? 'unit price');
  }
  if (missing.length > 0) {
    throw new OrderFileError(
      'missing-column',
      `The file ${path} (${form.name}) lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}.`,
    );
  }
  return placed;
}

function pick(record: CsvRecord, columns: Columns): Texts {
  const texts = {} as Record<Field, string>;
  for (const field of fields) {
    let text = '';
    for (const at of columns[field]) {
      text = (record.cells[at] ?? '').trim();
      if (text !== '') break;
    }
    texts[field] = text;
  }
  return texts;
}

function carryDown(first: Texts, texts: Texts): Texts {
  const filled: Record<Field, string> = { ...texts };
  for (const field of orderFields) if (filled[field] === '') filled[field] = first[field];
  return filled;
}

function readRow(line: number, texts: Texts): OrderFileRow | BadRowReason {
  if (texts.orderId === '') return 'order id missing';
  if (texts.productId === '') return 'product missing';
  const orderedAt = readDate(texts.orderedAt);
  if (orderedAt === null) return 'date unreadable';
  const quantity = readNumber(texts.quantity);
  if (quantity === null) return 'quantity unreadable';
  if (quantity === 0) return 'quantity zero';
  const price = readPrice(texts, quantity);
  if (price === null) return 'price unreadable';
  const productId = texts.productId.toUpperCase();
  return {
    line,
    orderId: texts.orderId,
    customerId: readCustomer(texts.customerId),
    orderedAt,
    productId,
    productName: texts.productName,
    quantity,
    unitPrice: price.text,
    currency: texts.currency.toUpperCase(),
    country: texts.country,
    kind: kindOf(texts, productId, quantity, price.value),
  };
}

/** An e-mail address names one person however it is capitalised; WooCommerce writes 0 for a guest. */
function readCustomer(text: string): string | null {
  if (text === '' || text === '0') return null;
  return text.includes('@') ? text.toLowerCase() : text;
}

function readPrice(texts: Texts, quantity: number): { text: string; value: number } | null {
  const value = readNumber(texts.unitPrice);
  if (value !== null) return { text: texts.unitPrice, value };
  const total = texts.unitPrice === '' ? readNumber(texts.lineTotal) : null;
  return total === null ? null : { text: (total / quantity).toFixed(4), value: total / quantity };
}

function kindOf(texts: Texts, productId: string, quantity: number, price: number): OrderLineKind {
  if (texts.cancelledAt !== '' || cancelledStates.has(texts.status.toLowerCase())) return 'cancelled';
  // "C489449": this kind of history numbers its credit notes so.
  if (quantity < 0 || /^C\d+$/i.test(texts.orderId)) return 'return';
  if (isService(productId, texts.productName.toUpperCase())) return 'service';
  return price > 0 ? 'sale' : 'unpriced';
}
