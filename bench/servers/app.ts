import { createServer } from 'node:http';
import { createHttpApp } from '#app/http/app.ts';
import { readConfig } from '#app/infra/config.ts';
import { createServices } from '#app/infra/create-services.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { readInput, serve } from '../lib/server-process.ts';

/** The app's machine endpoints, as app/server.ts serves them, without the pages. */
const { services, queues, close } = createServices(
  readConfig(readInput<Record<string, string>>()),
  'bench',
  createPlatforms,
);
const http = createHttpApp(services, queues);
serve(createServer(http.listener), () => http.close().then(close));
