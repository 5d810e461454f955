import { connect, type Socket } from 'node:net';

export interface LoadResult {
  readonly answers: number;
  readonly perSecond: number;
  /** answers by HTTP status */
  readonly statuses: Readonly<Record<number, number>>;
  /** requests whose connection broke */
  readonly broken: number;
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
}

interface Connection {
  /** resolves with the status, or 0 where the connection broke */
  send(request: Buffer): Promise<number>;
  close(): void;
}

/**
 * One keep-alive connection on a bare socket: an HTTP client of Node costs more than the servers that are
 * measured, and both share the machine.
 */
function openConnection(port: number): Connection {
  let pending: ((status: number) => void) | null = null;
  let received = '';
  let socket = open();

  function open(): Socket {
    const opened = connect({ port, host: '127.0.0.1', noDelay: true });
    opened.setEncoding('latin1');
    opened.on('data', (chunk: unknown) => {
      received += String(chunk);
      if (isWhole(received)) finish(Number(received.slice(9, 12)));
    });
    opened.on('error', () => finish(0));
    opened.on('close', () => finish(0));
    return opened;
  }

  function finish(status: number): void {
    const done = pending;
    pending = null;
    received = '';
    done?.(status);
  }

  return {
    send(request) {
      if (socket.destroyed) socket = open();
      return new Promise((resolve) => {
        pending = resolve;
        socket.write(request);
      });
    },
    close: () => socket.destroy(),
  };
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end));
  return length ? text.length >= end + 4 + Number(length[1]) : text.endsWith('0\r\n\r\n');
}

/** An HTTP/1.1 request as bytes. */
export function httpRequest(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): Buffer {
  const lines = Object.entries({
    host: '127.0.0.1',
    ...headers,
    ...(body ? { 'content-length': String(Buffer.byteLength(body)) } : {}),
  });
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
  );
}

interface Recorder {
  record(status: number, ms: number): void;
  result(seconds: number): LoadResult;
}

function createRecorder(): Recorder {
  const times: number[] = [];
  const statuses: Record<number, number> = {};
  let broken = 0;
  return {
    record(status, ms) {
      times.push(ms);
      if (status === 0) broken += 1;
      else statuses[status] = (statuses[status] ?? 0) + 1;
    },
    result(seconds) {
      const sorted = Float64Array.from(times).sort();
      const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
      const answers = times.length - broken;
      return { answers, perSecond: answers / seconds, statuses, broken, p50: at(0.5), p99: at(0.99), slowest: at(1) };
    },
  };
}

/** As many requests as the server answers on `connections` at once: its greatest rate. */
export async function measureRate(
  port: number,
  next: () => Buffer,
  { connections = 16, seconds = 4 } = {},
): Promise<LoadResult> {
  const recorder = createRecorder();
  const opened = Array.from({ length: connections }, () => openConnection(port));
  const start = performance.now();
  const until = start + seconds * 1000;
  await Promise.all(
    opened.map(async (connection) => {
      while (performance.now() < until) {
        const sent = performance.now();
        recorder.record(await connection.send(next()), performance.now() - sent);
      }
    }),
  );
  const took = (performance.now() - start) / 1000;
  for (const connection of opened) connection.close();
  return recorder.result(took);
}

/**
 * `rate` requests a second whatever the answers do (open loop): the time of an answer counts from the moment at
 * which its request was due, so a server that stalls cannot hide it by slowing the load down.
 */
export async function measureLatency(
  port: number,
  next: () => Buffer,
  { rate, seconds, connections = 64 }: { rate: number; seconds: number; connections?: number },
): Promise<LoadResult> {
  const recorder = createRecorder();
  const idle = Array.from({ length: connections }, () => openConnection(port));
  const all = [...idle];
  const due: number[] = [];
  const total = Math.round(rate * seconds);
  const start = performance.now();
  let [issued, finished] = [0, 0];
  await new Promise<void>((resolve) => {
    const pump = () => {
      for (let connection = idle.pop(); connection; connection = idle.pop()) {
        const at = due.shift();
        if (at === undefined) return void idle.push(connection);
        const used = connection;
        void used.send(next()).then((status) => {
          recorder.record(status, performance.now() - at);
          finished += 1;
          idle.push(used);
          if (finished === total) resolve();
          else if (due.length > 0) pump();
        });
      }
    };
    const tick = setInterval(() => {
      for (const now = performance.now(); issued < total && start + (issued * 1000) / rate <= now; issued += 1)
        due.push(start + (issued * 1000) / rate);
      if (issued === total) clearInterval(tick);
      pump();
    }, 1);
  });
  const took = (performance.now() - start) / 1000;
  for (const connection of all) connection.close();
  return recorder.result(took);
}

/** The middle one of an odd number of values. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
