import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export interface ServerProcess {
  readonly port: number;
  /** processor time used since the start, ms */
  cpu(): Promise<number>;
  /** the most memory that it has ever held, MB */
  peakMemoryMb(): Promise<number>;
  /** what the process says to a question of its own */
  ask(question: string): Promise<unknown>;
  stop(): Promise<void>;
  /** kill -9 */
  kill(): Promise<void>;
}

/**
 * Starts a file of bench/servers in a process of its own with `input` as its argument; resolves when it listens.
 * @param nodeFlags what Node itself is told
 */
export async function startServer(
  file: string,
  input: unknown,
  nodeFlags: readonly string[] = [],
): Promise<ServerProcess> {
  const child = fork(path.join(import.meta.dirname, '../servers', file), [JSON.stringify(input)], {
    execArgv: [...nodeFlags],
  });
  const failed = once(child, 'exit').then(([code]) => Promise.reject(new Error(`${file} ended with ${String(code)}`)));
  // Rejects also when the process is stopped as wished, and then nobody waits for it.
  failed.catch(() => undefined);
  const [port] = (await Promise.race([once(child, 'message'), failed])) as [number];
  const ask = async (question: string): Promise<unknown> => {
    child.send(question);
    const [answer] = (await Promise.race([once(child, 'message'), failed])) as [unknown];
    return answer;
  };
  return {
    port,
    ask,
    cpu: async () => Number(await ask('cpu')),
    peakMemoryMb: async () => Number(await ask('peak-memory')),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
    async kill() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** What the server process was told. */
export function readInput<T>(): T {
  return JSON.parse(process.argv[2] ?? 'null') as T;
}

/**
 * Listens on a free port and tells it; ends when the bench wishes so or is gone itself.
 * @param answers to questions beside `cpu` and `peak-memory`
 */
export function serve(
  server: Server,
  close: () => Promise<void> = () => Promise.resolve(),
  answers: Readonly<Record<string, () => object>> = {},
): void {
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.on('message', (question) => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const own = question === 'peak-memory' ? maxRSS / 1024 : (userCPUTime + systemCPUTime) / 1000;
    process.send?.(answers[String(question)]?.() ?? own);
  });
  process.once('disconnect', () => {
    server.close();
    server.closeAllConnections();
    void close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
