import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** One change of one record; `record: null` deletes it. */
export interface JournalEntry {
  readonly table: string;
  readonly id: string;
  readonly record: object | null;
}

/** An append-only file, one line of JSON (an array of entries, applied together) for each committed change. */
export interface Journal {
  append(entries: readonly JournalEntry[]): void;
  close(): void;
}

const compactAboveLines = 20_000;

/**
 * Opens a journal and replays it into `apply`. A last line that a kill tore is cut off: its change never
 * happened. A journal that has grown long is rewritten with the last version of each record; the new file
 * takes the old one's place by a rename, so that a kill leaves one or the other.
 * @throws when a line in the middle is not readable (the file was edited by hand)
 */
export function openJournal(path: string, apply: (entry: JournalEntry) => void): Journal {
  mkdirSync(dirname(path), { recursive: true });
  const lines = existsSync(path) ? replay(path, apply) : { count: 0, latest: new Map<string, JournalEntry>() };
  if (lines.count > compactAboveLines) compact(path, lines.latest);
  const file = openSync(path, 'a');
  return {
    append: (entries) => {
      writeAll(file, Buffer.from(`${JSON.stringify(entries)}\n`));
    },
    close: () => {
      closeSync(file);
    },
  };
}

function replay(
  path: string,
  apply: (entry: JournalEntry) => void,
): { count: number; latest: Map<string, JournalEntry> } {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(10) + 1;
  const latest = new Map<string, JournalEntry>();
  let count = 0;
  for (let from = 0; from < end;) {
    const to = bytes.indexOf(10, from);
    const entries = parseLine(bytes.toString('utf8', from, to), path, count + 1);
    for (const entry of entries) {
      const key = `${entry.table}/${entry.id}`;
      latest.delete(key);
      latest.set(key, entry);
      apply(entry);
    }
    count += 1;
    from = to + 1;
  }
  if (end < bytes.length) {
    const file = openSync(path, 'r+');
    ftruncateSync(file, end);
    closeSync(file);
  }
  return { count, latest };
}

function parseLine(line: string, path: string, number: number): JournalEntry[] {
  try {
    return JSON.parse(line) as JournalEntry[];
  } catch (cause) {
    throw new Error(`${path}, line ${number.toString()} is damaged; start with --reset to begin again`, { cause });
  }
}

function compact(path: string, latest: ReadonlyMap<string, JournalEntry>): void {
  const temporary = `${path}.new`;
  const file = openSync(temporary, 'w');
  for (const entry of latest.values()) writeAll(file, Buffer.from(`${JSON.stringify([entry])}\n`));
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, path);
}

function writeAll(file: number, bytes: Buffer): void {
  for (let from = 0; from < bytes.length;) from += writeSync(file, bytes, from);
}
