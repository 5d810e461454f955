import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import { toJsonb } from '#app/infra/jsonb.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import type { ProgrammeRules } from './earn-history.ts';
import {
  type Programme,
  type ProgrammeSettings,
  programmeSettings,
  type ProgrammeStatus,
  type ProgrammeVersion,
} from './model.ts';

/** The programme as the merchant edits it; null before there is one. */
export async function findProgramme(scope: ShopScope): Promise<Programme | null> {
  const row = await scope.tx.loyaltyProgramme.findUnique({ where: { shopId: scope.shopId } });
  if (!row) return null;
  const { status, settings, salt, revision } = row;
  return { status: status as ProgrammeStatus, settings: programmeSettings.parse(settings), salt, revision };
}

/** Locks the programme until the transaction ends, so that two windows do not make two versions at once. */
export async function lockProgramme(scope: ShopScope): Promise<Programme | null> {
  await scope.tx.$queryRaw`SELECT 1 AS held FROM loyalty_programme WHERE shop_id = ${scope.shopId}::uuid FOR UPDATE`;
  return findProgramme(scope);
}

/** Keeps a first programme; nothing where there is one. */
export async function createProgramme(
  scope: ShopScope,
  settings: ProgrammeSettings,
  salt: string,
  now: Date,
): Promise<void> {
  await scope.tx.loyaltyProgramme.createMany({
    data: [{ shopId: scope.shopId, status: 'draft', settings, salt, updatedAt: now }],
    skipDuplicates: true,
  });
}

/** Keeps what the merchant decided, as the next revision. */
export async function updateProgramme(
  scope: ShopScope,
  change: { readonly status: ProgrammeStatus; readonly settings: ProgrammeSettings },
  now: Date,
): Promise<void> {
  await scope.tx.loyaltyProgramme.update({
    where: { shopId: scope.shopId },
    data: { ...change, revision: { increment: 1 }, updatedAt: now },
  });
}

/** Ends the version in force, if there is one, and begins the next one where there are settings for it. */
export async function changeVersion(scope: ShopScope, settings: ProgrammeSettings | null, now: Date): Promise<void> {
  const { shopId, tx } = scope;
  await tx.loyaltyVersion.updateMany({ where: { shopId, until: null }, data: { until: now } });
  if (settings === null) return;
  const newest = await tx.loyaltyVersion.aggregate({ where: { shopId }, _max: { version: true } });
  const version = (newest._max.version ?? 0) + 1;
  await tx.loyaltyVersion.create({ data: { shopId, version, settings, from: now } });
}

/** A version in force that is not the wanted one, by what it says. */
export async function isInForce(scope: ShopScope, settings: ProgrammeSettings): Promise<boolean> {
  const [row] = await scope.tx.$queryRaw<{ same: boolean }[]>`
    SELECT settings = ${toJsonb(settings)}::jsonb AS same FROM loyalty_version
    WHERE shop_id = ${scope.shopId}::uuid AND until IS NULL`;
  return row?.same ?? false;
}

/** What orders are reckoned by; null where there never was a live programme. */
export async function readRules(scope: ShopScope): Promise<ProgrammeRules | null> {
  const rows = await scope.tx.$queryRaw<
    { version: number; settings: unknown; from: Date; until: Date | null; salt: string; timeZone: string }[]
  >`
    SELECT v.version, v.settings, v."from", v.until, p.salt, s.time_zone AS "timeZone"
    FROM loyalty_version v
    JOIN loyalty_programme p ON p.shop_id = v.shop_id
    JOIN shop s ON s.id = v.shop_id
    WHERE v.shop_id = ${scope.shopId}::uuid ORDER BY v.version`;
  const [first] = rows;
  if (!first) return null;
  const versions = rows.map(({ version, settings, from, until }): ProgrammeVersion => {
    return { version, settings: settingsOf(scope.shopId, version, settings), from, until };
  });
  return { versions, salt: first.salt, timeZone: first.timeZone };
}

/** A version never changes, so its settings are read from the text once. */
const parsed = new Map<string, { readonly settings: ProgrammeSettings; readonly text: string }>();
const mostParsed = 500;

function settingsOf(shopId: ShopId, version: number, value: unknown): ProgrammeSettings {
  const key = `${shopId} ${String(version)}`;
  const text = JSON.stringify(value);
  const known = parsed.get(key);
  // A tenant that was erased and came back counts its versions anew.
  if (known?.text === text) return known.settings;
  const settings = programmeSettings.parse(value);
  if (parsed.size >= mostParsed) parsed.clear();
  parsed.set(key, { settings, text });
  return settings;
}

/** Shops with a programme in force. */
export async function readLiveShops(scope: SystemScope): Promise<ShopId[]> {
  const rows = await scope.tx.loyaltyProgramme.findMany({
    where: { status: 'live' },
    select: { shopId: true },
    orderBy: { shopId: 'asc' },
  });
  return rows.map(({ shopId }) => toShopId(shopId));
}
