import { z } from 'zod';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope, SystemScope, Tx } from '#app/infra/database.ts';
import type { PlatformKind, PlatformShop } from '#app/platforms/platform.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { taxInPrices } from '#app/shared/tax-in-prices.ts';
import {
  type EnteredSettings,
  moneyFormat,
  type PlatformState,
  platformState,
  type SetupState,
  type Shop,
  type ShopStatus,
  setupState,
  shopSettings,
} from './model.ts';

type Row = NonNullable<Awaited<ReturnType<Tx['shop']['findUnique']>>>;

function toShop(row: Row): Shop {
  const settings = shopSettings.parse(row.settings);
  const known = {
    included: row.taxesIncluded,
    enteredBps: settings.enteredTaxBps,
    learntBps: row.learntTaxBps,
  };
  const tax = { ...known, ...taxInPrices(known), orders: row.learntTaxOrders };
  return {
    id: toShopId(row.id),
    platform: row.platform as PlatformKind,
    domain: row.domain,
    name: row.name,
    currency: row.currency,
    timeZone: row.timeZone,
    moneyFormat: moneyFormat.nullable().parse(row.moneyFormat),
    storefrontUrl: row.storefrontUrl ?? `https://${row.domain}`,
    status: row.status as ShopStatus,
    scopes: row.scopes,
    settings: { ...settings, taxInPricesBps: tax.bps },
    tax,
    platformState: platformState.parse(row.platformState),
    setup: setupState.parse(row.setup),
    installedAt: row.installedAt,
    uninstalledAt: row.uninstalledAt,
  };
}

/** The tenant of the scope. Throws when it is gone. */
export async function readShop(scope: ShopScope): Promise<Shop> {
  return toShop(await scope.tx.shop.findUniqueOrThrow({ where: { id: scope.shopId } }));
}

/** The tenant of the scope, or null after it was erased. */
export async function findShop(scope: ShopScope): Promise<Shop | null> {
  const row = await scope.tx.shop.findUnique({ where: { id: scope.shopId } });
  return row && toShop(row);
}

/** Finds a tenant by the platform's name of it. */
export async function findShopByDomain(
  scope: SystemScope,
  platform: PlatformKind,
  domain: string,
): Promise<Shop | null> {
  const row = await scope.tx.shop.findUnique({ where: { platform_domain: { platform, domain } } });
  return row && toShop(row);
}

/** All shops in one of the given states (and on one of the given platforms), ids only: schedules fan out from here. */
export async function listShopIds(
  scope: SystemScope,
  statuses: readonly ShopStatus[],
  platforms?: readonly PlatformKind[],
): Promise<ShopId[]> {
  const rows = await scope.tx.shop.findMany({
    where: { status: { in: [...statuses] }, ...(platforms ? { platform: { in: [...platforms] } } : {}) },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  return rows.map((row) => toShopId(row.id));
}

/** Makes installations of one store queue up until the transaction ends. */
export async function lockInstallation(scope: SystemScope, domain: string): Promise<void> {
  await scope.tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`install:${domain}`}, 0))::text`;
}

/**
 * Creates the tenant or brings it back. `changed` is true when it was not installed before, so that exactly
 * one of two simultaneous first visits starts the import.
 */
export async function saveInstallation(
  scope: SystemScope,
  values: { id: ShopId; platform: PlatformKind; domain: string; now: Date },
): Promise<{ shopId: ShopId; changed: boolean }> {
  const rows = await scope.tx.$queryRaw<{ id: string }[]>`
    INSERT INTO shop (id, platform, domain, status, installed_at, created_at, updated_at)
    VALUES (${values.id}::uuid, ${values.platform}, ${values.domain}, 'installed', ${values.now}, ${values.now}, ${values.now})
    ON CONFLICT (platform, domain) DO UPDATE
      SET status = 'installed', installed_at = excluded.installed_at, uninstalled_at = NULL, updated_at = excluded.updated_at,
          -- Uninstalling removed the discount, the pixel and our settings from the store.
          platform_state = '{}'
      WHERE shop.status = 'uninstalled'
    RETURNING id::text AS id`;
  const row = rows[0];
  if (row) return { shopId: toShopId(row.id), changed: true };
  const { platform, domain } = values;
  const known = await scope.tx.shop.findUniqueOrThrow({
    where: { platform_domain: { platform, domain } },
    select: { id: true },
  });
  return { shopId: toShopId(known.id), changed: false };
}

/** Writes what the platform says of the store. */
export async function saveProfile(scope: ShopScope, profile: PlatformShop): Promise<void> {
  const { name, currency, timeZone, scopes } = profile;
  // Days are cut in it by the database: a zone newer than its tables would make every number unreadable.
  const [zone] = await scope.tx.$queryRaw<{ known: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM pg_timezone_names WHERE name = ${timeZone}) AS known`;
  await scope.tx.shop.update({
    where: { id: scope.shopId },
    data: {
      name,
      currency,
      scopes: [...scopes],
      moneyFormat: profile.moneyFormat === null ? Prisma.DbNull : { ...profile.moneyFormat },
      storefrontUrl: profile.storefrontUrl,
      taxesIncluded: profile.taxesIncluded,
      ...(zone?.known ? { timeZone } : {}),
    },
  });
  await mergePlatformState(scope, { insideCheckout: profile.insideCheckout });
}

