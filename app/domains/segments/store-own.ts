import type { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { type Group, groups } from './model.ts';
import { segmentRule } from './language.ts';
import {
  mostSegments,
  type OwnSegment,
  type SegmentDraft,
  type SegmentProblem,
  type SegmentRef,
} from './own-segment.ts';

/** Segments of the merchant that are not archived, by name. */
export async function readOwnSegments(scope: ShopScope): Promise<OwnSegment[]> {
  const rows = await scope.tx.segment.findMany({
    where: { shopId: scope.shopId, archivedAt: null },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toSegment);
}

/** An archived one included; null = there is none. */
export async function findOwnSegment(scope: ShopScope, id: string): Promise<OwnSegment | null> {
  const row = await scope.tx.segment.findUnique({ where: { shopId_id: { shopId: scope.shopId, id } } });
  return row && toSegment(row);
}

function toSegment(row: Prisma.SegmentGetPayload<object>): OwnSegment {
  const { id, name, revision, filledRevision, filledAt, problem, updatedAt, archivedAt } = row;
  const definition = segmentRule.safeParse(row.definition);
  return {
    id,
    name,
    definition: definition.success ? definition.data : null,
    revision,
    filled: filledRevision === revision,
    filledAt,
    problem: problem as SegmentProblem | null,
    updatedAt,
    archived: archivedAt !== null,
  };
}

export type Created = { readonly code: 'created' } | { readonly code: 'too-many' };

/** Makes a segment that nobody has been compared with yet; making it again under one id changes nothing. */
export async function createSegment(scope: ShopScope, id: string, draft: SegmentDraft, now: Date): Promise<Created> {
  const { shopId, tx } = scope;
  if ((await tx.segment.count({ where: { shopId, archivedAt: null } })) >= mostSegments) return { code: 'too-many' };
  const { name, definition } = draft;
  const data = { shopId, id, name, definition: definition as unknown as Prisma.InputJsonValue };
  await tx.segment.createMany({ data: { ...data, createdAt: now, updatedAt: now }, skipDuplicates: true });
  return { code: 'created' };
}

/**
 * Where only the name changed, its members stay those of its conditions.
 * @param revision that the merchant saw
 */
export async function changeSegment(
  scope: ShopScope,
  id: string,
  draft: SegmentDraft,
  revision: number,
  now: Date,
): Promise<{ readonly code: 'saved' | 'changed-meanwhile' }> {
  const saved = await scope.tx.$executeRaw`
    UPDATE segment SET name = ${draft.name}, updated_at = ${now}, revision = revision + 1,
      filled_revision = CASE WHEN filled_revision = revision AND definition = ${draft.definition}::jsonb
        THEN revision + 1 ELSE filled_revision END,
      problem = CASE WHEN definition = ${draft.definition}::jsonb THEN problem END,
      definition = ${draft.definition}::jsonb
    WHERE shop_id = ${scope.shopId}::uuid AND id = ${id}::uuid AND revision = ${revision}`;
  return { code: saved > 0 ? 'saved' : 'changed-meanwhile' };
}

/** Takes a segment out of use, or brings it back, to be filled anew. */
export async function archiveSegment(scope: ShopScope, id: string, archived: boolean, now: Date): Promise<void> {
  await scope.tx.segment.updateMany({
    where: { shopId: scope.shopId, id, archivedAt: archived ? null : { not: null } },
    data: { archivedAt: archived ? now : null, filledRevision: 0 },
  });
}

/** Deletes segments that were archived before then. */
export async function deleteArchivedSegments(scope: ShopScope, before: Date): Promise<void> {
  const { shopId, tx } = scope;
  const old = await tx.segment.findMany({ where: { shopId, archivedAt: { lt: before } }, select: { id: true } });
  const ids = old.map(({ id }) => id);
  if (ids.length === 0) return;
  await tx.segmentMember.deleteMany({ where: { shopId, segmentId: { in: ids } } });
  await tx.segment.deleteMany({ where: { shopId, id: { in: ids } } });
}

/** How many customers are in each segment of the merchant. */
export async function countOwnMembers(scope: ShopScope): Promise<ReadonlyMap<string, number>> {
  const rows = await scope.tx.segmentMember.groupBy({
    by: ['segmentId'],
    where: { shopId: scope.shopId },
    _count: { _all: true },
  });
  return new Map(rows.map(({ segmentId, _count }) => [segmentId, _count._all]));
}

/** Something to choose customers by. */
export interface SegmentChoice {
  readonly ref: SegmentRef;
  /** null = a named group, whose name pages know */
  readonly name: string | null;
  readonly customers: number;
}

/** All segments that a rule can name, with how many are in each now: the named groups first, then the merchant's by name. */
export async function readSegmentChoices(scope: ShopScope): Promise<SegmentChoice[]> {
  const [scores, own, members] = [
    await scope.tx.customerScore.groupBy({
      by: ['group'],
      where: { shopId: scope.shopId },
      _count: { _all: true },
    }),
    await readOwnSegments(scope),
    await countOwnMembers(scope),
  ];
  const scored = new Map(scores.map(({ group, _count }) => [group, _count._all]));
  return [
    ...groups.map((group: Group) => ({ ref: group, name: null, customers: scored.get(group) ?? 0 })),
    ...own.map(({ id, name }) => ({ ref: id, name, customers: members.get(id) ?? 0 })),
  ];
}
