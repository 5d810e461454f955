import { join } from 'node:path';
import { build } from 'esbuild';

/** The Function as one ES module that needs nothing of Node or the web; exports `cartTransformRun`. */
export async function cartTransformFunction(): Promise<string> {
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