export async function saveScopes(scope: ShopScope, scopes: readonly string[]): Promise<void> {
  await scope.tx.shop.updateMany({ where: { id: scope.shopId }, data: { scopes: [...scopes] } });
}

/** Moves to a state from one of `from`; false when it was in none of them. */
export async function saveStatus(
  scope: ShopScope,
  status: ShopStatus,
  from: readonly ShopStatus[],
  now: Date,
): Promise<boolean> {
  const { count } = await scope.tx.shop.updateMany({
    where: { id: scope.shopId, status: { in: [...from] } },
    data: { status, ...(status === 'uninstalled' ? { uninstalledAt: now } : {}) },
  });
  return count > 0;
}

export async function saveSettings(scope: ShopScope, settings: EnteredSettings): Promise<void> {
  await scope.tx.shop.update({ where: { id: scope.shopId }, data: { settings } });
}

/** Keeps which tax the shop's latest orders bear, and how many say so. */
export async function saveLearntTax(scope: ShopScope, learnt: { bps: number | null; orders: number }): Promise<void> {
  await scope.tx.shop.updateMany({
    where: { id: scope.shopId },
    data: { learntTaxBps: learnt.bps, learntTaxOrders: learnt.orders },
  });
}

/**
 * Merges keys into `platform_state` (digests product by product) in one statement, so that two jobs never lose each
 * other's keys. Throws before it writes what could not be read again: the shop itself could not be read then.
 */
export async function mergePlatformState(scope: ShopScope, change: PlatformState): Promise<void> {
  const checked = platformState.safeParse(change);
  if (!checked.success) throw new Error(`This cannot be kept of a shop: ${z.prettifyError(checked.error)}`);
  const { bundleDigests, ...rest } = change;
  await scope.tx.$executeRaw`
    UPDATE shop SET updated_at = now(), platform_state = platform_state || jsonb_strip_nulls(${JSON.stringify(rest)}::jsonb || jsonb_build_object('bundleDigests',
      nullif(coalesce(platform_state->'bundleDigests', '{}'::jsonb) || ${JSON.stringify(bundleDigests ?? {})}::jsonb, '{}'::jsonb)))
    WHERE id = ${scope.shopId}::uuid`;
}

/** Notes that products of the store can be bought with a plan that repeats. The shop's row is written the first time only. */
export async function noteSellingPlans(scope: ShopScope): Promise<void> {
  await scope.tx.$executeRaw`
    UPDATE shop SET platform_state = platform_state || '{"sellingPlans": true}'::jsonb
    WHERE id = ${scope.shopId}::uuid AND NOT platform_state @> '{"sellingPlans": true}'::jsonb`;
}

