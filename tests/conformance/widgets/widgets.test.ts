import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildExtensions } from '#scripts/build-extensions.ts';
import { buildPluginTemplates } from '#scripts/build-plugin.ts';
import { blockSchema } from '#sandbox/shopify/storefront/extension-blocks.ts';
import { createRenderer, schemaText, visibleTemplate } from '#sandbox/shopify/storefront/liquid/engine.ts';
import { runPhp } from '#tests/setup/php.ts';
import { earnPages } from './earn-pages.ts';
import { pages, type WidgetPage } from './pages.ts';

const extension = path.join(import.meta.dirname, '../../../extensions/theme-app-extension');
const assets = '/assets';
const block = (template: string): string => readFileSync(path.join(extension, `blocks/${template}.liquid`), 'utf8');

/** What the merchant chose, and the schema's defaults for the rest. */
function settingsOf(page: WidgetPage): Record<string, unknown> {
  const { settings } = blockSchema.parse(JSON.parse(schemaText(block(page.template)) ?? '{}'));
  return Object.fromEntries(settings.map(({ id = '', default: value = null }) => [id, page.settings[id] ?? value]));
}

function byLiquid(page: WidgetPage): string {
  const scope = { block: { id: 'one', settings: settingsOf(page), shopify_attributes: '' } };
  return createRenderer(extension, assets).render(visibleTemplate(block(page.template)), scope, page.globals);
}

/** One PHP process prints all pages. */
function byPhp(all: readonly WidgetPage[]): string[] {
  const lines = all.map(({ template, globals, settings }) =>
    JSON.stringify({ template, globals, assets, block: { id: 'one', settings } }),
  );
  return runPhp([path.join(import.meta.dirname, 'runner.php')], `${lines.join('\n')}\n`)
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as string);
}

beforeAll(async () => {
  await buildExtensions();
  await buildPluginTemplates();
});

describe('widgets by the plugin’s compiled PHP', () => {
  it('are byte for byte those of the theme extension’s Liquid', () => {
    const printed = byPhp(pages);
    expect(printed).toHaveLength(pages.length);
    for (const [index, page] of pages.entries()) expect(printed[index], page.what).toBe(byLiquid(page));
    // The pages reach every template: none is right because nobody looks at it.
    const names = readdirSync(path.join(extension, 'blocks')).map((name) => name.replace('.liquid', ''));
    expect(new Set([...pages, ...earnPages].map(({ template }) => template as string))).toEqual(new Set(names));
    expect(printed.filter((html) => html.trim() !== '').length).toBeGreaterThan(pages.length / 2);
  });
});
