import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';
import { queueNames, type Queues } from '#app/infra/queue.ts';

/** The queue dashboard, for operators only: mounted where `QUEUE_DASHBOARD=on`, on a loopback address. */
export function queueDashboard(queues: Queues, path: string): Hono {
  const adapter = new HonoAdapter(serveStatic);
  adapter.setBasePath(path);
  createBullBoard({
    queues: queueNames.map((name) => new BullMQAdapter(queues.get(name) as never, { readOnlyMode: false })),
    serverAdapter: adapter as unknown as Parameters<typeof createBullBoard>[0]['serverAdapter'],
    options: { uiConfig: { boardTitle: 'Trellis queues' } },
  });
  return adapter.registerPlugin();
}
