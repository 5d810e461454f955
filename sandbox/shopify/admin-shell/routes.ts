import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { grantScopes, revokeScopes } from '../installation.ts';
import type { Shop } from '../shop.ts';
import { framePage, frameUrl, sessionToken } from './app-frame.ts';
import type { Html } from './html.ts';
import { shellPage } from './layout.ts';
import { orderPages } from './orders-page.ts';
import { pickerCollections, pickerProducts, themeExtension } from './picker.ts';
import { productPages } from './products-page.ts';
import { toolPages } from './tools-pages.ts';

/** What the pages of the shell share. */
export interface ShellContext {
  shop(c: Context): Shop;
  /** where this store's admin is: `/admin`, or `/shops/<domain>/admin` */
  base(c: Context): string;
  page(c: Context, title: string, at: string, body: Html): string;
  /** the page that a form was sent from, or `path` */
  back(c: Context, path: string): string;
}

/** The admin of one store, to be mounted at `base`. */
export function adminShell(shop: Shop, base: string): Hono {
  const shell: ShellContext = {
    shop: () => shop,
    base: () => base,
    page: (_c, title, at, body) => shellPage({ shop, base, title, at, body }),
    back: (c, path) => {
      const from = c.req.header('referer');
      const url = from !== undefined && URL.canParse(from) ? new URL(from) : null;
      return url?.pathname.startsWith(`${base}${path}`) === true ? url.pathname + url.search : `${base}${path}`;
    },
  };
  const app = new Hono();
  app.get('/', (c) => c.redirect(`${base}/${shop.store.installation === null ? 'apps' : 'apps/trellis'}`));
  const frame = (c: Context): Response | Promise<Response> => {
    if (shop.store.installation === null) return c.redirect(`${base}/apps`);
    const path = new URL(c.req.url).pathname.slice(`${base}/apps/trellis`.length);
    const src = frameUrl(shop, path, new URL(c.req.url).searchParams);
    return c.html(
      shellPage({ shop, base, title: 'Trellis', at: '/apps/trellis', framed: true, body: framePage(shop, base, src) }),
    );
  };
  app.get('/apps/trellis', frame);
  app.get('/apps/trellis/*', frame);
  // What the shell's script asks for; another origin can send these but not read the answers.
  app.post('/bridge/session-token', (c) =>
    shop.store.installation === null ? c.json({ error: 'not installed' }, 403) : c.json({ token: sessionToken(shop) }),
  );
  app.get('/bridge/products', (c) =>
    c.json(pickerProducts(shop, c.req.query('query') ?? '', c.req.query('ids')?.split(',') ?? [])),
  );
  app.get('/bridge/collections', (c) =>
    c.json(pickerCollections(shop, c.req.query('query') ?? '', c.req.query('ids')?.split(',') ?? [])),
  );
  app.get('/bridge/extensions', (c) => c.json(themeExtension(shop)));
  app.get('/bridge/scopes', (c) =>
    c.json({
      granted: shop.store.installation?.scopes ?? [],
      optional: shop.config().optionalScopes,
      required: shop.config().scopes,
    }),
  );
  app.post('/bridge/scopes/:change{grant|revoke}', async (c) => {
    const asked = z.object({ scopes: z.array(z.string()) }).safeParse(await c.req.json().catch(() => null));
    if (!asked.success || asked.data.scopes.some((scope) => !shop.config().optionalScopes.includes(scope)))
      return c.json({ error: 'not an optional scope' }, 400);
    const apply = c.req.param('change') === 'grant' ? grantScopes : revokeScopes;
    apply(shop.store, asked.data.scopes);
    return c.body(null, 204);
  });
  app.route('/', productPages(shell));
  app.route('/', orderPages(shell));
  app.route('/', toolPages(shell));
  return app;
}

/** The scripts and styles of the shell, and the stand-in for App Bridge that the app loads. */
export function shellFiles(): Hono {
  const app = new Hono();
  const bundles = new Map<string, Promise<string>>();
  const bundle = (name: string): Promise<string> => {
    const known = bundles.get(name);
    if (known !== undefined) return known;
    const made = build({
      entryPoints: [join(import.meta.dirname, 'browser', name)],
      bundle: true,
      write: false,
      format: 'iife',
      target: 'es2022',
      logLevel: 'silent',
    }).then((result) => result.outputFiles[0]?.text ?? '');
    bundles.set(name, made);
    return made;
  };
  const script = async (c: Context, name: string): Promise<Response> =>
    c.body(await bundle(name), 200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' });
  app.get('/app-bridge.js', (c) => script(c, 'app-bridge.ts'));
  app.get('/sandbox-admin/shell.js', (c) => script(c, 'shell.ts'));
  app.get('/sandbox-admin/styles.css', (c) =>
    c.body(readFileSync(join(import.meta.dirname, 'styles.css'), 'utf8'), 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'no-cache',
    }),
  );
  return app;
}
