import { z } from 'zod';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import { inPattern } from '#app/infra/like.ts';
import { toJsonb } from '#app/infra/jsonb.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import {
  type DayReading,
  readingPoint,
  type ReadingPoint,
  splitTestForm,
  type SplitTest,
  type SplitTestForm,
  type StopReason,
  storedArms,
  type TestState,
} from './model.ts';

type Row = Prisma.SplitTestGetPayload<object>;

/** What was stored was checked on its way in; parsing it again gives it its types back. */
function toSplitTest(row: Row): SplitTest {
  const form = splitTestForm.parse({
    title: row.title,
    subject: { type: row.subjectType, id: row.subjectId },
    arms: storedArms.parse(row.arms),
    trafficBps: row.trafficBps,
    layer: row.layer,
    effectBps: row.effectBps,
  });
  return {
    ...form,
    shopId: toShopId(row.shopId),
    id: row.id,
    currency: row.currency,
    state: row.status as TestState,
    stopReason: row.stopReason as StopReason | null,
    appliedArm: row.appliedArm,
    salt: row.salt,
    bucketFrom: row.bucketFrom,
    bucketTo: row.bucketTo,
    plannedVisitors: row.plannedVisitors,
    productIds: row.productIds,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

const columnsOf = ({ title, subject, arms, trafficBps, layer, effectBps }: SplitTestForm) => ({
  title,
  subjectType: subject.type,
  subjectId: subject.id,
  arms: arms.map((arm) => ({ key: arm.key, share: arm.share, change: { ...arm.change } })),
  trafficBps,
  layer,
  effectBps,
});

export async function insertTest(
  scope: ShopScope,
  id: string,
  form: SplitTestForm,
  { salt, currency, now }: { salt: string; currency: string | null; now: Date },
): Promise<SplitTest> {
  return toSplitTest(
    await scope.tx.splitTest.create({
      data: { ...columnsOf(form), shopId: scope.shopId, id, salt, currency, createdAt: now, updatedAt: now },
    }),
  );
}

/** Replaces a draft; false when it is none any more. */
export async function replaceDraft(
  scope: ShopScope,
  id: string,
  form: SplitTestForm,
  { currency, now }: { currency: string | null; now: Date },
): Promise<boolean> {
  const { count } = await scope.tx.splitTest.updateMany({
    where: { shopId: scope.shopId, id, status: 'draft' },
    data: { ...columnsOf(form), currency, updatedAt: now },
  });
  return count > 0;
}

export async function readSplitTest(scope: ShopScope, id: string): Promise<SplitTest | null> {
  const row = await scope.tx.splitTest.findUnique({ where: { shopId_id: { shopId: scope.shopId, id } } });
  return row && toSplitTest(row);
}

/** Tests in these states, newest first. */
export async function readTestsIn(scope: ShopScope, states: readonly TestState[]): Promise<SplitTest[]> {
  const rows = await scope.tx.splitTest.findMany({
    where: { shopId: scope.shopId, status: { in: [...states] } },
    orderBy: [{ startedAt: 'desc' }, { id: 'asc' }],
  });
  return rows.map(toSplitTest);
}

/** One page of tests whose title holds `search`, last changed first. */
export async function readTestPage(
  scope: ShopScope,
  query: { search: string; state: TestState | 'all'; page: number; pageSize: number },
): Promise<{ items: SplitTest[]; total: number }> {
  const where: Prisma.SplitTestWhereInput = {
    shopId: scope.shopId,
    ...(query.state === 'all' ? {} : { status: query.state }),
    ...(query.search === '' ? {} : { title: { contains: inPattern(query.search), mode: 'insensitive' as const } }),
  };
  const total = await scope.tx.splitTest.count({ where });
  const rows = await scope.tx.splitTest.findMany({
    where,
    orderBy: [{ updatedAt: 'desc' }, { id: 'asc' }],
    skip: (query.page - 1) * query.pageSize,
    take: query.pageSize,
  });
  return { items: rows.map(toSplitTest), total };
}

/** Moves a test on if it is still in the state it is expected in: of two who try only one succeeds. */
export async function moveTest(
  scope: ShopScope,
  id: string,
  from: readonly TestState[],
  change: {
    readonly status: TestState;
    readonly stopReason?: StopReason | null;
    readonly appliedArm?: string | null;
    readonly startedAt?: Date;
    readonly endedAt?: Date;
    readonly bucketFrom?: number;
    readonly bucketTo?: number;
    readonly plannedVisitors?: number;
    readonly productIds?: string[];
    readonly updatedAt: Date;
  },
): Promise<boolean> {
  const { count } = await scope.tx.splitTest.updateMany({
    where: { shopId: scope.shopId, id, status: { in: [...from] } },
    data: change,
  });
  return count > 0;
}

/** Deletes a test that never ran, or one that is over together with its readings and exposures. */
export async function deleteTest(scope: ShopScope, id: string, exposure: string): Promise<boolean> {
  const { count } = await scope.tx.splitTest.deleteMany({
    where: { shopId: scope.shopId, id, status: { not: 'running' } },
  });
  if (count === 0) return false;
  await scope.tx.splitTestReading.deleteMany({ where: { shopId: scope.shopId, testId: id } });
  await scope.tx.exposure.deleteMany({ where: { shopId: scope.shopId, experiment: exposure } });
  return true;
}

/** Tests of these shops that ran at `since` or later. */
export async function readTestsSince(
  scope: SystemScope,
  shopIds: readonly ShopId[],
  since: Date,
): Promise<SplitTest[]> {
  const rows = await scope.tx.splitTest.findMany({
    where: {
      shopId: { in: [...shopIds] },
      startedAt: { not: null },
      OR: [{ endedAt: null }, { endedAt: { gt: since } }],
    },
  });
  return rows.map(toSplitTest);
}

/** Shops in which a test runs. */
export async function readShopsWithTests(scope: SystemScope): Promise<ShopId[]> {
  const rows = await scope.tx.splitTest.findMany({
    where: { status: 'running' },
    select: { shopId: true },
    distinct: ['shopId'],
    orderBy: { shopId: 'asc' },
  });
  return rows.map((row) => toShopId(row.shopId));
}

/** Keeps what a test showed on the shop's current day; the last reading of a day stays. */
export async function saveReading(
  scope: ShopScope,
  testId: string,
  points: readonly ReadingPoint[],
  now: Date,
): Promise<void> {
  await scope.tx.$executeRaw`
    INSERT INTO split_test_reading (shop_id, test_id, day, points, read_at)
    SELECT id, ${testId}::uuid, (${now}::timestamptz AT TIME ZONE time_zone)::date, ${toJsonb(points)}::jsonb, ${now}
    FROM shop WHERE id = ${scope.shopId}::uuid
    ON CONFLICT (shop_id, test_id, day) DO UPDATE SET points = EXCLUDED.points, read_at = EXCLUDED.read_at
    WHERE split_test_reading.read_at <= EXCLUDED.read_at`;
}

/** What a test showed each day, oldest first. */
export async function readReadings(scope: ShopScope, testId: string): Promise<DayReading[]> {
  const rows = await scope.tx.$queryRaw<{ day: string; points: unknown }[]>`
    SELECT to_char(day, 'YYYY-MM-DD') AS day, points FROM split_test_reading
    WHERE shop_id = ${scope.shopId}::uuid AND test_id = ${testId}::uuid ORDER BY day`;
  return rows.map(({ day, points }) => ({ day, points: z.array(readingPoint).parse(points) }));
}
