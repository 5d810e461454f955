import { Prisma } from '#app/generated/prisma/client.ts';
import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { IdentityKey, KeyKind, Related, Subject, SubjectKeys } from './model.ts';

/** What more people than this share is a parcel shop, a till or a test: it says nothing about any of them, but a mailbox. */
const mostSharers = 12;
/** Subjects with one key that are looked at. */
const mostSubjects = 200;
/** Keys of one subject beyond which it is no person. */
const mostKeys = 200;

/** How many people the subjects `few` are: accounts and guest orders of one mailbox are one, who may order often. */
const people = Prisma.sql`count(DISTINCT coalesce((SELECT min(box.hash) FROM identity_key box
  WHERE box.shop_id = few.shop_id AND box.subject = few.subject AND box.kind = 'email'), few.subject))`;

/** Notes what is said of persons, in one statement; what is known already changes nothing. */
export async function noteKeys(scope: ShopScope, persons: readonly SubjectKeys[]): Promise<void> {
  const rows = persons.flatMap(({ subject, keys }) => keys.map((key) => ({ subject, ...key })));
  if (rows.length === 0) return;
  // In a fixed order, so that two writers do not wait for each other in a circle.
  const id = (row: (typeof rows)[number]) => `${row.kind} ${row.hash} ${row.subject}`;
  rows.sort((a, b) => (id(a) < id(b) ? -1 : 1));
  await scope.tx.$executeRaw`
    INSERT INTO identity_key (shop_id, kind, hash, subject)
    SELECT ${scope.shopId}::uuid, * FROM unnest(
      ${toArrayLiteral(rows.map(({ kind }) => kind))}::text[],
      ${toArrayLiteral(rows.map(({ hash }) => hash))}::text[],
      ${toArrayLiteral(rows.map(({ subject }) => subject))}::text[])
    ON CONFLICT DO NOTHING`;
}

/** By subject, everybody who shares a key with them that few enough people have; one statement. */
export async function readRelated(
  scope: ShopScope,
  subjects: readonly Subject[],
): Promise<ReadonlyMap<Subject, Related[]>> {
  const rows = await scope.tx.$queryRaw<{ of: Subject; subject: Subject; shared: KeyKind[] }[]>`
    SELECT one.subject AS of, other.subject, array_agg(DISTINCT own.kind) AS shared
    FROM unnest(${toArrayLiteral([...new Set(subjects)])}::text[]) AS one(subject)
    CROSS JOIN LATERAL (SELECT kind, hash FROM identity_key k
      WHERE k.shop_id = ${scope.shopId}::uuid AND k.subject = one.subject LIMIT ${mostKeys}) own
    CROSS JOIN LATERAL (SELECT array_agg(few.subject) AS subjects, ${people} AS sharers FROM (
      SELECT k.shop_id, k.subject FROM identity_key k
      WHERE k.shop_id = ${scope.shopId}::uuid AND k.kind = own.kind AND k.hash = own.hash
      ORDER BY k.subject LIMIT ${mostSubjects}) few) found
    CROSS JOIN LATERAL unnest(found.subjects) AS other(subject)
    WHERE other.subject <> one.subject AND (found.sharers <= ${mostSharers} OR own.kind = 'email')
    GROUP BY one.subject, other.subject ORDER BY one.subject, other.subject`;
  // Names meet by chance and lead to nobody by themselves.
  const telling = rows.filter(({ shared }) => shared.some((kind) => kind !== 'name'));
  const related = telling.map(({ of, ...other }) => ({ of, other }));
  const bySubject = Map.groupBy(related, ({ of }) => of);
  return new Map([...bySubject].map(([subject, all]) => [subject, all.map(({ other }) => other)]));
}

/** Which keys two persons share, for each pair in their order; one statement. */
export async function readShared(
  scope: ShopScope,
  pairs: readonly (readonly [Subject, Subject])[],
): Promise<KeyKind[][]> {
  if (pairs.length === 0) return [];
  const rows = await scope.tx.$queryRaw<{ at: number; kind: KeyKind }[]>`
    WITH met AS MATERIALIZED (
      SELECT p.at, a.kind, a.hash
      FROM unnest(${toArrayLiteral(pairs.map(([one]) => one))}::text[],
        ${toArrayLiteral(pairs.map(([, other]) => other))}::text[]) WITH ORDINALITY AS p(one, other, at)
      JOIN identity_key a ON a.shop_id = ${scope.shopId}::uuid AND a.subject = p.one
      JOIN identity_key b ON b.shop_id = a.shop_id AND b.kind = a.kind AND b.hash = a.hash AND b.subject = p.other
    ), telling AS MATERIALIZED (
      SELECT kind, hash FROM (SELECT DISTINCT kind, hash FROM met) one
      WHERE kind = 'email' OR (SELECT ${people} FROM (
        SELECT k.shop_id, k.subject FROM identity_key k
        WHERE k.shop_id = ${scope.shopId}::uuid AND k.kind = one.kind AND k.hash = one.hash
        ORDER BY k.subject LIMIT ${mostSubjects}) few) <= ${mostSharers}
    )
    SELECT DISTINCT met.at::int AS at, kind FROM met JOIN telling USING (kind, hash)`;
  const byPair = Map.groupBy(rows, ({ at }) => at);
  return pairs.map((_, index) => (byPair.get(index + 1) ?? []).map(({ kind }) => kind));
}

/** Of whom something is known that a person can be told by; a name alone is nothing. */
export async function readKnown(scope: ShopScope, subjects: readonly Subject[]): Promise<ReadonlySet<string>> {
  const rows = await scope.tx.identityKey.findMany({
    where: { shopId: scope.shopId, subject: { in: [...subjects] }, kind: { not: 'name' } },
    select: { subject: true },
    distinct: ['subject'],
  });
  return new Set(rows.map(({ subject }) => subject));
}

/** What is kept of these persons: which kinds of keys, not the keys, which say nothing to anybody. */
export async function countKeysOf(
  scope: ShopScope,
  subjects: readonly Subject[],
): Promise<{ kind: KeyKind; keys: number }[]> {
  return scope.tx.$queryRaw<{ kind: KeyKind; keys: number }[]>`
    SELECT kind, count(DISTINCT hash)::int AS keys FROM identity_key
    WHERE shop_id = ${scope.shopId}::uuid AND subject = ANY(${[...subjects]}::text[]) GROUP BY kind ORDER BY kind`;
}

/** Forgets persons: those named, and orders without a customer that had the same mailbox. */
export async function forgetKeysOf(
  scope: ShopScope,
  subjects: readonly Subject[],
  email: IdentityKey | null,
): Promise<void> {
  await scope.tx.$executeRaw`
    DELETE FROM identity_key WHERE shop_id = ${scope.shopId}::uuid AND (subject = ANY(${[...subjects]}::text[])
      OR subject IN (SELECT subject FROM identity_key WHERE shop_id = ${scope.shopId}::uuid AND kind = 'email'
        AND hash = ${email?.hash ?? ''} AND subject LIKE 'o:%'))`;
}
