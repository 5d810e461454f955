import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { parse } from 'smol-toml';
import { beforeAll, describe, expect, it } from 'vitest';
import { isHeldOut } from '#app/shared/assignment.ts';
import { buildExtensions } from '#scripts/build-extensions.ts';
import { blockSchema } from '#sandbox/shopify/storefront/extension-blocks.ts';
import { schemaText } from '#sandbox/shopify/storefront/liquid/engine.ts';

const folder = join(import.meta.dirname, '../../theme-app-extension');
const languages = ['en', 'de', 'fr', 'es', 'ja'];

function files(part: string): string[] {
  return readdirSync(join(folder, part)).filter((name) => !name.startsWith('.') && !name.endsWith('.tmp'));
}
function read(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

beforeAll(() => buildExtensions());

const inline = (name: string): string => /<script>([\s\S]*)<\/script>/.exec(read(`snippets/${name}.liquid`))?.[1] ?? '';
const inlined = ['trellis-holdout', 'trellis-place'];
const gzipped = (scripts: string[]): number => {
  expect(scripts.every((script) => script.length > 0)).toBe(true);
  return scripts.reduce((sum, script) => sum + gzipSync(script, { level: 9 }).length, 0);
};

describe.each([
  ['theme app extension', '.', []],
  // What Shopify's web pixel tells is a script of its own there as well.
  ['WooCommerce plugin', '../woocommerce-plugin', ['trellis-pixel.js']],
])('JavaScript of the %s', (_, place, told) => {
  const asset = (name: string): string => read(`${place}/assets/${name}`);

  it('keeps what bought together, fixed and mixed bundles and the cart page need within 6 kB gzip, inline included', () => {
    expect(gzipped([asset('trellis.js'), ...inlined.map(inline)])).toBeLessThanOrEqual(6_000);
  });

  it('keeps all JavaScript together within 8 kB gzip, inline included', () => {
    const scripts = ['trellis-more.js', 'trellis.js'];
    expect(
      files(`${place}/assets`)
        .filter((name) => name.endsWith('.js') && name.startsWith('trellis'))
        .sort(),
    ).toEqual([...scripts, ...told].sort());
    expect(gzipped([...scripts.map(asset), ...inlined.map(inline)])).toBeLessThanOrEqual(8_000);
  });

  it.each(told)('keeps %s, which comes after consent, small', (name) => {
    expect(gzipped([asset(name)])).toBeLessThanOrEqual(1_700);
  });
});

describe('limits of a theme app extension', () => {
  it('has no other scripts than these', () => {
    expect(files('assets').filter((name) => name.endsWith('.js'))).toHaveLength(2);
    expect(
      files('snippets')
        .filter((name) => read(`snippets/${name}`).includes('<script>'))
        .sort(),
    ).toEqual(inlined.map((name) => `${name}.liquid`));
  });

  it('keeps the stylesheet small', () => {
    expect(gzipSync(read('assets/trellis.css')).length).toBeLessThanOrEqual(3_000);
  });

  it('has only the folders and file types that Shopify takes', () => {
    expect(readdirSync(folder).sort()).toEqual(['assets', 'blocks', 'locales', 'shopify.extension.toml', 'snippets']);
    const allowed = new Set(['.jpg', '.jpeg', '.json', '.js', '.css', '.png', '.svg', '.wasm']);
    expect(files('assets').filter((name) => !allowed.has(extname(name)))).toEqual([]);
    expect(parse(read('shopify.extension.toml'))).toMatchObject({ type: 'theme' });
  });

  it('keeps the Liquid within 500 kB and the blocks within 30', () => {
    const sizes = ['blocks', 'snippets'].flatMap((part) =>
      files(part).map((name) => statSync(join(folder, part, name)).size),
    );
    expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(500_000);
    expect(files('blocks').length).toBeLessThanOrEqual(30);
  });
});

describe('block schemas', () => {
  const editorTexts = JSON.parse(read('locales/en.default.schema.json')) as Record<string, Record<string, string>>;
  it.each(readdirSync(join(folder, 'blocks')))('%s is valid, its assets exist and its texts are translated', (name) => {
    const text = schemaText(read(`blocks/${name}`)) ?? '';
    const schema = blockSchema.parse(JSON.parse(text));
    // What asks for no script works without one.
    expect([undefined, ...files('assets')]).toContain(schema.javascript);
    // What a schema names holds up the first paint of the whole page: blocks ask for their styles where they stand.
    expect(schema.stylesheet).toBeUndefined();
    expect(read(`blocks/${name}`)).toContain("'trellis.css' | asset_url");
    for (const [, section = '', key = ''] of text.matchAll(/"t:(\w+)\.(\w+)"/g))
      expect(editorTexts[section]?.[key], `${section}.${key}`).toBeTypeOf('string');
    const used = [...read(`blocks/${name}`).matchAll(/block\.settings\.(\w+)/g)].map((match) => match[1]);
    expect(schema.settings.map((setting) => setting.id)).toEqual(expect.arrayContaining([...new Set(used)]));
  });
});

type Texts = { [key: string]: string | Texts };
const plurals = new Set(['zero', 'one', 'two', 'few', 'many', 'other']);
/** Names of the texts with their placeholders; the plural forms of one text count as one. */
function shape(texts: Texts, path = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) => {
    if (typeof value === 'string') return [`${path}${key}: ${(value.match(/\{\{ \w+ \}\}/g) ?? []).sort().join()}`];
    return Object.keys(value).every((form) => plurals.has(form))
      ? shape({ [key]: value['other'] ?? '' }, path)
      : shape(value, `${path}${key}.`);
  });
}

