import { readFileSync } from 'node:fs';
import path from 'node:path';
import { blockSchema } from '#sandbox/shopify/storefront/extension-blocks.ts';
import { createRenderer, schemaText, visibleTemplate } from '#sandbox/shopify/storefront/liquid/engine.ts';
import { runPhp } from '#tests/setup/php.ts';
import type { WidgetPage } from './pages.ts';

export const extension = path.join(import.meta.dirname, '../../../extensions/theme-app-extension');
const assets = '/assets';
const block = (template: string): string => readFileSync(path.join(extension, `blocks/${template}.liquid`), 'utf8');

/** What the merchant chose, and the schema's defaults for the rest. */
function settingsOf(page: WidgetPage): Record<string, unknown> {
  const { settings } = blockSchema.parse(JSON.parse(schemaText(block(page.template)) ?? '{}'));
  return Object.fromEntries(settings.map(({ id = '', default: value = null }) => [id, page.settings[id] ?? value]));
}

/** What the theme extension's Liquid prints. */
export function byLiquid(page: WidgetPage): string {
  const scope = { block: { id: 'one', settings: settingsOf(page), shopify_attributes: '' } };
  return createRenderer(extension, assets).render(visibleTemplate(block(page.template)), scope, page.globals);
}

/** What the plugin's compiled PHP prints: one process for all pages. */
export function byPhp(all: readonly WidgetPage[]): string[] {
  const lines = all.map(({ template, globals, settings }) =>
    JSON.stringify({ template, globals, assets, block: { id: 'one', settings } }),
  );
  return runPhp([path.join(import.meta.dirname, 'runner.php')], `${lines.join('\n')}\n`)
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as string);
}
