import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import path from 'node:path';
import { StartError, stateFolder, stateName } from '#scripts/supervisor/state.ts';

export interface ChildDefinition {
  readonly name: string;
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  readonly watch?: boolean;
}

export interface RunningChild {
  readonly name: string;
  /** SIGTERM, then SIGKILL after `limitMs`. */
  stop(limitMs?: number): Promise<void>;
}

const root = path.resolve(import.meta.dirname, '../..');
const restartPauseMs = [500, 1_000, 2_000, 5_000, 10_000];

/**
 * Starts a child, waits until it says that it serves, and starts it again whenever it dies. It runs in its
 * own process group (Ctrl-C reaches the supervisor alone) and ends by itself when the supervisor is gone.
 * `begun` gets it before it is ready, so that a stop in between reaches it too.
 * @throws StartError with the child's own last words when it never becomes ready
 */
export async function startChild(
  definition: ChildDefinition,
  notice: (text: string) => void,
  begun: (child: RunningChild) => void,
): Promise<void> {
  const logs = path.join(stateFolder, 'logs');
  mkdirSync(logs, { recursive: true });
  const log = createWriteStream(path.join(logs, `${definition.name}.log`), { flags: 'w' });
  let stopping = false;
  let deaths = 0;
  let current: ChildProcess | null = null;
  const start = (): Promise<ChildProcess> => launch(definition, log, (child) => (current = child));
  begun({
    name: definition.name,
    async stop(limitMs = 30_000) {
      stopping = true;
      if (current) await end(current, limitMs);
      log.end();
    },
  });
  watch(await start());

  function watch(child: ChildProcess): void {
    child.once('exit', (code, signal) => {
      if (!stopping) startAgain(`ended (${signal ?? `code ${code}`})`);
    });
  }

  function startAgain(what: string): void {
    const pause = restartPauseMs[Math.min(deaths, restartPauseMs.length - 1)] ?? 10_000;
    deaths += 1;
    notice(`${definition.name} ${what}; starting it again. Its log: ${logName(definition)}`);
    setTimeout(() => {
      if (stopping) return;
      start().then(watch, () => {
        if (!stopping) startAgain('did not start');
      });
    }, pause);
  }
}

function logName(definition: ChildDefinition): string {
  return path.join(stateName, 'logs', `${definition.name}.log`);
}

function launch(
  definition: ChildDefinition,
  log: WriteStream,
  begun: (child: ChildProcess) => void,
): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const flags = definition.watch ? ['--watch', '--watch-preserve-output'] : [];
    const child = spawn(process.execPath, [...flags, '--enable-source-maps', path.join(root, definition.script)], {
      cwd: root,
      env: { ...process.env, ...definition.env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    begun(child);
    let last = '';
    const keep = (chunk: Buffer): void => {
      last = (last + chunk.toString('utf8')).slice(-2000);
      log.write(chunk);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', (error) => reject(new StartError(`${definition.name} did not start: ${error.message}`)));
    const died = (): void =>
      reject(new StartError(`${definition.name} did not start: ${reason(last)} Its log: ${logName(definition)}`));
    child.once('exit', died);
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null && 'ready' in message) {
        child.off('exit', died);
        resolve(child);
      }
    });
  });
}

/** The line of a crash that says what happened: the error itself, else the last words. */
function reason(output: string): string {
  const lines = output.trim().split('\n');
  const line = lines.findLast((one) => /^(\w*error|error)\b/i.test(one)) ?? lines.at(-1);
  if (line === undefined || line === '') return 'no reason given.';
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

async function end(child: ChildProcess, limitMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  await exited;
  clearTimeout(timer);
}
