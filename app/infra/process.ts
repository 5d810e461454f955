import { flushCompileCache } from 'node:module';
import type { Logger } from 'pino';

/**
 * Tells the supervisor (if there is one) that this process serves. What it compiled to get there is kept for the next
 * start, also where this one ends in a kill or a crash; Node would keep it at a clean end alone.
 */
export function reportReady(): void {
  flushCompileCache();
  process.send?.({ ready: true });
}

/**
 * Runs `close` once on SIGTERM, SIGINT or when the supervisor is gone, then ends the process. A close that
 * takes longer than `limitMs` is cut short with exit code 1.
 */
export function onShutdown(log: Logger, close: () => Promise<void>, limitMs = 25_000): void {
  let closing = false;
  const stop = (reason: string): void => {
    if (closing) return;
    closing = true;
    log.info({ reason }, 'stopping');
    setTimeout(() => process.exit(1), limitMs).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', () => stop('SIGTERM'));
  process.once('SIGINT', () => stop('SIGINT'));
  if (process.send) process.once('disconnect', () => stop('supervisor gone'));
}