describe('locales', () => {
  it.each(['', '.schema'])('has every text in every language (%s)', (kind) => {
    const file = (language: string) =>
      JSON.parse(read(`locales/${language}${language === 'en' ? '.default' : ''}${kind}.json`)) as Texts;
    const expected = shape(file('en')).sort();
    for (const language of languages) expect(shape(file(language)).sort(), language).toEqual(expected);
  });

  it('has every plural form that each language needs', () => {
    for (const language of languages) {
      const texts = JSON.parse(read(`locales/${language}${language === 'en' ? '.default' : ''}.json`)) as {
        bundle: { left: Texts };
      };
      expect(Object.keys(texts.bundle.left).sort()).toEqual(
        [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort(),
      );
    }
  });

  it('uses no text that is missing', () => {
    const known = new Set(
      shape(JSON.parse(read('locales/en.default.json')) as Texts).map((line) => line.split(':')[0]),
    );
    const liquid = ['blocks', 'snippets']
      .flatMap((part) => files(part).map((name) => read(`${part}/${name}`)))
      .join('\n');
    const used = [...liquid.matchAll(/'([a-z_]+\.[a-z_]+)' \| t/g)].map((match) => match[1]);
    expect(used.filter((key) => !known.has(key))).toEqual([]);
    expect([...known].filter((key) => !used.includes(key))).toEqual([]);
  });
});

describe('holdout in the page', () => {
  const script = (): string =>
    (/<script>([\s\S]*)<\/script>/.exec(read('snippets/trellis-holdout.liquid'))?.[1] ?? '')
      .replace('{{ storefront.salt | json }}', '"pepper"')
      .replace('{{ storefront.holdoutBps | default: 0 }}', '3000')
      // A store that was published before experiments existed.
      .replace('{{ storefront.tests | json }}', 'null')
      .replace('{{ storefront.changes | json }}', 'null');
  const heldIn = (storage: object): boolean => {
    const dataset: Record<string, string> = {};
    const document = { documentElement: { dataset }, addEventListener: () => undefined };
    runInNewContext(script(), { localStorage: storage, document });
    return dataset['trellisHeld'] !== undefined;
  };

  it('decides as the server does', () => {
    const ids = Array.from({ length: 300 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);
    expect(ids.map((id) => heldIn({ getItem: () => id }))).toEqual(ids.map((id) => isHeldOut(id, 'pepper', 3000)));
  });

  it('shows the blocks to a visitor without an id and where storage is blocked', () => {
    expect(heldIn({ getItem: () => null })).toBe(false);
    expect(
      heldIn({
        getItem: () => {
          throw new Error('blocked');
        },
      }),
    ).toBe(false);
  });
});
