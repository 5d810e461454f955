import { availableParallelism } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { createHistoryBuilder } from './engine/history.ts';
import { listRows } from './engine/list-rows.ts';
import { trainModel } from './engine/train-model.ts';
import type { CatalogItem } from './model.ts';
import type { FromTraining, ToTraining } from './training-messages.ts';
import type { ListRow } from './version-store.ts';

// Runs in a thread of its own: training computes for seconds at a time, and the worker process must go on
// renewing its job locks and answering health checks meanwhile.
const port = parentPort;
if (port === null) throw new Error('this file is started as a worker thread');

const rowsPerBatch = 500;
/** Beyond this, threads wait for memory more than they help. */
const mostThreads = 8;
const builder = createHistoryBuilder();
const say = (message: FromTraining) => port.postMessage(message);
let stored: (() => void) | null = null;

port.on('message', (message: ToTraining) => {
  if (message.kind === 'lines') {
    message.orderIds.forEach((orderId, index) =>
      builder.add(
        orderId,
        message.customerIds[index] ?? null,
        new Date(message.placedAt[index] ?? 0),
        message.productIds[index] ?? '',
      ),
    );
    say({ kind: 'taken' });
  } else if (message.kind === 'more') {
    stored?.();
  } else {
    void train(message.catalog);
  }
});

async function train(catalog: readonly CatalogItem[]): Promise<void> {
  for (const item of catalog) builder.addItem(item.productId);
  const history = builder.build();
  // Orders may hold products that the shop has deleted: they teach, but are never offered.
  const model = trainModel(history, catalog, {
    offerUnknown: false,
    threads: Math.min(mostThreads, availableParallelism()),
    onStep: (step, done, total) => say({ kind: 'step', step, done, total }),
  });
  const { total, rows } = listRows(model);
  let batch: ListRow[] = [];
  let done = 0;
  for (const row of rows) {
    batch.push(row);
    done += 1;
    if (batch.length < rowsPerBatch && done < total) continue;
    await new Promise<void>((resolve) => {
      stored = resolve;
      say({ kind: 'lists', rows: batch, done, total });
    });
    batch = [];
  }
  say({ kind: 'done', report: model.report, lastOrderAt: history.basketAt.at(-1) ?? null });
  port?.close();
}
