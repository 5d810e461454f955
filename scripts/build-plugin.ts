/**
 * Builds the WooCommerce plugin: templates from the theme extension's Liquid, and the zip that a merchant uploads.
 * Run: npm run build:plugin
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generatedFiles } from '#extensions/woocommerce-plugin/build/generated-files.ts';
import { zip } from '#extensions/woocommerce-plugin/build/zip.ts';
import { buildExtensions } from '#scripts/build-extensions.ts';

const projectFolder = join(import.meta.dirname, '..');
const slug = 'trellis-for-woocommerce';

/** Kept in the repository for whoever works on the plugin; nothing that a store needs. */
const leftOut = /^(build|tests)\/|\.(ts|md|tmp)$|(^|\/)\./;

/** Readers never see half a file: written beside and renamed. A file that is right already stays. */
async function writeWhole(path: string, text: string | Uint8Array): Promise<void> {
  const before = await readFile(path).catch(() => null);
  if (before?.equals(Buffer.from(text))) return;
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}.tmp`;
  await writeFile(beside, text);
  await rename(beside, path);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/** Writes `templates/` of the plugin and takes away what is built no more. The Liquid must be built. */
export async function buildPluginTemplates(extensions: string = join(projectFolder, 'extensions')): Promise<void> {
  const folder = join(extensions, 'woocommerce-plugin/templates');
  const files = generatedFiles(join(extensions, 'theme-app-extension'));
  for (const [name, text] of files) await writeWhole(join(folder, name), text);
  for (const name of await filesBelow(folder))
    if (!files.has(name) && !name.endsWith('.tmp')) await rm(join(folder, name), { force: true });
}

/** Where the server finds what it hands out. */
export const pluginZip = join(projectFolder, `build/plugin/${slug}.zip`);

/**
 * Which file of `includes/` holds which class, as the plugin's autoloader reads it: it looks for no file then.
 * @param files paths below `includes`
 */
export function classMap(files: Iterable<readonly [path: string, text: string]>): string {
  const entries = [...files].flatMap(([name, text]) => {
    if (!/\/class-[a-z-]+\.php$/.test(name)) return [];
    const space = /^namespace ([\w\\]+);$/m.exec(text)?.[1];
    const title = /^(?:final |abstract )?class (\w+)/m.exec(text)?.[1];
    if (space === undefined || title === undefined) throw new Error(`${name} names no class`);
    return [`\t'${space}\\${title}' => '${name}',\n`];
  });
  return `<?php\nreturn array(\n${entries.join('')});\n`;
}

/**
 * Writes the zip that a merchant uploads: one folder named after the plugin. The extensions must be built.
 * @returns its size in bytes
 */
export async function packPlugin(target: string = pluginZip): Promise<number> {
  await buildPluginTemplates();
  const folder = join(projectFolder, 'extensions/woocommerce-plugin');
  const names = (await filesBelow(folder)).filter((name) => !leftOut.test(name));
  const files = new Map<string, Uint8Array>();
  for (const name of names) files.set(`${slug}/${name}`, await readFile(join(folder, name)));
  const root = `${slug}/includes`;
  const parts = [...files].flatMap(([name, bytes]) =>
    name.startsWith(`${root}/`) ? [[name.slice(root.length), Buffer.from(bytes).toString('utf8')] as const] : [],
  );
  files.set(`${root}/class-map.php`, Buffer.from(classMap(parts)));
  const packed = zip(files);
  await writeWhole(target, packed);
  return packed.length;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildExtensions();
  const size = await packPlugin();
  process.stdout.write(`${relative(projectFolder, pluginZip)}  ${size} bytes\n`);
}
