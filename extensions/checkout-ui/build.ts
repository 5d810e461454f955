import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { parse } from 'smol-toml';
import { z } from 'zod';

/** Shopify refuses a larger bundle; kB = 1000 bytes, compressed. Source: shopify.dev, UI extensions, "Bundle size". */
export const mostBytes = 64_000;

const appConfig = z.looseObject({ application_url: z.url() });

/** Where `shopify.app.toml` says that the app lives, without a trailing slash. */
export async function appAddress(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../../shopify.app.toml'), 'utf8');
  return new URL(appConfig.parse(parse(text)).application_url).origin;
}

/** The extension of both pages as one ES module. Throws when it is larger than Shopify takes. */
export async function bundleCheckoutUi(): Promise<string> {
  const result = await build({
    entryPoints: [join(import.meta.dirname, 'src/index.tsx')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfigRaw: {},
    define: { __TRELLIS_APP__: JSON.stringify(await appAddress()) },
  });
  const text = result.outputFiles[0]?.text;
  if (text === undefined) throw new Error('esbuild wrote nothing');
  const bytes = gzipSync(text).length;
  if (bytes > mostBytes) throw new Error(`the checkout extension has ${String(bytes)} bytes compressed`);
  return text;
}
