import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildExtensions } from '#scripts/build-extensions.ts';
import { packPlugin, pluginZip } from '#scripts/build-plugin.ts';

const root = path.resolve(import.meta.dirname, '..');
/** What is made by a build or by a generator; extensions/.gitignore names the same files. */
const built =
  /(^|\/)(dist|generated)\/|\/assets\/[^/]+\.js$|\/snippets\/trellis-(holdout|place)\.liquid$|\/woocommerce-plugin\/(templates\/|assets\/trellis\.css$)/;
const stampFile = path.join(root, 'build/.stamp');

/** Builds what browsers and stores load: the admin's pages, the extensions, the plugin. Skipped when nothing changed. */
export async function build(report: (step: string) => void, force = false): Promise<'built' | 'fresh'> {
  const stamp = await digestSources();
  const packed = await access(pluginZip).then(
    () => true,
    () => false,
  );
  if (!force && packed && (await readFile(stampFile, 'utf8').catch(() => '')) === stamp) return 'fresh';
  report('Building the extensions');
  await buildExtensions();
  report('Building the admin pages');
  await run(process.execPath, [path.join(root, 'node_modules/@remix-run/dev/dist/cli.js'), 'vite:build']);
  // After the pages, whose build begins with an empty folder.
  await packPlugin();
  await mkdir(path.dirname(stampFile), { recursive: true });
  await writeFile(stampFile, stamp);
  return 'built';
}

/** A hash over every file that goes into the bundles. */
async function digestSources(): Promise<string> {
  const hash = createHash('sha256');
  const files = ['package-lock.json', 'shopify.app.toml', 'vite.config.ts'];
  for (const folder of ['app', 'extensions']) {
    for (const entry of await readdir(path.join(root, folder), { recursive: true, withFileTypes: true })) {
      const file = path.relative(root, path.join(entry.parentPath, entry.name));
      if (entry.isFile() && !built.test(file)) files.push(file);
    }
  }
  for (const file of files.sort())
    hash
      .update(file)
      .update('\0')
      .update(await readFile(path.join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-8000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The build failed:\n${output}`))));
  });
}

if (process.argv[1] === import.meta.filename) {
  await build((step) => console.log(`${step} …`), true);
  console.log('Built.');
}