/** Our software was not at work when the store was looked at last: what is known of it counts no more. */
export async function forgetIdleCompanion(scope: ShopScope): Promise<void> {
  await scope.tx.$executeRaw`
    UPDATE shop SET platform_state = platform_state - 'companion'
    WHERE id = ${scope.shopId}::uuid AND platform_state->'companion'->>'state' <> 'connected'`;
}

/** Moves one resource's reconciliation mark forward, never back. */
export async function saveReconciledUntil(scope: ShopScope, resource: string, until: Date): Promise<void> {
  await scope.tx.$executeRaw`
    UPDATE shop SET platform_state = jsonb_set(
      platform_state || jsonb_build_object('reconciledUntil', coalesce(platform_state->'reconciledUntil', '{}'::jsonb)),
      ARRAY['reconciledUntil', ${resource}], to_jsonb(${until.toISOString()}::text))
    WHERE id = ${scope.shopId}::uuid
      AND coalesce(platform_state->'reconciledUntil'->>${resource}, '') < ${until.toISOString()}`;
}

export async function saveSetup(scope: ShopScope, setup: SetupState): Promise<void> {
  await scope.tx.shop.update({ where: { id: scope.shopId }, data: { setup } });
}

/**
 * Deletes the tenant with everything that is kept of it, table by table as the catalogue lists them, so that
 * a new table is covered without anybody remembering to.
 */
export async function deleteTenant(scope: ShopScope): Promise<void> {
  // Whoever holds the tenant is waited for; whoever comes later finds none.
  await scope.tx.$queryRaw`SELECT 1 AS held FROM shop WHERE id = ${scope.shopId}::uuid FOR UPDATE`;
  // Before the rest: the ledger lets go of postings only where the tenant itself is gone.
  await scope.tx.shop.deleteMany({ where: { id: scope.shopId } });
  for (const name of await tenantTables(scope)) {
    await scope.tx.$executeRaw`DELETE FROM ${tableName(name)} WHERE shop_id = ${scope.shopId}::uuid`;
  }
}

/**
 * Keeps the tenant from being erased until the transaction ends; false where it is erased already, and whatever is
 * written then would belong to nobody.
 */
export async function holdTenant(scope: ShopScope): Promise<boolean> {
  const rows = await scope.tx.$queryRaw<unknown[]>`
    SELECT 1 AS held FROM shop WHERE id = ${scope.shopId}::uuid FOR KEY SHARE`;
  return rows.length > 0;
}

/**
 * Deletes what an erased tenant has left: rows that a job wrote while or after everything else was deleted. Finds the
 * tenants of a table by steps along its index, which costs a look-up each and not a row each.
 * @returns the tenants that left something
 */
export async function deleteOrphans(scope: SystemScope): Promise<string[]> {
  const found = new Set<string>();
  for (const name of await tenantTables(scope)) {
    const table = tableName(name);
    const orphans = await scope.tx.$queryRaw<{ id: string }[]>`
      WITH RECURSIVE tenant(id) AS (
        (SELECT shop_id FROM ${table} ORDER BY shop_id LIMIT 1)
        UNION ALL
        SELECT (SELECT t.shop_id FROM ${table} t WHERE t.shop_id > tenant.id ORDER BY t.shop_id LIMIT 1)
        FROM tenant WHERE tenant.id IS NOT NULL
      )
      SELECT id::text AS id FROM tenant WHERE id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM shop WHERE shop.id = tenant.id)`;
    for (const { id } of orphans) {
      await scope.tx.$executeRaw`DELETE FROM ${table} WHERE shop_id = ${id}::uuid`;
      found.add(id);
    }
  }
  return [...found];
}

const tableName = (name: string): Prisma.Sql => Prisma.raw(`"${name.replaceAll('"', '""')}"`);

async function tenantTables({ tx }: SystemScope): Promise<string[]> {
  const tables = await tx.$queryRaw<{ name: string }[]>`
    SELECT c.table_name AS name FROM information_schema.columns c
    JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
    WHERE c.table_schema = 'public' AND c.column_name = 'shop_id' AND t.table_type = 'BASE TABLE' ORDER BY 1`;
  return tables.map(({ name }) => name);
}
