import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blockSchema } from '#sandbox/shopify/storefront/extension-blocks.ts';
import { schemaText } from '#sandbox/shopify/storefront/liquid/engine.ts';
import { afterPurchase, widgetNamed, type WidgetTest, widgets, widgetsOf, widgetTests } from './registry.ts';

const project = join(import.meta.dirname, '../../..');
const text = (path: string): string => readFileSync(join(project, path), 'utf8');
const theme = 'extensions/theme-app-extension';
const liquid = ['blocks', 'snippets']
  .flatMap((part) => readdirSync(join(project, theme, part)).map((name) => text(`${theme}/${part}/${name}`)))
  .join('\n');
const marked = (mark: string): string[] => [
  ...new Set([...liquid.matchAll(new RegExp(`data-trellis${mark}="([a-z-]+)"`, 'g'))].map(([, name]) => name ?? '')),
];
/** What the embed switches that is no widget. */
const otherSettings = ['signals', 'heading', 'max_items'];

describe('every widget', () => {
  it('has a name of its own, and a file of its own beside the registry', () => {
    expect(new Set(widgets.map(({ name }) => name)).size).toBe(widgets.length);
    const files = readdirSync(import.meta.dirname).filter((name) => !/^(registry|widget)\b|\.test\.ts$/.test(name));
    expect(files.sort()).toEqual(widgets.map(({ name }) => `${name}.ts`).sort());
  });

  it('of a test is called alike, kept from visitors by the same, and follows no more than the test has', () => {
    for (const { id, label, changes } of widgetTests)
      for (const one of widgetsOf(id)) {
        expect([one.label, one.hiddenBy]).toEqual([label, widgetsOf(id)[0]?.hiddenBy]);
        expect(changes).toEqual(expect.arrayContaining([...one.changes]));
      }
    expect(widgetTests.flatMap(({ id }) => widgetsOf(id)).map(({ name }) => name)).toEqual(
      widgets.map(({ name }) => name),
    );
  });

  it('can be compared with its absence', () => {
    for (const { changes } of widgets) expect(changes).toContain('hide');
  });

  it('of a test that pages know is named by the test or stands beside one that is', () => {
    const named = new Set<WidgetTest>(widgets.filter(({ name, test }) => name === test).map(({ test }) => test));
    for (const { hiddenBy, test } of widgets) if (hiddenBy === 'page') expect(named).toContain(test);
  });
});

describe('a widget that asks', () => {
  it.each(widgets.map(({ name }) => name))('%s is known by its name', (name) => {
    expect(widgetNamed(name)).toBe(name);
  });

  it.each(['', 'of-tomorrow', 'After', 'after '])('is none where it is called “%s”', (name) => {
    expect(widgetNamed(name)).toBeNull();
  });
});

describe('the storefront', () => {
  it('marks the widgets of pages, and nothing else', () => {
    const known: readonly string[] = widgets.map(({ name }) => name);
    const inPages = marked('');
    expect(inPages.filter((name) => !known.includes(name))).toEqual([]);
    expect(widgets.filter(({ hiddenBy, name }) => hiddenBy === 'page' && !inPages.includes(name))).toEqual([]);
  });

  it('names only places that a widget tells', () => {
    const surfaces: readonly string[] = widgets.flatMap((one) => one.surfaces);
    expect(marked('-surface').filter((name) => !surfaces.includes(name))).toEqual([]);
  });

  it('has a switch in the embed for each that stands there, in five languages', () => {
    const switches = blockSchema
      .parse(JSON.parse(schemaText(text(`${theme}/blocks/embed.liquid`)) ?? ''))
      .settings.map(({ id }) => id ?? '');
    const settings = widgets.flatMap(({ setting }) => (setting === null ? [] : [setting]));
    expect(switches.filter((id) => !otherSettings.includes(id)).sort()).toEqual([...settings].sort());
    const plugin = text('extensions/woocommerce-plugin/includes/storefront/class-embed.php');
    for (const setting of settings) expect(plugin).toContain(`'${setting}'`);
    for (const language of ['en.default', 'de', 'fr', 'es', 'ja']) {
      const { embed } = JSON.parse(text(`${theme}/locales/${language}.schema.json`)) as { embed: object };
      expect(Object.keys(embed)).toEqual(expect.arrayContaining(settings));
    }
  });
});

describe('pages after a purchase', () => {
  it.each(afterPurchase.map(({ name }) => name))('%s is asked for by both platforms', (name) => {
    expect(text('extensions/checkout-ui/src/offer.ts')).toContain(`'${name}'`);
    expect(text('extensions/woocommerce-plugin/includes/orders/class-offers.php')).toContain(`'${name}'`);
  });

  it('name themselves as the place, which the question after an order is read by', () => {
    for (const { name, surfaces } of afterPurchase) expect(surfaces).toEqual([name]);
  });
});
