import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { markdownTable, ratio } from './lib/table.ts';

/** Real histories lie beside the project; the largest one is measured. */
const folder = path.join(import.meta.dirname, '../../shared/data');

const measured = z.object({ seconds: z.number(), peakMegabytes: z.number(), note: z.string() });

function largestHistory(): string {
  const files = readdirSync(folder).filter((name) => /\.csv(\.gz)?$/.test(name)).map((name) => path.join(folder, name));
  const [largest] = files.sort((a, b) => statSync(b).size - statSync(a).size);
  if (largest === undefined) throw new Error(`no order history in ${folder}`);
  return largest;
}

/** Each work runs in a process of its own, so that its peak memory is its own. */
async function measure(work: string, file: string): Promise<z.infer<typeof measured>> {
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, 'lib/training-work.ts'), work, file]);
  return measured.parse(JSON.parse(stdout));
}

const file = largestHistory();
// Read first: the disk's cache is warm for all works alike, and reading is no part of their seconds.
const rows: [string, z.infer<typeof measured>][] = [];
for (const [title, work] of [
  ['bare loop: enumerates all co-purchased pairs', 'pairs'],
  ['similarity sources (cosine, lift)', 'neighbours'],
  ['full training: past, blend, neighbours, linear model', 'train'],
] as const) {
  rows.push([title, await measure(work, file)]);
}
const bare = rows[0]?.[1].seconds ?? 1;
console.log(`Training on ${path.basename(file)}; seconds without reading the file, peak memory with it.\n`);
console.log(
  markdownTable(
    ['work', 'seconds', 'against the bare loop', 'peak memory, MB', ''],
    rows.map(([title, one]) => [title, one.seconds.toFixed(2), ratio(one.seconds, bare), String(Math.round(one.peakMegabytes)), one.note]),
  ),
);
