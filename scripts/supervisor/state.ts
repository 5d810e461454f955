import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../..');
/** `TRELLIS_STATE` moves it, so that tests run a whole product beside the developer's own. */
export const stateFolder = path.resolve(process.env['TRELLIS_STATE'] ?? path.join(root, '.trellis'));
/** The same as a person at the terminal writes it. */
export const stateName = path.relative(process.cwd(), stateFolder).startsWith('..')
  ? stateFolder
  : path.relative(process.cwd(), stateFolder);

const secretsSchema = z.object({
  postgresPassword: z.string(),
  rolePassword: z.string(),
  apiKey: z.string(),
  apiSecret: z.string(),
  encryptionKeys: z.string(),
});
export type LocalSecrets = z.infer<typeof secretsSchema>;

/** A sentence for the person at the terminal; printed without a stack trace. */
export class StartError extends Error {}

/** Passwords and keys of this installation, made at the first start and kept in `.trellis/secrets.json`. */
export async function loadSecrets(): Promise<LocalSecrets> {
  await makeFolder(stateFolder);
  // The system user that runs PostgreSQL must be able to pass through to its own folder.
  await chmod(stateFolder, 0o755);
  const file = path.join(stateFolder, 'secrets.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text !== null) {
    const parsed = secretsSchema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    throw new StartError(
      `${path.join(stateName, 'secrets.json')} is damaged: run \`npm start -- --reset\` to start over.`,
    );
  }
  const secrets: LocalSecrets = {
    postgresPassword: randomBytes(18).toString('hex'),
    rolePassword: randomBytes(18).toString('hex'),
    apiKey: randomBytes(16).toString('hex'),
    apiSecret: randomBytes(24).toString('hex'),
    encryptionKeys: `k1:${randomBytes(32).toString('base64')}`,
  };
  await writeFile(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}

/** Removes the data of the last start. Only ever our own folder. */
export async function resetState(): Promise<void> {
  await rm(stateFolder, { recursive: true, force: true });
}

/** Takes the folder for this process; says who has it when somebody does. */
export async function lockState(): Promise<() => Promise<void>> {
  const unusable = (what: string) => (error: NodeJS.ErrnoException) => {
    throw new StartError(
      `The folder ${stateName} for data and logs cannot be ${what} (${error.code ?? error.message}): set TRELLIS_STATE to another one.`,
    );
  };
  await makeFolder(stateFolder).catch(unusable('made'));
  const file = path.join(stateFolder, 'pid');
  const other = Number(await readFile(file, 'utf8').catch(() => '0'));
  if (other > 0 && other !== process.pid && isAlive(other)) {
    throw new StartError(`Trellis is running already (process ${other}): stop it with Ctrl-C in its terminal first.`);
  }
  await writeFile(file, String(process.pid)).catch(unusable('written to'));
  return () => rm(file, { force: true });
}

/**
 * Makes a folder and what is missing above it, one at a time: Node's own way never ends where a file system says that
 * a folder is missing although the one above it is there, as /proc does.
 */
export async function makeFolder(folder: string): Promise<void> {
  const above = path.dirname(folder);
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (code !== 'ENOENT' || (await isThere(above))) throw error;
    await makeFolder(above);
    await mkdir(folder);
  }
}

const isThere = (folder: string): Promise<boolean> =>
  stat(folder).then(
    () => true,
    () => false,
  );

/** True when a process of that id runs and is ours to see. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
