import { ConfigError, readConfig } from '#app/infra/config.ts';
import { createServices } from '#app/infra/create-services.ts';
import { onShutdown, reportReady } from '#app/infra/process.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { startWorkers } from './start-workers.ts';

/** The worker process: any number of them may run. */
try {
  const config = readConfig();
  const own = createServices(config, 'worker', createPlatforms);
  const workers = await startWorkers(own);
  reportReady();
  own.services.log.info('workers are ready');
  onShutdown(own.services.log, async () => {
    await workers.close();
    await own.close();
  });
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
