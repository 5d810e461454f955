/**
 * Translations of the WooCommerce plugin: collects its words into `languages/*.pot`, brings the `.po` files into the same
 * order and writes what WordPress 6.5 and later reads, `.l10n.php`. Words without a translation end it with an error.
 * Run: node scripts/plugin-languages.ts
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const domain = 'trellis-for-woocommerce';
const plugin = join(import.meta.dirname, '../extensions/woocommerce-plugin');

/** Locale of WordPress, and its rule of plurals in gettext's words. */
const locales = {
  de_DE: 'nplurals=2; plural=(n != 1);',
  es_ES: 'nplurals=2; plural=(n != 1);',
  fr_FR: 'nplurals=2; plural=(n > 1);',
  ja: 'nplurals=1; plural=0;',
} as const;

interface Entry {
  /** what WordPress adds to the words of a block's file */
  readonly context: string | null;
  readonly one: string;
  /** null for a text without a plural */
  readonly many: string | null;
  /** hint for translators */
  hint: string | null;
  readonly files: Set<string>;
}

const text = String.raw`'((?:[^'\\]|\\.)*)'`;
const single = new RegExp(
  String.raw`\b(?:__|_e|esc_html__|esc_html_e|esc_attr__|esc_attr_e)\(\s*${text}\s*,\s*'${domain}'`,
  'g',
);
const plural = new RegExp(String.raw`\b_n\(\s*${text}\s*,\s*${text}\s*,[^;]*?'${domain}'`, 'g');
const hintBefore = /\/\*\s*translators:\s*(.*?)\s*\*\/\s*\S[^\n]*$|\/\*\s*translators:\s*(.*?)\s*\*\/\s*$/;

const unquote = (php: string) => php.replaceAll(/\\(['\\])/g, '$1');
const quote = (value: string) => `"${value.replaceAll(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
const phpText = (value: string) =>
  value
    .split('\u0004')
    .map((part) => `'${part.replaceAll(/[\\']/g, '\\$&')}'`)
    .join(' . "\\4" . ');

/** Words of one file, in the order in which they stand there. */
function wordsOf(php: string): { at: number; one: string; many: string | null; hint: string | null }[] {
  const hint = (at: number) => {
    const before = hintBefore.exec(php.slice(Math.max(0, at - 300), at));
    return before?.[1] ?? before?.[2] ?? null;
  };
  const ones = [...php.matchAll(single)].map((found) => ({
    at: found.index,
    one: unquote(found[1] ?? ''),
    many: null,
    hint: hint(found.index),
  }));
  const manies = [...php.matchAll(plural)].map((found) => ({
    at: found.index,
    one: unquote(found[1] ?? ''),
    many: unquote(found[2] ?? ''),
    hint: hint(found.index),
  }));
  return [...ones, ...manies].sort((a, b) => a.at - b.at);
}

/** As WordPress names a text: its context, an end-of-transmission sign, and the text. */
const keyOf = (context: string | null, one: string) => (context === null ? one : `${context}\u0004${one}`);

/** What WordPress itself translates of a block's file and of the plugin's head. */
function namesOf(name: string, content: string): { context: string | null; one: string }[] {
  if (name.endsWith('block.json')) {
    const { title, description } = z.object({ title: z.string(), description: z.string() }).parse(JSON.parse(content));
    return [
      { context: 'block title', one: title },
      { context: 'block description', one: description },
    ];
  }
  const described = name === `${domain}.php` ? /^ \* Description:\s+(.+)$/m.exec(content)?.[1] : undefined;
  return described === undefined ? [] : [{ context: null, one: described }];
}

/** All words of the plugin by key; what the compiled templates say has its own language files. */
async function collect(): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  const names = (await readdir(plugin, { recursive: true })).map((name) => name.replaceAll('\\', '/'));
  const ours = names.filter(
    (name) => /\.php$|(^|\/)block\.json$/.test(name) && !/^(?:templates|languages|tests|build)\//.test(name),
  );
  for (const name of ours.sort()) {
    const content = await readFile(join(plugin, name), 'utf8');
    const named = namesOf(name, content).map((each) => ({ ...each, many: null, hint: null }));
    const said = name.endsWith('.php') ? wordsOf(content).map((each) => ({ ...each, context: null })) : [];
    for (const { context, one, many, hint } of [...named, ...said]) {
      const key = keyOf(context, one);
      const entry = entries.get(key) ?? { context, one, many, hint, files: new Set<string>() };
      entry.hint ??= hint;
      entry.files.add(name);
      entries.set(key, entry);
    }
  }
  return entries;
}

