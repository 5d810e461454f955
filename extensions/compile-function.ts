import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { libraryFiles, main as compile, version } from 'assemblyscript/asc';

type Wasm = Uint8Array<ArrayBuffer>;

/** Compiling takes seconds and depends on nothing but the sources and the compiler. */
const cache = join(import.meta.dirname, '../node_modules/.cache/compiled-functions');

/** Takes the place of parts of the compiler's library. */
const library = 'function-memory/assembly';

/** The part of the compiler's library that it reads before any other, so that `--lib` comes too late to replace it. */
const replacedFirst = 'array';

/**
 * No assertions, and no collector: a run is short, and memory that is not freed is within Shopify's limit. Whatever
 * would stop the program stops it without a message, because the Function may import nothing but Shopify's API.
 */
const options = ['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--lib', library, '--use', 'abort='] as const;

async function readSources(folders: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const lists = await Promise.all(
    folders.map((folder) => readdir(join(import.meta.dirname, folder), { recursive: true, withFileTypes: true })),
  );
  const paths = lists
    .flat()
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(import.meta.dirname, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
  return new Map(
    await Promise.all(
      paths.map(async (path) => [path, await readFile(join(import.meta.dirname, path), 'utf8')] as const),
    ),
  );
}

async function compiled(entry: string, texts: ReadonlyMap<string, string>): Promise<Wasm> {
  const array = texts.get(`${library}/${replacedFirst}.ts`);
  if (array === undefined) throw new Error(`${library} has no ${replacedFirst}.ts`);
  libraryFiles[replacedFirst] = array;
  const written = new Map<string, Wasm>();
  let messages = '';
  const { error } = await compile([entry, '--outFile', 'function.wasm', ...options], {
    readFile: (name, folder) => texts.get(name) ?? texts.get(`${folder}/${name}`) ?? null,
    writeFile: (name, content) => {
      if (typeof content !== 'string') written.set(name, Uint8Array.from(content));
    },
    listFiles: (folder) =>
      [...texts.keys()].flatMap((path) => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : [])),
    stderr: {
      write(chunk) {
        messages += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      },
    },
  });
  if (error) throw new Error(`${entry} does not compile:\n${messages}`, { cause: error });
  const output = written.get('function.wasm');
  if (!output) throw new Error('the compiler wrote nothing');
  return output;
}

/** Readers never see half a file: written beside and renamed. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}.tmp`;
  await writeFile(beside, bytes);
  await rename(beside, path);
}

/**
 * A Function as a WebAssembly module that imports Shopify's Function Wasm API and nothing else. Unchanged sources are
 * compiled once.
 * @param folders with its sources, in the folder of the extensions; `index.ts` of the first is the entry
 */
export async function compileFunction(folders: readonly [string, ...string[]]): Promise<Wasm> {
  const texts = await readSources([...folders, library]);
  const entry = `${folders[0]}/index.ts`;
  const digest = createHash('sha256')
    .update(JSON.stringify([version, options, entry, ...texts]))
    .digest('hex');
  const path = join(cache, `${digest}.wasm`);
  const known = await readFile(path).catch(() => null);
  if (known) return Uint8Array.from(known);
  const bytes = await compiled(entry, texts);
  await writeWhole(path, bytes);
  return bytes;
}
