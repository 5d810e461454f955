import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Context, Liquid, type Template } from 'liquidjs';
import { formatMoney, moneyFormat } from './money-format.ts';
import { type Locales, readLocales, translate } from './translate.ts';

/** What every template and snippet of one request sees. */
export type Globals = Record<string, unknown>;

/** Parts of a template that are not for the page: the editor's schema and bundled styles and scripts. */
const hiddenTags = /\{%-?\s*(schema|stylesheet|javascript|doc)\s*-?%\}([\s\S]*?)\{%-?\s*end\1\s*-?%\}/g;

/** The text between `{% schema %}` and `{% endschema %}`, or null. */
export function schemaText(template: string): string | null {
  return /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/.exec(template)?.[1] ?? null;
}

/** The template without the parts that Shopify takes out before rendering. */
export function visibleTemplate(template: string): string {
  return template.replace(hiddenTags, '');
}

function globalText(context: Context, path: string[], fallback: string): string {
  const value: unknown = context.getSync(path);
  return typeof value === 'string' ? value : fallback;
}

interface Compiled {
  readonly stamp: string;
  readonly engine: Liquid;
  readonly templates: Map<string, Template[]>;
}

/** The newest change of a folder's files, and how many there are. */
function stampOf(folder: string): string {
  const files = readdirSync(folder).filter((name) => !name.endsWith('.tmp'));
  return `${String(files.length)} ${String(Math.max(0, ...files.map((name) => statSync(join(folder, name)).mtimeMs)))}`;
}

const mostTemplates = 200;
const compiled = new Map<string, Compiled>();

/**
 * Renders templates beside the `snippets` and `locales` of `root`. As in Shopify, a template is compiled once and
 * not at every page; a file that was written since counts at the next page.
 * @returns a function that renders one template's text
 */
export function createRenderer(root: string, assetBase: string) {
  const [folder, texts] = [join(root, 'snippets'), join(root, 'locales')];
  const stamp = `${stampOf(folder)} ${stampOf(texts)}`;
  // Two stores of one process render the same templates, each with files of its own.
  const key = `${root} ${assetBase}`;
  let known = compiled.get(key);
  if (known?.stamp !== stamp) {
    known = { stamp, engine: createEngine({ folder, locales: readLocales(texts), assetBase }), templates: new Map() };
    compiled.set(key, known);
  }
  const { engine, templates } = known;
  const parse = (text: string): Template[] => {
    const parsed = templates.get(text) ?? engine.parse(text);
    // What an app proxy answers is another text each time.
    if (templates.size >= mostTemplates) templates.clear();
    templates.set(text, parsed);
    return parsed;
  };
  return {
    options: engine.options,
    /** @param scope what only this template sees, or a context that is read afterwards */
    render: (text: string, scope: object, globals: Globals): string =>
      engine.renderSync(parse(text), scope, { globals }) as string,
  };
}

/**
 * A Liquid engine with the filters of Shopify that a theme and our extension use. `folder` holds the snippets;
 * `assetBase` is where `asset_url` points.
 */
export function createEngine(options: { folder: string; locales: Locales; assetBase: string }): Liquid {
  const snippets = readdirSync(options.folder).filter((name) => name.endsWith('.liquid'));
  const engine = new Liquid({
    templates: Object.fromEntries(
      snippets.map((name) => [basename(name, '.liquid'), readFileSync(join(options.folder, name), 'utf8')]),
    ),
    cache: true,
    ownPropertyOnly: true,
    strictFilters: true,
    relativeReference: false,
  });
  engine.registerFilter('money', function (value: unknown) {
    const currency = globalText(this.context, ['shop', 'currency'], 'USD');
    return formatMoney(Number(value ?? 0), globalText(this.context, ['shop', 'money_format'], moneyFormat(currency)));
  });
  engine.registerFilter('t', function (key: unknown, ...args: unknown[]) {
    const language = globalText(this.context, ['request', 'locale', 'iso_code'], options.locales.default);
    const named = args.filter((entry): entry is [string, unknown] => Array.isArray(entry));
    return translate(options.locales, language, String(key), Object.fromEntries(named));
  });
  engine.registerFilter('image_url', (image: unknown, ...args: unknown[]) => {
    const source = imageSource(image);
    if (source === '') return '';
    const sizes = args.filter((entry): entry is [string, unknown] => Array.isArray(entry));
    const query = new URLSearchParams(sizes.map(([name, value]) => [name, String(value)])).toString();
    return query === '' ? source : `${source}?${query}`;
  });
  // Shopify's Liquid divides whole numbers to a whole number, rounded down; liquidjs would give a fraction.
  engine.registerFilter('divided_by', (dividend: unknown, divisor: unknown) => {
    const [a, b] = [Number(dividend), Number(divisor)];
    if (b === 0) throw new Error('Liquid error: divided by 0');
    return Number.isInteger(a) && Number.isInteger(b) ? Math.floor(a / b) : a / b;
  });
  engine.registerFilter('asset_url', (name: unknown) => `${options.assetBase}/${String(name)}`);
  engine.registerFilter('stylesheet_tag', (url: unknown) => `<link rel="stylesheet" href="${String(url)}">`);
  // Shopify escapes what could end a script element; plain JSON.stringify does not.
  engine.registerFilter('json', (value: unknown) =>
    JSON.stringify(value ?? null).replace(
      /[<>&\u2028\u2029]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
  return engine;
}

function imageSource(image: unknown): string {
  if (typeof image === 'string') return image;
  if (typeof image === 'object' && image !== null && 'src' in image) return String(image.src);
  return '';
}
