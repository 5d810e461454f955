import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Real histories lie beside the project. */
const folder = path.join(import.meta.dirname, '../../../shared/data');

/** The largest order history there is, or the file that was named; null where there is none. */
export function findHistory(named: string | undefined): string | null {
  if (named !== undefined) return named;
  if (!existsSync(folder)) return null;
  const files = readdirSync(folder)
    .filter((name) => /\.csv(\.gz)?$/.test(name))
    .map((name) => path.join(folder, name));
  return files.sort((a, b) => statSync(b).size - statSync(a).size)[0] ?? null;
}

export const noHistory =
  'Not measured: there is no order history in ../shared/data. Name a file: `npm run bench -- NAME FILE.csv`.';
