import { availableParallelism } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { BacktestMessage, FromBacktest } from './run-backtest.ts';
import { backtest } from './engine/backtest.ts';
import { createHistoryBuilder } from './engine/history.ts';

// A thread of its own, because a backtest trains for seconds at a time.
const port = parentPort;
if (port === null) throw new Error('this file is started as a worker thread');

/** Beyond this, threads wait for memory more than they help. */
const mostThreads = 8;
const builder = createHistoryBuilder();
const say = (message: FromBacktest): void => {
  port.postMessage(message);
};

port.on('message', (message: BacktestMessage) => {
  if (message.kind === 'lines') {
    message.orderIds.forEach((orderId, index) => {
      builder.add(
        orderId,
        message.customerIds[index] ?? null,
        new Date(message.placedAt[index] ?? 0),
        message.productIds[index] ?? '',
      );
    });
    say({ kind: 'taken' });
    return;
  }
  for (const item of message.catalog) builder.addItem(item.productId);
  const result = backtest(builder.build(), message.catalog, {
    ...(message.shown === undefined ? {} : { shown: message.shown }),
    threads: Math.min(mostThreads, availableParallelism()),
    onStep: (_step, done, total) => {
      say({ kind: 'step', done, total });
    },
  });
  say({ kind: 'done', result });
  port.close();
});
