import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';

export interface Listening {
  readonly port: number;
  /** drops whoever is still connected */
  close(): Promise<void>;
}

/**
 * Serves an app on a port of this machine; 0 = a free one.
 * @throws Error `EADDRINUSE` when the port is taken
 */
export async function listen(app: Hono, hostname: string, port: number): Promise<Listening> {
  const server = await new Promise<ReturnType<typeof serve>>((ready, fail) => {
    const starting = serve({ fetch: app.fetch, hostname, port }, () => {
      ready(starting);
    });
    starting.once('error', fail);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => {
          done();
        });
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
