import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFolder } from './state.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'trellis-state-'));
  await writeFile(path.join(folder, 'file'), '');
});
afterAll(() => rm(folder, { recursive: true }));

test('makes what is missing above it, and is content with what is there', async () => {
  const deep = path.join(folder, 'a/b/c');
  await makeFolder(deep);
  await makeFolder(deep);
  expect((await stat(deep)).isDirectory()).toBe(true);
});

test.each([
  ['below a file', () => path.join(folder, 'file/x'), 'ENOTDIR'],
  ['where a file stands', () => path.join(folder, 'file'), 'EEXIST'],
])('ends with the reason %s', async (_name, target, code) => {
  await expect(makeFolder(target())).rejects.toMatchObject({ code });
});

// On Linux the file system of processes makes no folders; elsewhere the root makes none for a person.
test.each(['/proc/x', '/proc/x/y'])('ends with a reason where no folder can be: %s', async (target) => {
  await expect(makeFolder(target)).rejects.toThrow(/^E[A-Z]+/);
});
