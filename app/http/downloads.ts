import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

/**
 * What merchants upload to their store, as the build packs it; open to everybody. What is not there is a 404.
 * @param folder where the files lie
 */
export function downloadRoutes(folder: string): Hono {
  const app = new Hono();
  app.get('/:file', serveStatic({ root: folder, rewriteRequestPath: (path) => path.slice(path.lastIndexOf('/')) }));
  app.all('*', (c) => c.text('There is nothing here.', 404));
  return app;
}
