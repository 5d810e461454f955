import { spawn } from 'node:child_process';
import path from 'node:path';

export interface ServerProcess {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a file of bench/servers in a process of its own with `input` as its argument; it prints its port when it listens. */
export function startServer(file: string, input: unknown): Promise<ServerProcess> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, '../servers', file), JSON.stringify(input)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${file} ended with ${String(code)} before it listened`)));
    child.stdout.on('data', (chunk: Buffer) => {
      const port = /^listening (\d+)$/m.exec(chunk.toString())?.[1];
      if (port) resolve({ port: Number(port), pid: child.pid ?? 0, stop: () => (child.kill('SIGTERM'), ended) });
    });
  });
}

/** What the server process was told. */
export function readInput<T>(): T {
  return JSON.parse(process.argv[2] ?? 'null') as T;
}
