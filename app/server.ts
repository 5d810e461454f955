import { createServer, type Server } from 'node:http';
import { serveStatic } from '@hono/node-server/serve-static';
import type { ViteDevServer } from 'vite';
import { createHttpApp } from '#app/http/app.ts';
import { downloadRoutes } from '#app/http/downloads.ts';
import { ConfigError, readConfig } from '#app/infra/config.ts';
import { createServices } from '#app/infra/create-services.ts';
import { onShutdown, reportReady } from '#app/infra/process.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { createPageHandler } from '#app/remix-handler.ts';

/** The web process: Hono answers machines, Remix answers people. */
async function main(): Promise<void> {
  const config = readConfig();
  const own = createServices(config, 'web', createPlatforms);
  const { services, queues } = own;
  const vite = config.NODE_ENV === 'development' ? await startVite() : null;
  const pages = await createPageHandler(services, vite);
  const http = createHttpApp(services, queues);
  const year = 'public, max-age=31536000, immutable';
  http.app.use(
    '/assets/*',
    serveStatic({ root: './build/client', onFound: (_path, context) => context.header('cache-control', year) }),
  );
  http.app.route('/downloads', downloadRoutes('./build/plugin'));
  http.app.all('*', (context) => pages(context.req.raw));

  const server = createServer((request, response) => {
    if (vite) vite.middlewares(request, response, () => http.listener(request, response));
    else http.listener(request, response);
  });
  // Longer than a load balancer's idle time, so that it is never we who close a connection in use.
  server.keepAliveTimeout = 65_000;
  await listen(server, config.PORT, config.HOST);
  reportReady();
  services.log.info({ port: config.PORT }, 'web is ready');

  onShutdown(services.log, async () => {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 5_000).unref();
    });
    await http.close();
    await vite?.close();
    await own.close();
  });
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new ConfigError(`Port ${port} is in use: stop the other program or set PORT to a free one.`)
          : error,
      ),
    );
    server.listen(port, host, resolve);
  });
}

async function startVite(): Promise<ViteDevServer> {
  const { createServer: createViteServer } = await import('vite');
  return createViteServer({ server: { middlewareMode: true, hmr: { port: 0 } }, appType: 'custom' });
}

try {
  await main();
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
