import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { downloadRoutes } from '#app/http/downloads.ts';
import { pluginFile } from '#app/platforms/woocommerce/index.ts';
import { buildExtensions } from '#scripts/build-extensions.ts';
import { classMap, packPlugin } from '#scripts/build-plugin.ts';
import { runPhp } from '#tests/setup/php.ts';
import { Hono } from 'hono';

let folder: string;
let size: number;
let app: Hono;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trellis-downloads-'));
  await writeFile(join(folder, 'beside.txt'), 'not for everybody');
  await buildExtensions();
  size = await packPlugin(join(folder, `public${pluginFile.slice(pluginFile.lastIndexOf('/'))}`));
  app = new Hono().route('/downloads', downloadRoutes(join(folder, 'public')));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the address that pages name hands out the plugin as it was packed, whole', async () => {
  const answer = await app.request(pluginFile);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(bytes.length).toBe(size);
  expect(bytes.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
  // The list of files at its end names what WordPress looks for, and nothing of the workshop.
  const names = bytes.toString('latin1');
  for (const name of ['trellis-for-woocommerce.php', 'templates/', 'assets/trellis.js', 'assets/trellis.css'])
    expect(names).toContain(`trellis-for-woocommerce/${name}`);
  expect(names).not.toMatch(/trellis-for-woocommerce\/(build|tests)\//);
});

test.each([
  ['another file', '/downloads/other.zip'],
  ['the folder itself', '/downloads/'],
  ['a file beside the folder', '/downloads/..%2Fbeside.txt'],
  ['a path', '/downloads/public/trellis-for-woocommerce.zip'],
])('%s: nothing is there', async (_what, path) => {
  expect((await app.request(path)).status).toBe(404);
});

test('the packed plugin names every class of its own, so that its autoloader looks for no file', async () => {
  const bytes = Buffer.from(await (await app.request(pluginFile)).arrayBuffer());
  expect(bytes.toString('latin1')).toContain('trellis-for-woocommerce/includes/class-map.php');
  const plugin = join(import.meta.dirname, '../../../extensions/woocommerce-plugin/includes');
  const files = globSync('**/class-*.php', { cwd: plugin }).map((name) => `/${name.replaceAll('\\', '/')}`);
  expect(files.length).toBeGreaterThan(100);
  const script = join(folder, 'class-map.php');
  await writeFile(script, classMap(files.map((name) => [name, readFileSync(join(plugin, name), 'utf8')])));
  const map = JSON.parse(runPhp(['-r', `echo json_encode( require '${script}' );`])) as Record<string, string>;
  expect(Object.values(map).sort()).toEqual([...files].sort());
  // As the autoloader would look for it by its name.
  for (const [name, file] of Object.entries(map)) {
    const parts = name.replace('Trellis\\WooCommerce\\', '').replaceAll('_', '-').toLowerCase().split('\\');
    const last = parts.pop() ?? '';
    expect(file).toBe(`/${[...parts, `class-${last}.php`].join('/')}`);
  }
});
