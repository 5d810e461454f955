/**
 * Typed text as LIKE, ILIKE and Prisma's `contains` and `startsWith` find it letter by letter: what stands for any letter
 * in them stands for itself, and NUL, which PostgreSQL's text cannot hold, is left out.
 */
export const inPattern = (typed: string): string => typed.replaceAll('\0', '').replaceAll(/[\\%_]/g, String.raw`\$&`);
