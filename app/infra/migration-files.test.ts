import { describe, expect, it } from 'vitest';
import {
  besideTraffic,
  divideIndexes,
  MigrationUnreadable,
  tablesHeldForIndexes,
  toMigration,
} from './migration-files.ts';

const beside = (sql: string) => toMigration('one', `${besideTraffic}\n${sql}`).beside;

describe('a migration beside the traffic', () => {
  it('is a list of indexes', () => {
    const sql = `-- why; it is so
CREATE INDEX CONCURRENTLY "order_a_idx" ON "order"("shop_id", "a")
  WHERE "state" IN ('a;b', 'c');

create unique index concurrently order_b_idx on "order"("b");
DROP INDEX CONCURRENTLY IF EXISTS "old_idx";
`;
    expect(beside(sql)).toMatchObject([
      { kind: 'build', index: 'order_a_idx', table: 'order' },
      { kind: 'build', index: 'order_b_idx', table: 'order' },
      { kind: 'drop', index: 'old_idx' },
    ]);
    expect(beside(sql)?.[0]?.sql).toMatch(/^CREATE INDEX CONCURRENTLY[^]*'a;b', 'c'\)$/);
  });

  it.each([
    ['a lock for as long as it takes', 'CREATE INDEX "a" ON "order"("a");'],
    ['an index that nobody could find again', 'CREATE INDEX CONCURRENTLY ON "order"("a");'],
    ['what cannot go on where it was cut short', 'UPDATE "order" SET a = 1;'],
    ['a table', 'CREATE TABLE "a" ("b" int);'],
  ])('refuses %s', (_what, sql) => {
    expect(() => beside(sql)).toThrow(MigrationUnreadable);
  });

  it('is one by its first line alone', () => {
    expect(toMigration('one', `SELECT 1;\n${besideTraffic}\n`).beside).toBeNull();
  });
});

it('reckons the checksum that Prisma does', () => {
  expect(toMigration('one', 'SELECT 1;\n').checksum).toBe(
    'b4e0497804e46e0a0b0b8c31975b062152d551bac49c3c2e80932567b4085dcd',
  );
});

const planned = `-- AlterTable
ALTER TABLE "order" ADD COLUMN     "seen_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "mark" (
    "id" UUID NOT NULL,

    CONSTRAINT "mark_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "mark_at_idx" ON "mark"("at");

-- CreateIndex
CREATE UNIQUE INDEX "order_seen_at_idx" ON "order"("seen_at");

-- CreateIndex
CREATE INDEX "customer_a_idx" ON "customer"("a");
`;

describe('a planned migration', () => {
  it('names the tables that are held while their indexes are built', () => {
    expect(tablesHeldForIndexes(toMigration('one', planned))).toEqual(['order', 'customer']);
    expect(tablesHeldForIndexes(toMigration('one', divideIndexes(planned).transaction ?? ''))).toEqual([]);
    expect(tablesHeldForIndexes(toMigration('one', divideIndexes(planned).beside ?? ''))).toEqual([]);
  });

  it('is divided: indexes of new tables stay with them, the others are built after it, beside the traffic', () => {
    const { transaction, beside: indexes } = divideIndexes(planned);
    expect(transaction).toContain('CREATE INDEX "mark_at_idx"');
    expect(transaction).toContain('CONSTRAINT "mark_pkey" PRIMARY KEY ("id")\n);');
    expect(transaction).not.toContain('seen_at_idx');
    expect(indexes).toBe(`${besideTraffic}
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "order_seen_at_idx" ON "order"("seen_at");

-- CreateIndex
CREATE INDEX CONCURRENTLY "customer_a_idx" ON "customer"("a");
`);
  });

  it('is not divided where there is nothing to divide', () => {
    const [first, , only] = planned.split(/\n\n(?=-- )/);
    expect(divideIndexes(`${first ?? ''}\n`)).toEqual({ transaction: `${first ?? ''}\n`, beside: null });
    expect(only).toContain('mark_at_idx');
    expect(divideIndexes(`${only ?? ''}\n`).transaction).toBeNull();
  });
});
