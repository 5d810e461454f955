import { ConfigError, readConfig } from '#app/infra/config.ts';
import { createServices } from '#app/infra/create-services.ts';
import { onShutdown, reportReady } from '#app/infra/process.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { startWorkers } from './start-workers.ts';

/** The worker process: any number of them may run. */
try {
  const config = readConfig();
  const own = createServices(config, 'worker', createPlatforms);
  const workers = startWorkers(own);
  // Before they are ready too: a queue that cannot be reached keeps them waiting.
  onShutdown(own.services.log, async () => {
    await (await workers).close();
    await own.close();
  });
  await workers;
  reportReady();
  own.services.log.info('workers are ready');
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
