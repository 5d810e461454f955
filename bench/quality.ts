import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { askingSurfaces } from '#app/domains/recommendations/index.ts';
import { cutFirstOrders, ndcgOf, plainAnswers } from './lib/first-orders.ts';
import { markdownTable } from './lib/table.ts';

const data = path.join(import.meta.dirname, '../../shared/data');
const root = path.join(import.meta.dirname, '..');
const run = promisify(execFile);

/** By set, surface and model: NDCG@10; a set's part is named after it, as in the protocol's README. */
const baselinesSchema = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.number())));
const parts = [
  { title: 'whole', share: '1', suffix: '' },
  { title: 'first 20 % of the days', share: '0.2', suffix: ', first 20 % of the days' },
] as const;
/** What the answers must reach of the best baseline. */
const goal = 1.05;
/** Orders from which suggestions are to be of use, and how many of the next ones are asked. */
const first = 50;
const asked = 1000;

/** What `npm run recommend` answers, best first, by basket. */
async function recommend(orders: string, baskets: string, surface: string, out: string): Promise<void> {
  await run(process.execPath, [
    path.join(root, 'scripts/recommend.ts'),
    ...['--orders', orders, '--for', baskets, '--surface', surface, '--top', '10', '--out', out],
  ]);
}

/** A row about the cart of a shop that knows its first orders only, against what it could show without an engine. */
async function afterFirstOrders(folder: string): Promise<string[]> {
  const file = (what: string) => path.join(folder, `first-${what}.csv`);
  const { baskets, completions } = await cutFirstOrders(path.join(folder, 'train.csv'), file('train'), first, asked);
  const lines = completions.flatMap(({ id, at, context }) => context.map((product) => `${id},,${product},${at}`));
  await writeFile(file('cart'), `${['basket_id,customer_id,product_id,at', ...lines].join('\n')}\n`);
  await recommend(file('train'), file('cart'), 'cart', file('answers'));
  const answers = new Map<string, string[]>();
  for (const line of (await readFile(file('answers'), 'utf8')).trim().split('\n').slice(1)) {
    const [id = '', , product = ''] = line.split(',');
    answers.set(id, [...(answers.get(id) ?? []), product]);
  }
  const ndcg = ndcgOf(completions, ({ id }) => answers.get(id) ?? []);
  const plain = Object.entries(plainAnswers(baskets)).map(([name, answer]) => ({
    name,
    ndcg: ndcgOf(completions, answer),
  }));
  const best = plain.reduce((a, b) => (b.ndcg > a.ndcg ? b : a));
  const against = plain.map((one) => `${one.name} ${one.ndcg.toFixed(4)}`).join(', ');
  const title = `first ${String(first)} orders, the next ${String(completions.length)} asked`;
  return [title, 'cart', ndcg.toFixed(4), against, (ndcg / best.ndcg).toFixed(3), ''];
}

/** One line of score.py: `NDCG@10 0.2468 Recall@10 0.3801 = 1.081 x EASE (baskets)`. */
function readScore(line: string): { ndcg: string; ratio: string; best: string } {
  const found = /NDCG@10 (?<ndcg>[\d.]+) .*?(?:= (?<ratio>[\d.]+) x (?<best>.*?))?(?: \(unanswered.*)?$/.exec(
    line.trim(),
  );
  return {
    ndcg: found?.groups?.['ndcg'] ?? '?',
    ratio: found?.groups?.['ratio'] ?? '',
    best: found?.groups?.['best'] ?? '',
  };
}

/** score.py ends with 1 for a ratio under its margin; its line is what counts here. */
async function score(folder: string, surface: string, answers: string): Promise<string> {
  try {
    return (await run('python3', [path.join(data, 'score.py'), folder, surface, answers, '0'])).stdout;
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string' && error.stdout !== '')
      return error.stdout;
    throw error;
  }
}

async function main(set: string): Promise<void> {
  const baselines = baselinesSchema.parse(JSON.parse(await readFile(path.join(data, 'baselines.json'), 'utf8')));
  const name = path.basename(set).replace(/\.csv(\.gz)?$/, '');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'trellis-quality-'));
  const rows: string[][] = [];
  try {
    for (const part of parts) {
      await run('python3', [path.join(data, 'split.py'), set, folder, part.share]);
      await writeFile(path.join(folder, 'baselines.json'), JSON.stringify(baselines[name + part.suffix] ?? {}));
      for (const surface of askingSurfaces) {
        const answers = path.join(folder, `${surface}-answers.csv`);
        const file = (what: string) => path.join(folder, `${what}.csv`);
        await recommend(file('train'), file(surface), surface, answers);
        const { ndcg, ratio, best } = readScore(await score(folder, surface, answers));
        rows.push([part.title, surface, ndcg, best, ratio, ratio === '' ? '' : Number(ratio) >= goal ? 'yes' : 'no']);
      }
    }
    rows.push(await afterFirstOrders(folder));
  } finally {
    await rm(folder, { recursive: true });
  }
  console.log(
    markdownTable([path.basename(set), 'surface', 'NDCG@10', 'best baseline', 'ratio', `at least ${goal}`], rows),
  );
}

async function missing(): Promise<string | null> {
  if (!['split.py', 'score.py', 'baselines.json'].every((name) => existsSync(path.join(data, name))))
    return 'Not measured: the protocol (split.py, score.py, baselines.json) is not in ../shared/data.';
  try {
    await run('python3', ['--version']);
    return null;
  } catch {
    return 'Not measured: the protocol needs python3, which is not on this machine.';
  }
}

const reason = await missing();
const set = process.argv[2] ?? path.join(data, 'online-retail-2010.csv.gz');
if (reason !== null) console.log(reason);
else if (!existsSync(set)) console.log(`Not measured: there is no file ${set}.`);
else await main(set);
