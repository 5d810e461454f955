import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { downloadRoutes } from '#app/http/downloads.ts';
import { pluginFile } from '#app/platforms/woocommerce/index.ts';
import { buildExtensions } from '#scripts/build-extensions.ts';
import { packPlugin } from '#scripts/build-plugin.ts';
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
