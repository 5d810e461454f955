import { Prisma } from '#app/generated/prisma/client.ts';

/** A piece of a statement with its parameters. Conditions write them, the stores run them. */
export type Sql = Prisma.Sql;

/** What stands in `${}` becomes a parameter, or is a piece itself: no text from outside enters a statement. */
export const sql = Prisma.sql;

export const nothing: Sql = Prisma.empty;

/** Pieces joined by AND or OR in parentheses. */
export const joined = (pieces: readonly Sql[], by: 'AND' | 'OR'): Sql => sql`(${Prisma.join(pieces, ` ${by} `)})`;

/** Pieces as a list. */
export const listed = (pieces: readonly Sql[]): Sql => Prisma.join(pieces);

/** Pieces one after the other. */
export const together = (pieces: readonly Sql[]): Sql => (pieces.length === 0 ? nothing : Prisma.join(pieces, '\n'));

/** Something that cannot be a parameter, such as the alias of a relation. Never for what comes from outside. */
export function named(alias: string): Sql {
  if (!/^[a-z]\w*$/.test(alias)) throw new Error('not an alias');
  return Prisma.raw(alias);
}
