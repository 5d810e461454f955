import { createServer } from 'node:http';
import { createHttpApp } from '#app/http/app.ts';
import { readConfig } from '#app/infra/config.ts';
import { createServices } from '#app/infra/create-services.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';

/** A web process that answers machines alone, on the port that it is told. */
const [, , port = ''] = process.argv;
const own = createServices(readConfig(), 'test', createPlatforms);
const http = createHttpApp(own.services, own.queues);
createServer(http.listener).listen(Number(port), '127.0.0.1', () => process.send?.({ ready: true }));
