/** What one line of an order history says, whichever system wrote the file. */
export interface OrderFileRow {
  /** number of the line in the file on which the record starts; the header is line 1 */
  readonly line: number;
  readonly orderId: string;
  /** null for guests */
  readonly customerId: string | null;
  readonly orderedAt: Date;
  /** trimmed and upper case, so that one code written in two ways stays one product */
  readonly productId: string;
  /** may be empty */
  readonly productName: string;
  /** pieces; negative where the line takes goods back */
  readonly quantity: number;
  /** decimal text as written, in `currency` */
  readonly unitPrice: string;
  /** ISO 4217, upper case; empty when the file does not say */
  readonly currency: string;
  readonly country: string;
  readonly kind: OrderLineKind;
}

/**
 * sale: goods sold · return: goods taken back · cancelled: the order never happened ·
 * unpriced: given away or a correction of stock · service: postage, fees, discounts and the like.
 * Only sales teach a recommender; the others are kept for whoever rebuilds the books.
 */
export type OrderLineKind = 'sale' | 'return' | 'cancelled' | 'unpriced' | 'service';

export type BadRowReason =
  | 'malformed record'
  | 'wrong number of columns'
  | 'order id missing'
  | 'product missing'
  | 'date unreadable'
  | 'quantity unreadable'
  | 'quantity zero'
  | 'price unreadable'
  | 'basket id missing';

/** A line that could not be used, for the report; never dropped in silence. */
export interface BadRow {
  readonly line: number;
  readonly reason: BadRowReason;
}

export type OrderFileErrorCode =
  'file-not-found' | 'file-unreadable' | 'unknown-form' | 'missing-column' | 'no-usable-row';

/** The file as a whole is of no use; the message is one sentence for a person. */
export class OrderFileError extends Error {
  readonly code: OrderFileErrorCode;
  constructor(code: OrderFileErrorCode, message: string) {
    super(message);
    this.name = 'OrderFileError';
    this.code = code;
  }
}
