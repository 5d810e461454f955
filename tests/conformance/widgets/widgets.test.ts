import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildExtensions } from '#scripts/build-extensions.ts';
import { buildPluginTemplates } from '#scripts/build-plugin.ts';
import { customerPages } from './customer-pages.ts';
import { accessPages } from './access-pages.ts';
import { earnPages } from './earn-pages.ts';
import { launcherPages } from './launcher-pages.ts';
import { pages } from './pages.ts';
import { byLiquid, byPhp, extension } from './print-page.ts';

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
    const reached = [...pages, ...earnPages, ...launcherPages, ...accessPages].map(
      ({ template }) => template as string,
    );
    expect(new Set(reached)).toEqual(new Set(names));
    expect(printed.filter((html) => html.trim() !== '').length).toBeGreaterThan(pages.length / 2);
  });
});

describe('what the customer has', () => {
  it('is left out of printed lists by the rule of the app, by Liquid and by PHP', () => {
    const php = byPhp(customerPages);
    for (const [index, page] of customerPages.entries()) {
      const liquid = byLiquid(page);
      expect(php[index], page.what).toBe(liquid);
      const shown = [...liquid.matchAll(/data-trellis-product="(\d+)"/g)].map(([, id]) => Number(id));
      expect(shown, page.what).toEqual(page.shown);
    }
  });
});
