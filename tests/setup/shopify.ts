import { createHttpApp } from '#app/http/app.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '#sandbox/server.ts';
import { signSessionToken } from '#sandbox/shopify/oauth/session-token.ts';
import {
  createTestServices,
  testApiKey,
  testApiSecret,
  type TestServices,
  type TestServicesOptions,
} from '#tests/setup/services.ts';
import { listen } from './listen.ts';
import { startWorkers, type Workers } from '#workers/start-workers.ts';

export const testDomain = 'one.myshopify.com';

export interface TestStore {
  readonly sandbox: Sandbox;
  readonly test: TestServices;
  readonly appUrl: string;
  /** starts a worker process's worth of workers in this process */
  startWorkers(): Promise<Workers>;
  /** what App Bridge would hand out right now */
  sessionToken(domain?: string, now?: Date): string;
  close(): Promise<void>;
}

/**
 * A pretend Shopify with the app's HTTP side in front of a fresh database. Workers are started by the test.
 * @param services of a database, a clock or an environment of the test's own; the latter is told the sandbox's address
 */
export async function startTestStore(
  options: Partial<SandboxOptions> = {},
  services: (sandboxUrl: string) => TestServicesOptions = () => ({}),
): Promise<TestStore> {
  const sandbox = await startSandbox({
    port: 0,
    dataFolder: null,
    apiKey: testApiKey,
    apiSecret: testApiSecret,
    appUrl: 'http://127.0.0.1:1',
    seed: 7,
    size: { products: 30, customers: 40, orders: 120, days: 365 },
    domains: [testDomain],
    installed: [testDomain],
    webhookTimeScale: 0.001,
    ...options,
  });
  const own = services(sandbox.url);
  const test = await createTestServices({
    platforms: createPlatforms,
    ...own,
    env: { SHOPIFY_ORIGIN: `${sandbox.url}/shops/{shop}`, ...own.env },
  });
  const http = createHttpApp(test.services, test.queues);
  const server = await listen(http.listener);
  const appUrl = server.url;
  sandbox.setAppUrl(appUrl);
  const running: Workers[] = [];
  return {
    sandbox,
    test,
    appUrl,
    async startWorkers() {
      const workers = await startWorkers(test);
      running.push(workers);
      return workers;
    },
    sessionToken: (domain = testDomain, now = new Date()) =>
      signSessionToken({ domain, apiKey: testApiKey, apiSecret: testApiSecret, userId: '1', sessionId: 's', now }),
    async close() {
      await Promise.all(running.map((workers) => workers.close()));
      await sandbox.close();
      await server.close();
      await http.close();
      await test.dispose();
    },
  };
}

/** Waits until `look` returns something else than null, undefined or false. */
export async function waitFor<T>(
  look: () => Promise<T | null | undefined | false>,
  what: string,
  timeoutMs = 60_000,
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`waited too long for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
