import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface GuardedFolder {
  readonly path: string;
  /** removes it; the server that used it has been stopped before */
  remove(): Promise<void>;
}

/**
 * A temporary folder for a server that a test or a bench starts. However this process ends, SIGKILL included,
 * a process that outlives it stops the server and removes the folder.
 * @param pidFile where the server writes its process id, below the folder
 */
export async function guardedFolder(purpose: string, pidFile: string): Promise<GuardedFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), `trellis-${purpose}-`));
  // A server with a system user of its own must be able to pass through.
  await chmod(folder, 0o755);
  const guard = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'guard.ts'), folder, path.join(folder, pidFile)],
    { stdio: ['pipe', 'ignore', 'ignore'], detached: true },
  );
  // Neither may keep this process alive when all else is done.
  guard.unref();
  return {
    path: folder,
    async remove() {
      await rm(folder, { recursive: true, force: true });
      guard.stdin.end('done');
    },
  };
}
