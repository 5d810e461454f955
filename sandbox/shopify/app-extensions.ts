import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';

/** What the app's `extensions` folder registers with Shopify when it is deployed. */
export interface AppExtensions {
  readonly functions: readonly {
    readonly id: string;
    readonly handle: string;
    readonly title: string;
    readonly apiType: string;
    readonly apiVersion: string;
  }[];
  /** names of the pixel's settings; null where the app has no pixel */
  readonly pixelSettings: readonly string[] | null;
  readonly themeBlocks: readonly ThemeBlockFile[];
}

export interface ThemeBlockFile {
  readonly handle: string;
  readonly name: string;
  /** `section` = a block in a page, `body` or `head` = an embed */
  readonly target: 'section' | 'head' | 'body';
  /** templates it may stand on; empty = all */
  readonly templates: readonly string[];
}

const extensionFile = z.looseObject({
  api_version: z.string().optional(),
  type: z.string().optional(),
  handle: z.string().optional(),
  name: z.string().optional(),
  settings: z.looseObject({ fields: z.record(z.string(), z.unknown()).optional() }).optional(),
  targeting: z.array(z.looseObject({ target: z.string() })).optional(),
  extensions: z
    .array(
      z.looseObject({
        type: z.string(),
        handle: z.string().optional(),
        name: z.string().optional(),
        targeting: z.array(z.looseObject({ target: z.string() })).optional(),
      }),
    )
    .optional(),
});

const blockSchema = z.looseObject({
  name: z.string(),
  target: z.enum(['section', 'head', 'body']),
  enabled_on: z.looseObject({ templates: z.array(z.string()).optional() }).optional(),
});

/** What `shopifyFunctions(apiType:)` calls a Function's kind, by its target. */
const apiTypes: Readonly<Record<string, string>> = {
  'cart.transform.run': 'cart_transform',
  'cart.validations.generate.run': 'cart_checkout_validation',
};

/** Reads the configuration files of all extensions; a new one counts at once. */
export function readAppExtensions(folder: string): AppExtensions {
  const functions: AppExtensions['functions'][number][] = [];
  let pixelSettings: string[] | null = null;
  const themeBlocks: ThemeBlockFile[] = [];
  const folders = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
    : [];
  for (const name of folders) {
    const path = join(folder, name, 'shopify.extension.toml');
    if (!existsSync(path)) continue;
    const file = extensionFile.parse(parse(readFileSync(path, 'utf8')));
    const parts =
      file.extensions ??
      (file.type === undefined
        ? []
        : [{ type: file.type, handle: file.handle, name: file.name, targeting: file.targeting }]);
    for (const part of parts) {
      if (part.type === 'function') {
        const handle = part.handle ?? name;
        functions.push({
          id: functionId(handle),
          handle,
          title: titleOf(part.name ?? handle),
          apiType: apiTypes[part.targeting?.[0]?.target ?? ''] ?? 'discount',
          apiVersion: file.api_version ?? '2026-10',
        });
      } else if (part.type === 'web_pixel_extension') pixelSettings = Object.keys(file.settings?.fields ?? {});
      else if (part.type === 'theme') themeBlocks.push(...readBlocks(join(folder, name, 'blocks')));
    }
  }
  return { functions, pixelSettings, themeBlocks };
}

function readBlocks(folder: string): ThemeBlockFile[] {
  if (!existsSync(folder)) return [];
  const texts = join(folder, '../locales/en.default.schema.json');
  const names: unknown = existsSync(texts) ? JSON.parse(readFileSync(texts, 'utf8')) : {};
  return readdirSync(folder)
    .filter((file) => file.endsWith('.liquid'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const found = /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/.exec(text);
      const schema = blockSchema.parse(JSON.parse(found?.[1] ?? '{}'));
      return {
        handle: basename(file, '.liquid'),
        name: translated(schema.name, names),
        target: schema.target,
        templates: schema.enabled_on?.templates ?? [],
      };
    });
}

/** `t:bundle.name` in the words of the extension's schema texts; other names stay. */
function translated(name: string, texts: unknown): string {
  if (!name.startsWith('t:')) return name;
  let at: unknown = texts;
  for (const key of name.slice(2).split('.'))
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined;
  return typeof at === 'string' ? at : titleOf(name);
}

/** `t:bundle.name` → `Bundle`, where there is no text for it. */
function titleOf(name: string): string {
  if (!name.startsWith('t:')) return name;
  const word = name.split('.').at(-2) ?? name;
  return (word.charAt(0).toUpperCase() + word.slice(1)).replaceAll(/[-_]/g, ' ');
}

/** A stable UUID-shaped id, as Functions have. */
function functionId(handle: string): string {
  const hex = Buffer.from(handle.padEnd(16, '#')).toString('hex').slice(0, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
