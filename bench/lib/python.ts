import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const script = path.join(import.meta.dirname, 'python-baselines.py');

/** The first Python on this machine that has NumPy, SciPy and scikit-learn; null where none has. */
export async function findPython(): Promise<string | null> {
  for (const python of ['python3', '/usr/bin/python3']) {
    try {
      await promisify(execFile)(python, [script, 'probe']);
      return python;
    } catch {
      // The next one may have them; the caller says so when none has.
    }
  }
  return null;
}

/** Runs one work of `python-baselines.py`. @returns its JSON */
export async function runPython(python: string, work: string, folder: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(python, [script, work, folder]);
  return JSON.parse(stdout);
}

export const noPython =
  'Not compared with scikit-learn and NumPy: no Python here has them (Debian: `apt-get install python3-sklearn`).';
