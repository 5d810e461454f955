import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { findHistory, noHistory } from './lib/history-file.ts';
import { findPython, noPython, runPython } from './lib/python.ts';
import { markdownTable } from './lib/table.ts';

const measured = z.object({
  seconds: z.number(),
  processorSeconds: z.number(),
  peakMegabytes: z.number(),
  note: z.string(),
});
type Measured = z.infer<typeof measured>;
const rounds = 7;

/**
 * Each work runs in a process of its own, so that its peak memory is its own. Compiled modules are kept between them,
 * as Python keeps its own.
 */
async function measure(work: string, file: string, folder: string): Promise<Measured> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      // As small a nursery as the training thread of a worker process has.
      '--max-semi-space-size=4',
      path.join(import.meta.dirname, 'lib/training-work.ts'),
      ...[work, file, folder],
    ],
    { env: { ...process.env, NODE_COMPILE_CACHE: path.join(folder, 'compiled') } },
  );
  return measured.parse(JSON.parse(stdout));
}

const works = {
  pairs: 'bare loop: enumerates all co-purchased pairs',
  neighbours: 'similarity sources (cosine, lift), all cores',
  'cosine-baskets': 'scikit-learn: `cosine_similarity` of items over baskets',
  'cosine-customers': 'scikit-learn: `cosine_similarity` of items over customers',
  train: 'full training: neighbours, linear model, blend',
  ease: 'NumPy: dense EASE on customers (Gram, inverse, weights)',
} as const;
type WorkName = keyof typeof works;
const inPython: readonly WorkName[] = ['cosine-baskets', 'cosine-customers', 'ease'];

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

async function main(file: string): Promise<void> {
  const python = await findPython();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'trellis-training-'));
  const found = new Map<WorkName, Measured[]>();
  try {
    await measure('export', file, folder);
    const names = (Object.keys(works) as WorkName[]).filter((name) => python !== null || !inPython.includes(name));
    // In turn, there and back, so that other programs on the machine disturb all of them alike.
    for (let round = 0; round < rounds; round += 1)
      for (const name of round % 2 === 0 ? names : [...names].reverse()) {
        const one =
          python !== null && inPython.includes(name)
            ? measured.parse(await runPython(python, name, folder))
            : await measure(name, file, folder);
        found.set(name, [...(found.get(name) ?? []), one]);
      }
  } finally {
    await rm(folder, { recursive: true });
  }
  const seconds = (name: WorkName) => median((found.get(name) ?? []).map((one) => one.seconds));
  const processor = (name: WorkName) => median((found.get(name) ?? []).map((one) => one.processorSeconds));
  const megabytes = (name: WorkName) => median((found.get(name) ?? []).map((one) => one.peakMegabytes));
  console.log(
    markdownTable(
      [path.basename(file), 'seconds', 'against the bare loop', 'processor time, s', 'peak memory, MB', ''],
      [...found].map(([name, all]) => [
        works[name],
        seconds(name).toFixed(2),
        (seconds(name) / seconds('pairs')).toFixed(2),
        processor(name).toFixed(2),
        String(Math.round(megabytes(name))),
        all.at(-1)?.note ?? '',
      ]),
    ),
  );
  const times = (of: WorkName, than: WorkName) => (seconds(of) / seconds(than)).toFixed(1);
  console.log(
    python === null
      ? `\n${noPython}`
      : `\nMedians of ${rounds} rounds in turn. The similarity sources are ${times('cosine-baskets', 'neighbours')} times (baskets) and ${times('cosine-customers', 'neighbours')} times (customers) as fast as scikit-learn. Full training takes ${(seconds('train') / seconds('ease')).toFixed(2)} of the time and ${(megabytes('train') / megabytes('ease')).toFixed(2)} of the peak memory of dense EASE in NumPy.`,
  );
}

const file = findHistory(process.argv[2]);
if (file === null) console.log(noHistory);
else await main(file);
