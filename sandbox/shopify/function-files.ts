import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import type { DiscountFunctionFiles } from './storefront/deps.ts';

const functionToml = z.looseObject({
  extensions: z
    .array(
      z.looseObject({
        type: z.string(),
        handle: z.string().optional(),
        targeting: z.array(z.looseObject({ target: z.string(), input_query: z.string().optional() })).default([]),
        build: z.looseObject({ path: z.string().optional() }).optional(),
      }),
    )
    .default([]),
});

/** The compiled module at the path of the manifest; null before it is built. */
async function readBuilt(folder: string, path: string | undefined): Promise<DiscountFunctionFiles['source'] | null> {
  const compiled = path === undefined ? null : join(folder, path);
  return compiled !== null && existsSync(compiled) ? Uint8Array.from(await readFile(compiled)) : null;
}

/** The app's built Function for a target, or null while `extensions` has none or it is not built. */
export async function readFunctionFiles(
  extensionsFolder: string,
  wanted = 'cart.lines.discounts.generate.run',
  handle: string | null = null,
): Promise<DiscountFunctionFiles | null> {
  if (!existsSync(extensionsFolder)) return null;
  for (const name of readdirSync(extensionsFolder)) {
    const folder = join(extensionsFolder, name);
    const toml = join(folder, 'shopify.extension.toml');
    if (!existsSync(toml)) continue;
    const file = functionToml.parse(parse(await readFile(toml, 'utf8')));
    for (const extension of file.extensions) {
      const target = extension.targeting.find((candidate) => candidate.target === wanted);
      if (extension.type !== 'function' || target?.input_query === undefined) continue;
      if (handle !== null && extension.handle !== handle) continue;
      const source = await readBuilt(folder, extension.build?.path);
      if (source === null) return null;
      const delivery = extension.targeting.find(
        (candidate) => candidate.target === 'cart.delivery-options.discounts.generate.run',
      );
      return {
        source,
        inputQuery: await readFile(join(folder, target.input_query), 'utf8'),
        deliveryQuery:
          delivery?.input_query === undefined ? null : await readFile(join(folder, delivery.input_query), 'utf8'),
      };
    }
  }
  return null;
}
