import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { Hono } from 'hono';
import { drawProduct } from './picture.ts';
import { type Storefront, themeFolder } from './page.ts';
import { knownCart } from './visit.ts';

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Theme and extension assets, product pictures and what the pixel host loads. */
export function fileRoutes(front: Storefront): Hono {
  const app = new Hono();
  const serve = async (folder: string, name: string): Promise<Response> => {
    const type = types[extname(name)];
    const text = type && basename(name) === name ? await readFile(join(folder, name), 'utf8').catch(() => null) : null;
    return text === null || type === undefined
      ? new Response('not found', { status: 404 })
      : new Response(text, { headers: { 'content-type': type, 'cache-control': 'no-cache' } });
  };
  app.get('/theme/assets/:name', (c) => serve(join(themeFolder, 'assets'), c.req.param('name')));
  app.get('/extensions/trellis/assets/:name', (c) =>
    serve(join(front.deps.extensionsFolder, 'theme-app-extension/assets'), c.req.param('name')),
  );
  app.get('/sandbox/pixel.js', () => serve(join(front.deps.extensionsFolder, 'web-pixel/dist'), 'pixel.js'));
  app.get('/sandbox/pixel-worker.js', () => serve(join(themeFolder, 'assets'), 'pixel-worker.js'));
  app.get('/sandbox/events', (c) => c.json(knownCart(c, front.carts)?.events.splice(0) ?? []));
  app.get('/images/products/:file', (c) => {
    const product = front.deps.store.products.get(basename(c.req.param('file'), '.svg'));
    if (!product) return c.text('not found', 404);
    return c.body(drawProduct(product), 200, {
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=3600',
    });
  });
  return app;
}
