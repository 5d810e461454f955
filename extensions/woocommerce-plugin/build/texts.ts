import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type PhpValue, phpLiteral } from './php-literals.ts';

type Texts = { readonly [key: string]: string | Texts };
const texts: z.ZodType<Texts> = z.lazy(() => z.record(z.string(), z.union([z.string(), texts])));

const forms = new Set(['zero', 'one', 'two', 'few', 'many', 'other']);

/** Texts by their whole name (`bundle.left`), in the order of the file; plural forms stay together. */
type FlatTexts = Record<string, string | Record<string, string>>;

function flatten(node: Texts, path = ''): FlatTexts {
  const flat: FlatTexts = {};
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'string') flat[path + key] = value;
    else if (Object.keys(value).every((form) => forms.has(form)))
      flat[path + key] = z.record(z.string(), z.string()).parse(value);
    else Object.assign(flat, flatten(value, `${path}${key}.`));
  }
  return flat;
}

export interface LanguageTexts {
  readonly language: string;
  readonly texts: FlatTexts;
}

/** The texts of `<language>[.default]<kind>.json` in a theme extension's `locales`. @param kind `''` or `.schema` */
export function readTexts(folder: string, kind: '' | '.schema'): LanguageTexts[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const [language = '', ...rest] = file.replace(/\.json$/, '').split('.');
      const ending = rest.filter((part) => part !== 'default').join('.');
      if (!file.endsWith('.json') || ending !== kind.slice(1)) return [];
      return [{ language, texts: flatten(texts.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')))) }];
    });
}

/** A PHP file that returns plain data. */
export function phpData(value: PhpValue, source: string): string {
  return `<?php
/**
 * Built from ${source} by \`npm run build:plugin\`: change it there, not here.
 *
 * @package Trellis\\WooCommerce
 */

defined( 'ABSPATH' ) || exit;

return ${phpLiteral(value)};
`;
}
