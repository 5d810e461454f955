import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { schemasIn, splitBlock } from './block-schemas.ts';
import { compileTemplate } from './compile-template.ts';
import { phpData, readTexts } from './texts.ts';

const languages = new Set(['de', 'en', 'es', 'fr', 'ja']);

/**
 * Everything that the plugin has from the theme extension, by path below `templates/`: one PHP file for each block and
 * snippet, the texts and the blocks' settings in each language.
 * @throws with file and line for Liquid that the compiler does not know, a snippet or text that does not exist
 */
export function generatedFiles(themeExtension: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const schemas: Record<string, ReturnType<typeof splitBlock>['schema']> = {};
  const rendered = new Map<string, string>();
  for (const folder of ['blocks', 'snippets']) {
    for (const file of readdirSync(join(themeExtension, folder)).sort()) {
      if (!file.endsWith('.liquid')) continue;
      const [name, source] = [basename(file, '.liquid'), `${folder}/${file}`];
      const text = readFileSync(join(themeExtension, source), 'utf8');
      const block = folder === 'blocks' ? splitBlock(text) : null;
      if (block) schemas[name] = block.schema;
      const compiled = compileTemplate(block?.template ?? text, `theme-app-extension/${source}`);
      for (const snippet of compiled.rendered) rendered.set(snippet, source);
      files.set(`${name}.php`, compiled.php);
    }
  }
  for (const [snippet, source] of rendered)
    if (!files.has(`${snippet}.php`)) throw new Error(`${source}: there is no snippet "${snippet}"`);
  addTexts(files, themeExtension, schemas);
  return files;
}

function addTexts(files: Map<string, string>, themeExtension: string, schemas: Parameters<typeof schemasIn>[0]): void {
  const folder = join(themeExtension, 'locales');
  for (const { language, texts } of readTexts(folder, '')) {
    // Its plural rule would have to be added to `Plurals` in the plugin.
    if (!languages.has(language)) throw new Error(`${language}: the plugin does not know this language's plurals`);
    files.set(`locales/${language}.php`, phpData(texts, `theme-app-extension/locales (${language})`));
  }
  for (const entry of readTexts(folder, '.schema')) {
    const data = phpData(schemasIn(schemas, entry), 'the schemas of theme-app-extension/blocks');
    files.set(`schemas/${entry.language}.php`, data);
  }
}
