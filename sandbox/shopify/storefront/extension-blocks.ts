import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SandboxStore } from '../model.ts';
import { createRenderer, type Globals, schemaText, visibleTemplate } from './liquid/engine.ts';
import { metafieldsDrop } from './liquid/metafields.ts';
import { productDrop } from './liquid/product-drop.ts';

/** The part of a block's `{% schema %}` that decides where and how it renders. */
export const blockSchema = z.object({
  name: z.string(),
  target: z.enum(['section', 'head', 'body']),
  stylesheet: z.string().optional(),
  javascript: z.string().optional(),
  enabled_on: z.object({ templates: z.array(z.string()) }).optional(),
  settings: z.array(
    z
      .object({
        type: z.string(),
        id: z.string().optional(),
        default: z.union([z.string(), z.number(), z.boolean()]).optional(),
        autofill: z.boolean().optional(),
      })
      .loose(),
  ),
});

export interface Block {
  readonly handle: string;
  readonly schema: z.infer<typeof blockSchema>;
  readonly template: string;
}

export interface RenderedBlocks {
  readonly sections: string;
  readonly body: string;
  /** link and script elements that the blocks of this page ask for */
  readonly head: string;
}

/** Where the sandbox serves the extension's assets. */
export const assetBase = '/extensions/trellis/assets';

/** Our theme app extension, read from its real files for each page so that a rebuilt file counts at once. */
export function createExtensionBlocks(store: SandboxStore, folder: string) {
  return {
    /** Renders the blocks which the merchant left on and which belong on `template`. */
    render(template: string, globals: Globals): RenderedBlocks {
      if (!store.installation) return { sections: '', body: '', head: '' };
      const renderer = createRenderer(folder, assetBase);
      const app = {
        metafields: metafieldsDrop(store, `gid://shopify/AppInstallation/${store.installation.id}`, (product) =>
          productDrop(store, product),
        ),
      };
      const parts = { section: '', body: '', head: '' };
      const assets = new Set<string>();
      for (const block of readBlocks(join(folder, 'blocks'))) {
        const state = store.themeBlocks.get(block.handle);
        if (state && !state.active) continue;
        // What stands on every page is there only once the merchant has switched it on.
        if (block.schema.target === 'body' && !state) continue;
        if (block.schema.enabled_on && !block.schema.enabled_on.templates.includes(template)) continue;
        const settings = readSettings(store, block, state?.settings ?? {}, globals['product']);
        const scope = { block: { id: `trellis-${block.handle}`, settings, shopify_attributes: '' } };
        parts[block.schema.target] += renderer.render(block.template, scope, { ...globals, app });
        if (block.schema.stylesheet)
          assets.add(`<link rel="stylesheet" href="${assetBase}/${block.schema.stylesheet}">`);
        if (block.schema.javascript)
          assets.add(`<script src="${assetBase}/${block.schema.javascript}" defer></script>`);
      }
      return { sections: parts.section, body: parts.body, head: parts.head + [...assets].join('\n') };
    },
  };
}

/** The blocks in the order in which a merchant would put them: sections by name, embeds last. */
export function readBlocks(folder: string): Block[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.liquid'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const schema = blockSchema.parse(JSON.parse(schemaText(text) ?? '{}'));
      return { handle: file.slice(0, -'.liquid'.length), schema, template: visibleTemplate(text) };
    });
}

function readSettings(
  store: SandboxStore,
  block: Block,
  chosen: Record<string, string | number | boolean>,
  pageProduct: unknown,
): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const setting of block.schema.settings) {
    if (setting.id === undefined) continue;
    const value = chosen[setting.id];
    if (setting.type === 'product') {
      const picked = typeof value === 'string' ? store.productByHandle(value) : null;
      settings[setting.id] = picked ? productDrop(store, picked) : setting.autofill ? pageProduct : null;
    } else settings[setting.id] = value ?? setting.default ?? null;
  }
  return settings;
}
