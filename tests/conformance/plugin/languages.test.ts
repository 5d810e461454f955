import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pluginLanguages } from '#scripts/plugin-languages.ts';

const folder = join(import.meta.dirname, '../../../extensions/woocommerce-plugin/languages');

it('every word of the plugin has its translations, and the files in the repository are those of today', async () => {
  const { files, missing } = await pluginLanguages();
  expect(missing).toEqual([]);
  for (const [name, content] of files)
    expect(
      { name, content: await readFile(join(folder, name), 'utf8').catch(() => '') },
      'run node scripts/plugin-languages.ts',
    ).toEqual({ name, content });
});

it('a placeholder of the English text stands in every translation', async () => {
  const { files } = await pluginLanguages();
  const places = (text: string) => (text.match(/%(?:\d\$)?[sd]/g) ?? []).sort();
  const unlike = [...files].flatMap(([name, content]) =>
    [...content.matchAll(/^msgid (".+")\nmsgstr (".+")$/gm)]
      .filter(([, one = '', told = '']) => places(one).join() !== places(told).join())
      .map(([, one]) => `${name}: ${one}`),
  );
  expect(unlike).toEqual([]);
});