/** A po file's texts by their English; untranslated ones are left out. */
function readPo(po: string): Map<string, string[]> {
  const said = new Map<string, string[]>();
  for (const block of po.split(/\n\s*\n/)) {
    const fields = new Map<string, string>();
    let field = '';
    for (const line of block.split('\n')) {
      const found = /^(?:(msg\w+(?:\[\d\])?)\s+)?"(.*)"\s*$/.exec(line);
      if (!found) continue;
      field = found[1] ?? field;
      fields.set(field, (fields.get(field) ?? '') + JSON.parse(`"${found[2] ?? ''}"`));
    }
    const id = fields.get('msgid') ?? '';
    const told = [...fields]
      .filter(([name, value]) => name.startsWith('msgstr') && value !== '')
      .map(([, value]) => value);
    if (id !== '' && told.length > 0) said.set(keyOf(fields.get('msgctxt') ?? null, id), told);
  }
  return said;
}

const head = (locale: string, rule: string) =>
  [
    'msgid ""',
    'msgstr ""',
    `"Project-Id-Version: Trellis for WooCommerce\\n"`,
    ...(locale === '' ? [] : [`"Language: ${locale}\\n"`, `"Plural-Forms: ${rule}\\n"`]),
    '"MIME-Version: 1.0\\n"',
    '"Content-Type: text/plain; charset=UTF-8\\n"',
    '"Content-Transfer-Encoding: 8bit\\n"',
    `"X-Domain: ${domain}\\n"`,
  ].join('\n');

function po(entries: Iterable<Entry>, locale: string, rule: string, said: ReadonlyMap<string, string[]>): string {
  const blocks = [...entries].map(({ context, one, many, hint, files }) => {
    const told = said.get(keyOf(context, one)) ?? [];
    const forms = many === null ? 1 : Number(/nplurals=(\d)/.exec(rule)?.[1] ?? 2);
    return [
      ...(hint === null ? [] : [`#. translators: ${hint}`]),
      `#: ${[...files].join(' ')}`,
      ...(context === null ? [] : [`msgctxt ${quote(context)}`]),
      `msgid ${quote(one)}`,
      ...(many === null
        ? [`msgstr ${quote(told[0] ?? '')}`]
        : [
            `msgid_plural ${quote(many)}`,
            ...Array.from({ length: forms }, (_, at) => `msgstr[${at}] ${quote(told[at] ?? '')}`),
          ]),
    ].join('\n');
  });
  return `${[head(locale, rule), ...blocks].join('\n\n')}\n`;
}

function l10n(entries: Iterable<Entry>, locale: string, rule: string, said: ReadonlyMap<string, string[]>): string {
  const messages = [...entries].flatMap(({ context, one, many }) => {
    const key = keyOf(context, one);
    const told = said.get(key);
    // WordPress joins the forms of a plural by a zero byte.
    return told
      ? [`\t\t${phpText(key)} => ${many === null ? phpText(told[0] ?? '') : told.map(phpText).join(' . "\\0" . ')},`]
      : [];
  });
  return [
    '<?php',
    '// Made by scripts/plugin-languages.ts from the .po file beside it.',
    '// phpcs:ignoreFile -- Words and nothing that runs, one a line, as long as they are.',
    'return array(',
    `\t'domain' => ${phpText(domain)},`,
    `\t'language' => ${phpText(locale)},`,
    `\t'plural-forms' => ${phpText(rule)},`,
    "\t'messages' => array(",
    ...messages,
    '\t),',
    ');',
    '',
  ].join('\n');
}

/** What the files should hold, by name, and the words that a language lacks. */
export async function pluginLanguages(): Promise<{ files: Map<string, string>; missing: string[] }> {
  const entries = await collect();
  const files = new Map([[`${domain}.pot`, po(entries.values(), '', '', new Map())]]);
  const missing: string[] = [];
  for (const [locale, rule] of Object.entries(locales)) {
    const said = readPo(await readFile(join(plugin, `languages/${domain}-${locale}.po`), 'utf8').catch(() => ''));
    files.set(`${domain}-${locale}.po`, po(entries.values(), locale, rule, said));
    files.set(`${domain}-${locale}.l10n.php`, l10n(entries.values(), locale, rule, said));
    missing.push(...[...entries.keys()].filter((one) => !said.has(one)).map((one) => `${locale}: ${one}`));
  }
  return { files, missing };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { files, missing } = await pluginLanguages();
  for (const [name, content] of files) await writeFile(join(plugin, 'languages', name), content);
  for (const word of missing) process.stderr.write(`no translation  ${word}\n`);
  process.exitCode = missing.length > 0 ? 1 : 0;
}
