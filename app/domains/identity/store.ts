import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { IdentityKey, KeyKind, Related, Subject, SubjectKeys } from './model.ts';

/** What more people than this share is a parcel shop, a till or a test: it says nothing about any of them. */
const mostSharers = 12;
/** Keys of one subject beyond which it is no person. */
const mostKeys = 200;

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

/** Everybody who shares a key with the subject that few enough people have. */
export async function readRelated(scope: ShopScope, subject: Subject): Promise<Related[]> {
  const rows = await scope.tx.$queryRaw<{ subject: Subject; shared: KeyKind[] }[]>`
    SELECT other.subject, array_agg(DISTINCT own.kind) AS shared
    FROM (SELECT kind, hash FROM identity_key WHERE shop_id = ${scope.shopId}::uuid AND subject = ${subject}
      LIMIT ${mostKeys}) own
    CROSS JOIN LATERAL (
      SELECT k.subject, count(*) OVER () AS sharers FROM identity_key k
      WHERE k.shop_id = ${scope.shopId}::uuid AND k.kind = own.kind AND k.hash = own.hash LIMIT ${mostSharers + 1}) other
    WHERE other.subject <> ${subject} AND (other.sharers <= ${mostSharers} OR own.kind = 'email')
    GROUP BY other.subject ORDER BY other.subject`;
  // Names meet by chance and lead to nobody by themselves.
  return rows.filter(({ shared }) => shared.some((kind) => kind !== 'name'));
}

/** Which keys two persons share. */
export async function readShared(scope: ShopScope, one: Subject, other: Subject): Promise<KeyKind[]> {
  const rows = await scope.tx.$queryRaw<{ kind: KeyKind }[]>`
    SELECT DISTINCT a.kind FROM identity_key a
    JOIN identity_key b ON b.shop_id = a.shop_id AND b.kind = a.kind AND b.hash = a.hash AND b.subject = ${other}
    WHERE a.shop_id = ${scope.shopId}::uuid AND a.subject = ${one}
      AND (SELECT count(*) FROM (SELECT 1 FROM identity_key k WHERE k.shop_id = a.shop_id AND k.kind = a.kind
        AND k.hash = a.hash LIMIT ${mostSharers + 1}) few) <= ${mostSharers}`;
  return rows.map(({ kind }) => kind);
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
