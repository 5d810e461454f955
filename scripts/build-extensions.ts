/**
 * Builds what Shopify and browsers load: theme assets and the WooCommerce plugin's, the inline snippets, the web pixel,
 * the Functions and the extension of the pages after a purchase. Run: node scripts/build-extensions.ts
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundleDiscountFunction } from '#extensions/bundle-discount/build.ts';
import { checkoutAccessFunction } from '#extensions/checkout-access/build.ts';
import { codeDiscountFunction } from '#extensions/code-discount/build.ts';
import { bundleCheckoutUi } from '#extensions/checkout-ui/build.ts';
import { cartTransformFunction } from '#extensions/cart-transform/build.ts';

const projectFolder = join(import.meta.dirname, '..');

/** One script of the browser: minified, one closure, readable by every browser that Shopify supports. */
async function bundle(
  entry: string,
  format: 'iife' | 'esm',
  target: string,
  platform: 'shopify' | 'woocommerce' = 'shopify',
): Promise<string> {
  const result = await build({
    // Which of the two folders `#storefront` means, see package.json.
    conditions: [platform],
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format,
    target,
    legalComments: 'none',
    charset: 'utf8',
    tsconfigRaw: {},
  });
  const text = result.outputFiles[0]?.text;
  if (text === undefined) throw new Error(`nothing was built from ${entry}`);
  return text;
}

/** Readers never see half a file: written beside and renamed. */
async function writeWhole(path: string, text: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}.tmp`;
  await writeFile(beside, text);
  await rename(beside, path);
}

/** The inline decision as a Liquid snippet; the marks become the published salt, share and experiments. */
export async function buildHoldoutSnippet(extensions: string): Promise<string> {
  const script = await bundle(join(extensions, 'theme-source/src/holdout.ts'), 'iife', 'es2022');
  const filled = script
    .trim()
    .replace(/"__TRELLIS_SALT__"/, '{{ storefront.salt | json }}')
    .replace(/"__TRELLIS_BPS__"/, '{{ storefront.holdoutBps | default: 0 }}')
    .replace('__TRELLIS_TESTS__', '{{ storefront.tests | json }}')
    .replace('__TRELLIS_CHANGES__', '{{ storefront.changes | json }}');
  if (filled.includes('__TRELLIS_')) throw new Error('a mark of the holdout script was not filled');
  return `{%- comment -%} Built from theme-source/src/holdout.ts. {%- endcomment -%}\n<script>${filled}</script>\n`;
}

/** The inline placement of the upsell as a Liquid snippet; WooCommerce's pages name the part that holds the cart. */
export async function buildPlaceSnippet(extensions: string): Promise<string> {
  const script = await bundle(join(extensions, 'theme-source/src/place-upsell.ts'), 'iife', 'es2022');
  return `{%- comment -%} Built from theme-source/src/place-upsell.ts. {%- endcomment -%}\n<script>${script.trim().replace('"__TRELLIS_MAIN__"', "{{ routes.trellis_main | default: 'main,[role=main]' | json }}")}</script>\n`;
}

/** Builds everything in `extensions` and returns the written paths. */
export async function buildExtensions(extensions: string = join(projectFolder, 'extensions')): Promise<string[]> {
  const theme = join(extensions, 'theme-app-extension');
  const outputs: [string, string | Uint8Array][] = [
    [join(theme, 'assets/trellis.js'), await bundle(join(extensions, 'theme-source/src/main.ts'), 'iife', 'es2022')],
    [
      join(theme, 'assets/trellis-more.js'),
      await bundle(join(extensions, 'theme-source/src/more.ts'), 'iife', 'es2022'),
    ],
    [join(theme, 'snippets/trellis-holdout.liquid'), await buildHoldoutSnippet(extensions)],
    [join(theme, 'snippets/trellis-place.liquid'), await buildPlaceSnippet(extensions)],
    [
      join(extensions, 'web-pixel/dist/pixel.js'),
      await bundle(join(extensions, 'web-pixel/src/index.ts'), 'iife', 'es2020'),
    ],
  ];
  const plugin = join(extensions, 'woocommerce-plugin/assets');
  for (const [name, entry] of [
    ['trellis.js', 'main'],
    ['trellis-more.js', 'more'],
    ['trellis-pixel.js', 'woocommerce/pixel'],
  ] as const) {
    const source = join(extensions, `theme-source/src/${entry}.ts`);
    outputs.push([join(plugin, name), await bundle(source, 'iife', 'es2022', 'woocommerce')]);
  }
  outputs.push([join(plugin, 'trellis.css'), await readFile(join(theme, 'assets/trellis.css'))]);
  outputs.push([join(extensions, 'bundle-discount/dist/function.wasm'), await bundleDiscountFunction()]);
  outputs.push([join(extensions, 'code-discount/dist/function.wasm'), await codeDiscountFunction()]);
  outputs.push([join(extensions, 'checkout-access/dist/function.wasm'), await checkoutAccessFunction()]);
  outputs.push([join(extensions, 'cart-transform/dist/function.wasm'), await cartTransformFunction()]);
  outputs.push([join(extensions, 'checkout-ui/dist/checkout-ui.js'), await bundleCheckoutUi()]);
  for (const [path, text] of outputs) await writeWhole(path, text);
  return outputs.map(([path]) => path);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const path of await buildExtensions()) {
    const bytes = (await readFile(path)).length;
    process.stdout.write(`${path.slice(projectFolder.length + 1)}  ${bytes} bytes\n`);
  }
}
