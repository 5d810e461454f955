import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { findHistory, noHistory } from './lib/history-file.ts';
import { markdownTable, ratio } from './lib/table.ts';

const measured = z.object({ seconds: z.number(), peakMegabytes: z.number(), note: z.string() });

/** Each work runs in a process of its own, so that its peak memory is its own. */
async function measure(work: string, file: string): Promise<z.infer<typeof measured>> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    path.join(import.meta.dirname, 'lib/training-work.ts'),
    work,
    file,
  ]);
  return measured.parse(JSON.parse(stdout));
}

async function main(file: string): Promise<void> {
  const rows: [string, z.infer<typeof measured>][] = [];
  for (const [title, work] of [
    ['bare loop: enumerates all co-purchased pairs', 'pairs'],
    ['similarity sources (cosine, lift)', 'neighbours'],
    ['full training: past, blend, neighbours, linear model', 'train'],
  ] as const) {
    rows.push([title, await measure(work, file)]);
  }
  const bare = rows[0]?.[1].seconds ?? 1;
  console.log(
    markdownTable(
      [path.basename(file), 'seconds', 'against the bare loop', 'peak memory, MB', ''],
      rows.map(([title, one]) => [
        title,
        one.seconds.toFixed(2),
        ratio(one.seconds, bare),
        String(Math.round(one.peakMegabytes)),
        one.note,
      ]),
    ),
  );
}

const file = findHistory(process.argv[2]);
if (file === null) console.log(noHistory);
else await main(file);
