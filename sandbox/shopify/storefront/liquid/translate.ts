import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

type Texts = { readonly [key: string]: string | Texts };
/** Texts of a `locales` folder by language; `default` is the one in `*.default.json`. */
export interface Locales {
  readonly default: string;
  readonly byLanguage: ReadonlyMap<string, Texts>;
}

/** Reads `<language>[.default].json`, leaving out the theme editor's `*.schema.json`. */
export function readLocales(folder: string): Locales {
  const byLanguage = new Map<string, Texts>();
  let fallback = 'en';
  for (const file of readdirSync(folder)) {
    const match = /^([a-z]{2}(?:-[A-Z]{2})?)(\.default)?\.json$/.exec(file);
    if (!match?.[1]) continue;
    byLanguage.set(match[1], JSON.parse(readFileSync(join(folder, file), 'utf8')) as Texts);
    if (match[2]) fallback = match[1];
  }
  return { default: fallback, byLanguage };
}

function find(texts: Texts | undefined, key: string): string | Texts | undefined {
  let place: string | Texts | undefined = texts;
  for (const part of key.split('.')) place = typeof place === 'object' ? place[part] : undefined;
  return place;
}

const escaped: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

/** As the filter `escape` writes it, so that `escape_once` leaves it as it is. */
function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escaped[character] ?? character);
}

/**
 * Liquid's `t` filter: plural by `count`, placeholders filled, filled values escaped unless the key ends with
 * `_html`. A missing key shows as Shopify shows it, so that it is noticed.
 */
export function translate(locales: Locales, language: string, key: string, values: Record<string, unknown>): string {
  let text = find(locales.byLanguage.get(language), key) ?? find(locales.byLanguage.get(locales.default), key);
  if (typeof text === 'object') {
    const rule = new Intl.PluralRules(language).select(Number(values['count'] ?? 0));
    text = find(text, rule) ?? find(text, 'other');
  }
  if (typeof text !== 'string') return `Translation missing: ${language}.${key}`;
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => {
    const given = values[name];
    const value = typeof given === 'string' || typeof given === 'number' ? String(given) : '';
    return key.endsWith('_html') ? value : escape(value);
  });
}
