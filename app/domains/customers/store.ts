import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { hashEmail } from '#app/infra/email-hash.ts';
import { toJsonb } from '#app/infra/jsonb.ts';
import type { Secrets } from '#app/infra/secrets.ts';
import type { PlatformCustomer } from '#app/platforms/platform.ts';

/** Writes a batch of customers in one statement; an older version never replaces a newer one. Returns the ids written. */
export async function upsertCustomers(
  scope: ShopScope,
  secrets: Secrets,
  customers: readonly PlatformCustomer[],
): Promise<string[]> {
  const newest = new Map<string, PlatformCustomer>();
  for (const customer of customers) {
    const known = newest.get(customer.id);
    if (!known || known.updatedAt <= customer.updatedAt) newest.set(customer.id, customer);
  }
  const rows = [...newest.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ email, ...customer }) => ({ ...customer, emailHash: hashEmail(secrets, email) }));
  if (rows.length === 0) return [];
  const written = await scope.tx.$queryRaw<{ id: string }[]>`
    INSERT INTO customer (shop_id, id, email_hash, locale, tags, platform_created_at, platform_updated_at)
    SELECT ${scope.shopId}::uuid, id, "emailHash", locale, tags, "createdAt", "updatedAt"
    FROM jsonb_to_recordset(${toJsonb(rows)}::jsonb) AS c(
      id text, "emailHash" text, locale text, tags text[], "createdAt" timestamptz, "updatedAt" timestamptz)
    ON CONFLICT (shop_id, id) DO UPDATE SET
      email_hash = excluded.email_hash, locale = excluded.locale, tags = excluded.tags,
      platform_created_at = excluded.platform_created_at, platform_updated_at = excluded.platform_updated_at, deleted_at = NULL
    WHERE excluded.platform_updated_at >= customer.platform_updated_at
    RETURNING id`;
  return written.map((row) => row.id);
}

/** What is kept of a customer, found by id or by the hash of the address. */
export async function findCustomers(scope: ShopScope, id: string | null, emailHash: string | null) {
  const OR = [...(id === null ? [] : [{ id }]), ...(emailHash === null ? [] : [{ emailHash }])];
  return OR.length === 0
    ? []
    : scope.tx.customer.findMany({
        where: { shopId: scope.shopId, OR },
        omit: { shopId: true },
        orderBy: { id: 'asc' },
      });
}

/** Removes a customer for good, found by id or by the hash of the address. Returns the ids removed. */
export async function eraseCustomer(scope: ShopScope, id: string | null, emailHash: string | null): Promise<string[]> {
  const where = {
    shopId: scope.shopId,
    OR: [...(id === null ? [] : [{ id }]), ...(emailHash === null ? [] : [{ emailHash }])],
  };
  if (where.OR.length === 0) return [];
  const found = await scope.tx.customer.findMany({ where, select: { id: true } });
  await scope.tx.customer.deleteMany({ where });
  return found.map((row) => row.id);
}

export async function countCustomers(scope: ShopScope): Promise<number> {
  return scope.tx.customer.count({ where: { shopId: scope.shopId, deletedAt: null } });
}

/** Ids of customers, `limit` at most, following `after` ('' at the start) in the order of the text. */
export async function readCustomerIdsAfter(scope: ShopScope, after: string, limit: number): Promise<string[]> {
  const rows = await scope.tx.customer.findMany({
    where: { shopId: scope.shopId, id: { gt: after } },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map((row) => row.id);
}

/** Those of the customers whom we hold in an older version; they are locked, so that an erasure waits, or is waited for. */
export async function changedCustomers(
  scope: ShopScope,
  customers: readonly PlatformCustomer[],
): Promise<PlatformCustomer[]> {
  const rows = await scope.tx.customer.findMany({
    where: { shopId: scope.shopId, id: { in: customers.map(({ id }) => id) } },
    select: { id: true, platformUpdatedAt: true },
  });
  const held = new Map(rows.map(({ id, platformUpdatedAt }) => [id, platformUpdatedAt]));
  const changed = customers.filter(({ id, updatedAt }) => {
    const known = held.get(id);
    return known !== undefined && known < updatedAt;
  });
  if (changed.length === 0) return [];
  const stay = await scope.tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM customer WHERE shop_id = ${scope.shopId}::uuid AND id = ANY(${changed.map(({ id }) => id)}::text[])
    ORDER BY id FOR UPDATE`;
  const locked = new Set(stay.map(({ id }) => id));
  return changed.filter(({ id }) => locked.has(id));
}

/**
 * Which of these customers the store has, by id and by the hash of the address.
 * @param asked.held nobody of them is erased before the transaction ends
 */
export async function findCustomerIds(
  scope: ShopScope,
  {
    ids,
    hashes,
    held = false,
  }: { readonly ids: readonly string[]; readonly hashes: readonly string[]; readonly held?: boolean },
): Promise<{
  readonly ids: ReadonlySet<string>;
  readonly byHash: ReadonlyMap<string, string>;
  /** what the store says of each customer's address; null = nothing */
  readonly hashes: ReadonlyMap<string, string | null>;
}> {
  // PostgreSQL stores no NUL, so nobody is called that.
  const storable = ids.filter((id) => !id.includes('\0'));
  const rows = await scope.tx.$queryRaw<{ id: string; emailHash: string | null }[]>`
    SELECT id, email_hash AS "emailHash" FROM customer
    WHERE shop_id = ${scope.shopId}::uuid AND deleted_at IS NULL
      AND (id = ANY(${storable}::text[]) OR email_hash = ANY(${[...hashes]}::text[]))
    ORDER BY id DESC ${held ? Prisma.sql`FOR KEY SHARE` : Prisma.empty}`;
  const byHash = rows.flatMap(({ id, emailHash }) => (emailHash === null ? [] : [[emailHash, id] as const]));
  const hashOf = new Map(rows.map(({ id, emailHash }) => [id, emailHash]));
  return { ids: new Set(hashOf.keys()), byHash: new Map(byHash), hashes: hashOf };
}

/** Whether the store has a customer, who is then not erased before the transaction ends. */
export async function holdCustomer({ tx, shopId }: ShopScope, id: string): Promise<boolean> {
  // PostgreSQL stores no NUL, so nobody is called that.
  if (id.includes('\0')) return false;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM customer WHERE shop_id = ${shopId}::uuid AND id = ${id} AND deleted_at IS NULL FOR KEY SHARE`;
  return rows.length > 0;
}
