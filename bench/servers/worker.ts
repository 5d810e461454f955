import { createServer } from 'node:http';
import { readConfig } from '#app/infra/config.ts';
import { createServices } from '#app/infra/create-services.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { startWorkers } from '#workers/start-workers.ts';
import { profileQueries } from '../lib/query-profile.ts';
import { readInput, serve } from '../lib/server-process.ts';

/** One worker process, as workers/index.ts starts it. Its port is of no use but to say that it runs. */
// Before anything connects: a connection keeps the way to ask that it began with.
const profile = profileQueries();
const own = createServices(readConfig(readInput<Record<string, string>>()), 'bench-worker', createPlatforms);
const workers = await startWorkers(own);
serve(createServer(), () => workers.close().then(own.close), { profile });
