import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** The Function as one ES module that needs nothing of Node or the web; exports `cartLinesDiscountsGenerateRun`. */
export async function bundleDiscountFunction(): Promise<string> {
  const result = await build({
    entryPoints: [join(import.meta.dirname, 'src/index.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
    tsconfigRaw: {},
  });
  const text = result.outputFiles[0]?.text;
  if (text === undefined) throw new Error('esbuild wrote nothing');
  return text;
}

/** Writes `function.js` into `outDir` and returns its path. */
export async function buildDiscountFunction(outDir: string = join(import.meta.dirname, 'dist')): Promise<string> {
  await mkdir(outDir, { recursive: true });
  const path = join(outDir, 'function.js');
  await writeFile(path, await bundleDiscountFunction());
  return path;
}
