import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readInput } from '../lib/server-process.ts';
import { createHttpApp } from '#app/http/app.ts';
import { readConfig } from '#app/infra/config.ts';
import { createServices } from '#app/infra/create-services.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';

/** The app's machine endpoints, as app/server.ts serves them, without the pages. */
const { services, queues, close } = createServices(readConfig(readInput<Record<string, string>>()), 'bench', createPlatforms);
const http = createHttpApp(services, queues);
const server = createServer(http.listener);
server.listen(0, '127.0.0.1', () => console.log(`listening ${String((server.address() as AddressInfo).port)}`));

process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void http.close().then(close).then(() => process.exit(0));
});
