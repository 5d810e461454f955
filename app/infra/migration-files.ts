import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** The first line of a migration whose indexes are built while others write to their tables. */
export const besideTraffic = '-- trellis: beside the traffic';

/** What a migration beside the traffic may do; each can be begun anew after it was cut short. */
export type IndexStatement =
  | { readonly kind: 'build'; readonly index: string; readonly table: string; readonly sql: string }
  | { readonly kind: 'drop'; readonly index: string; readonly sql: string };

export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** as Prisma's CLI reckons it */
  readonly checksum: string;
  /** null: the whole file is one transaction */
  readonly beside: readonly IndexStatement[] | null;
}

/** A file that cannot be applied as it is written. */
export class MigrationUnreadable extends Error {}

/** All migrations of a folder in their order. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names
      .sort()
      .map(async (name) => toMigration(name, await readFile(path.join(folder, name, 'migration.sql'), 'utf8'))),
  );
}

/** @throws MigrationUnreadable */
export function toMigration(name: string, sql: string): Migration {
  const checksum = createHash('sha256').update(sql).digest('hex');
  return { name, sql, checksum, beside: sql.startsWith(besideTraffic) ? readIndexStatements(name, sql) : null };
}

const build = /^CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\s+"?(\w+)"?\s+ON\s+"?(\w+)"?/i;
const drop = /^DROP\s+INDEX\s+CONCURRENTLY\s+(?:IF\s+EXISTS\s+)?"?(\w+)"?$/i;

function readIndexStatements(name: string, sql: string): IndexStatement[] {
  return statementsOf(sql).map((statement): IndexStatement => {
    const [, index, table] = build.exec(statement) ?? [];
    if (index !== undefined && table !== undefined) return { kind: 'build', index, table, sql: statement };
    const [, dropped] = drop.exec(statement) ?? [];
    if (dropped !== undefined) return { kind: 'drop', index: dropped, sql: statement };
    throw new MigrationUnreadable(
      `Migration ${name} runs beside the traffic, in no transaction: it may hold CREATE INDEX CONCURRENTLY with a name, and DROP INDEX CONCURRENTLY, but not “${statement.slice(0, 60)}”. Put that into a migration of its own.`,
    );
  });
}

/** Statements without comments; each ends with a semicolon at the end of a line. */
function statementsOf(sql: string): string[] {
  return sql
    .replace(/^\s*--.*$/gm, '')
    .split(/;[ \t]*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

const createIndex = /^CREATE\s+(?:UNIQUE\s+)?INDEX\s+(CONCURRENTLY\s+)?"?\w+"?\s+ON\s+"?(\w+)"?/i;
const createTable = /^CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?"?(\w+)"?/i;

/**
 * Tables that are there before a migration and get an index in it while nobody can write to them. From the first line of a
 * migration beside the traffic on there are none.
 */
export function tablesHeldForIndexes({ sql, beside }: Migration): string[] {
  if (beside) return [];
  const statements = statementsOf(sql);
  const made = new Set(statements.flatMap((statement) => createTable.exec(statement)?.[1] ?? []));
  const indexed = statements.flatMap((statement) => createIndex.exec(statement)?.[2] ?? []);
  return [...new Set(indexed)].filter((table) => !made.has(table));
}

/**
 * Divides a planned migration: what it does in a transaction, and the indexes of tables that are there already, which are
 * built after it beside the traffic; null where there is nothing of a part.
 */
export function divideIndexes(sql: string): { readonly transaction: string | null; readonly beside: string | null } {
  const held = new Set(tablesHeldForIndexes(toMigration('planned', sql)));
  const isBeside = (statement: string) => held.has(createIndex.exec(statement)?.[2] ?? '');
  // Prisma writes a comment above each statement.
  const blocks = sql.trim().split(/\n{2,}(?=-- )/);
  const bare = (block: string) => statementsOf(`${block}\n`)[0] ?? '';
  const own = blocks.filter((block) => !isBeside(bare(block)));
  const indexes = blocks.filter((block) => isBeside(bare(block)));
  const besides = indexes.map((block) => block.replace(/^(CREATE\s+(?:UNIQUE\s+)?INDEX)\s/im, '$1 CONCURRENTLY '));
  return {
    transaction: own.length === 0 ? null : `${own.join('\n\n')}\n`,
    beside: besides.length === 0 ? null : `${besideTraffic}\n${besides.join('\n\n')}\n`,
  };
}
