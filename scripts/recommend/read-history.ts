import type { CatalogItem } from '#app/domains/recommendations/index.ts';
import { type BadRow, OrderFileError, readOrderFile } from '#app/infra/order-files/index.ts';

/** One bought product. */
export interface SoldLine {
  readonly orderId: string;
  readonly customerId: string | null;
  readonly placedAt: Date;
  readonly productId: string;
}

export interface OrderHistory {
  /** the sales of the file, some at a time; to be read once. @throws OrderFileError, also where there is none */
  readonly lines: () => AsyncGenerator<SoldLine[]>;
  /** what the file tells of the products; whole when the lines have come to their end */
  readonly catalog: () => CatalogItem[];
  /** usable lines and those of them that are sales, so far */
  readonly counts: () => { lines: number; sales: number };
}

const linesPerBatch = 10_000;

/** The sales in a file of orders, without keeping its rows. */
export function openOrderHistory(path: string, onBadRow: (row: BadRow) => void): OrderHistory {
  const titles = new Map<string, string>();
  let lines = 0;
  let sales = 0;
  return {
    async *lines() {
      let batch: SoldLine[] = [];
      for await (const row of readOrderFile(path, onBadRow)) {
        lines += 1;
        if (row.kind !== 'sale') continue;
        sales += 1;
        if (row.productName !== '') titles.set(row.productId, row.productName);
        batch.push({
          orderId: row.orderId,
          customerId: row.customerId,
          placedAt: row.orderedAt,
          productId: row.productId,
        });
        if (batch.length < linesPerBatch) continue;
        yield batch;
        batch = [];
      }
      if (sales === 0)
        throw new OrderFileError('no-usable-row', `The file ${path} holds no sale: nothing to learn from.`);
      yield batch;
    },
    catalog: () =>
      [...titles].map(([productId, title]) => ({
        productId,
        title,
        productType: '',
        vendor: '',
        tags: [],
        priceMinor: null,
        sellable: true,
      })),
    counts: () => ({ lines, sales }),
  };
}
