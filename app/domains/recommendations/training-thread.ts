import { availableParallelism } from 'node:os';
import { parentPort } from 'node:worker_threads';
import {
  basketPiecesOf,
  createHistoryUnpacker,
  packChunk,
  packHistory,
  unpackBaskets,
  unpackChunk,
  unpackHistory,
} from './chunked/pack-training.ts';
import { createHistoryBuilder, type History } from './engine/history.ts';
import { listRows } from './engine/list-rows.ts';
import { countChunk, mergeChunks, type NeighbourChunk, neighboursKept } from './engine/neighbours.ts';
import { loadPairKernel } from './engine/pair-kernel.ts';
import { trainModel } from './engine/train-model.ts';
import { collectViews } from './engine/view-sessions.ts';
import type { FromTraining, Order, ToTraining } from './training-messages.ts';
import type { ListRow } from './version-store.ts';

// Runs in a thread of its own: training computes for seconds at a time, and the worker process must go on
// renewing its job locks and answering health checks meanwhile.
const port = parentPort;
if (port === null) throw new Error('this file is started as a worker thread');

const rowsPerBatch = 500;
/** Beyond this, threads wait for memory more than they help. */
const mostThreads = 8;
const builder = createHistoryBuilder();
const views = collectViews();
const unpacker = createHistoryUnpacker();
let isPacked = false;
const counted = new Map<number, NeighbourChunk>();
loadPairKernel();
const say = (message: FromTraining) => port.postMessage(message);
let stored: (() => void) | null = null;
const whenStored = (message: FromTraining) =>
  new Promise<void>((resolve) => {
    stored = resolve;
    say(message);
  });

port.on('message', (message: ToTraining) => {
  if (message.kind === 'more') {
    stored?.();
    return;
  }
  if (message.kind === 'train' || message.kind === 'pack' || message.kind === 'count') {
    void work(message);
    return;
  }
  if (message.kind === 'piece') {
    isPacked = true;
    unpacker.take(message.data);
  } else if (message.kind === 'views')
    message.productIds.forEach((productId, index) =>
      views.add(message.visitors[index] ?? 0, productId, message.at[index] ?? 0),
    );
  else if (message.kind === 'chunk') counted.set(message.chunk, unpackChunk(message.data));
  else
    message.orderIds.forEach((orderId, index) =>
      builder.add(
        orderId,
        message.customerIds[index] ?? null,
        new Date(message.placedAt[index] ?? 0),
        message.productIds[index] ?? '',
      ),
    );
  say({ kind: 'taken' });
});

/** The history that was given; `productIds` are those that need a number without a sale, where it came as lines. */
function historyWith(productIds: Iterable<string>): History {
  if (isPacked) return unpackHistory(unpacker);
  for (const productId of productIds) builder.addItem(productId);
  return builder.build();
}

const count = (history: History, chunk: number, of: number): NeighbourChunk =>
  countChunk(history, chunk, of, neighboursKept(history.items.length));

async function work(order: Order): Promise<void> {
  if (order.kind === 'train') await train(order);
  else if (order.kind === 'count') {
    const history = order.products === null ? historyWith([]) : unpackBaskets(unpacker, order.products);
    say({ kind: 'counted', data: packChunk(count(history, order.chunk, order.of)) });
  } else {
    const history = historyWith(order.productIds);
    for (const data of packHistory(history)) await whenStored({ kind: 'packing', data });
    say({ kind: 'packed', baskets: basketPiecesOf(history) });
  }
  port?.close();
}

async function train({ catalog, chunks }: Extract<Order, { kind: 'train' }>): Promise<void> {
  const history = historyWith(catalog.map((item) => item.productId));
  const neighbours =
    chunks === 0
      ? {}
      : {
          neighbours: mergeChunks(
            Array.from({ length: chunks }, (_, chunk) => counted.get(chunk) ?? count(history, chunk, chunks)),
          ),
        };
  // Orders may hold products that the shop has deleted: they teach, but are never offered.
  const model = trainModel(history, catalog, {
    offerUnknown: false,
    threads: Math.min(mostThreads, availableParallelism()),
    ...neighbours,
    views,
    onStep: (step, done, total) => say({ kind: 'step', step, done, total }),
  });
  const { total, rows } = listRows(model);
  let batch: ListRow[] = [];
  let done = 0;
  for (const row of rows) {
    batch.push(row);
    done += 1;
    if (batch.length < rowsPerBatch && done < total) continue;
    await whenStored({ kind: 'lists', rows: batch, done, total });
    batch = [];
  }
  say({ kind: 'done', report: model.report, lastOrderAt: history.basketAt.at(-1) ?? null });
}
