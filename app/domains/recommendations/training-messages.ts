import type { CatalogItem, TrainingReport } from './model.ts';
import type { BasketPieces } from './chunked/pack-training.ts';
import type { TrainingStep } from './engine/train-model.ts';
import type { OrderLine } from './store.ts';
import type { View } from './view-store.ts';
import type { ListRow } from './version-store.ts';

/** What the training thread works with. It comes bit by bit, so that neither side holds the shop's orders as objects. */
export type Given =
  | {
      readonly kind: 'lines';
      readonly orderIds: readonly string[];
      readonly customerIds: readonly (string | null)[];
      readonly placedAt: Float64Array;
      readonly productIds: readonly string[];
    }
  /** what visitors looked at, by visitor and then by time; their ids stay behind */
  | {
      readonly kind: 'views';
      readonly visitors: Int32Array;
      readonly at: Float64Array;
      readonly productIds: readonly string[];
    }
  /** instead of lines: the next piece of a packed history */
  | { readonly kind: 'piece'; readonly data: Uint8Array }
  /** co-purchases of that history which were counted elsewhere */
  | { readonly kind: 'chunk'; readonly chunk: number; readonly data: Uint8Array };

/** What it is to do with that. */
export type Order =
  /** @property chunks in how many the co-purchases are counted; what was not given of them is counted there and then */
  | { readonly kind: 'train'; readonly catalog: readonly CatalogItem[]; readonly chunks: number }
  | { readonly kind: 'pack'; readonly productIds: readonly string[] }
  /** @property products how many, where the baskets alone were given; null = the whole history was */
  | { readonly kind: 'count'; readonly chunk: number; readonly of: number; readonly products: number | null };

/** What the training thread is told. */
export type ToTraining =
  | Given
  | Order
  /** the last batch is stored: the next one may come */
  | { readonly kind: 'more' };

/** What the training thread says. */
export type FromTraining =
  /** what was given is taken in */
  | { readonly kind: 'taken' }
  | { readonly kind: 'step'; readonly step: TrainingStep; readonly done: number; readonly total: number }
  | { readonly kind: 'lists'; readonly rows: readonly ListRow[]; readonly done: number; readonly total: number }
  | { readonly kind: 'packing'; readonly data: Uint8Array }
  | Outcome;

/** Its last word. */
export type Outcome =
  | { readonly kind: 'done'; readonly report: TrainingReport; readonly lastOrderAt: number | null }
  | { readonly kind: 'packed'; readonly baskets: BasketPieces }
  | { readonly kind: 'counted'; readonly data: Uint8Array };

/** Lines as the thread takes them. */
export async function* givenLines(all: AsyncIterable<readonly OrderLine[]>): AsyncGenerator<Given> {
  for await (const lines of all)
    yield {
      kind: 'lines',
      orderIds: lines.map((line) => line.orderId),
      customerIds: lines.map((line) => line.customerId),
      placedAt: Float64Array.from(lines, (line) => line.placedAt.getTime()),
      productIds: lines.map((line) => line.productId),
    };
}

/** First the one, then what visitors looked at. */
export async function* withViews(
  given: AsyncIterable<Given>,
  views: AsyncIterable<readonly View[]>,
): AsyncGenerator<Given> {
  yield* given;
  let visitor = -1;
  let known = '';
  for await (const some of views)
    yield {
      kind: 'views',
      visitors: Int32Array.from(some, ({ visitorId }) => {
        if (visitor < 0 || visitorId !== known) visitor += 1;
        known = visitorId;
        return visitor;
      }),
      at: Float64Array.from(some, (one) => one.at.getTime()),
      productIds: some.map((one) => one.productId),
    };
}
