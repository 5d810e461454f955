import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import type { CodeSource } from './model.ts';

export type GiftKind = 'gift-card' | 'store-credit';
/**
 * making: the store was asked, and has not answered yet · unsure: its answer was lost, and asking again might give it twice
 */
export type GiftState = 'wanted' | 'making' | 'given' | 'refused' | 'unsure';

export interface GiftWish {
  readonly source: CodeSource;
  readonly customerId: string;
  /** above zero */
  readonly amountMinor: number;
  /** the shop's, ISO 4217 */
  readonly currency: string;
  /** null = never */
  readonly expiresAt: Date | null;
  /** what the merchant's staff reads beside it; no names, no addresses */
  readonly note: string;
}

export interface Gift extends Omit<GiftWish, 'source' | 'customerId'> {
  readonly id: bigint;
  readonly kind: GiftKind;
  readonly customerId: string | null;
  readonly state: GiftState;
  readonly refusal: string | null;
  readonly sealedCode: string | null;
  readonly givenAt: Date | null;
}

interface Issued {
  readonly outcome: 'issued' | 'already';
  readonly state: GiftState;
}

/** A gift card of this amount, once for each source; the job of publishing has the store make it. */
export const issueGiftCard = (scope: ShopScope, wish: GiftWish, now: Date): Promise<Issued> =>
  issue(scope, 'gift-card', wish, now);

/** Store credit of this amount, once for each source. */
export const giveStoreCredit = (scope: ShopScope, wish: GiftWish, now: Date): Promise<Issued> =>
  issue(scope, 'store-credit', wish, now);

async function issue(scope: ShopScope, kind: GiftKind, wish: GiftWish, now: Date): Promise<Issued> {
  const { source, amountMinor, ...rest } = wish;
  if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) throw new Error('not an amount');
  const { count } = await scope.tx.storeGift.createMany({
    data: [{ ...rest, ...whereOf(scope, source), kind, amountMinor, state: 'wanted', issuedAt: now }],
    skipDuplicates: true,
  });
  const known = await readGift(scope, source);
  return { outcome: count > 0 ? 'issued' : 'already', state: known?.state ?? 'wanted' };
}

const whereOf = ({ shopId }: ShopScope, { kind, id, purpose }: CodeSource) => ({
  shopId,
  sourceKind: kind,
  sourceId: id,
  purpose,
});

const selected = {
  id: true,
  kind: true,
  customerId: true,
  amountMinor: true,
  currency: true,
  expiresAt: true,
  note: true,
  state: true,
  refusal: true,
  sealedCode: true,
  givenAt: true,
} as const;

interface Row extends Omit<Gift, 'kind' | 'state' | 'amountMinor'> {
  readonly kind: string;
  readonly state: string;
  readonly amountMinor: bigint;
}

const toGift = (row: Row): Gift => ({
  ...row,
  kind: row.kind as GiftKind,
  state: row.state as GiftState,
  amountMinor: Number(row.amountMinor),
});

/** What was issued for a source, or null. */
export async function readGift(scope: ShopScope, source: CodeSource): Promise<Gift | null> {
  const row = await scope.tx.storeGift.findFirst({ where: whereOf(scope, source), select: selected });
  return row && toGift(row);
}

/** What was issued for things of a kind, for whatever purpose; in no order. */
export async function readGiftsAbout(
  { tx, shopId }: ShopScope,
  kind: string,
  ids: readonly string[],
): Promise<{ readonly source: CodeSource; readonly gift: Gift }[]> {
  const rows = await tx.storeGift.findMany({
    where: { shopId, sourceKind: kind, sourceId: { in: [...ids] } },
    select: { ...selected, sourceId: true, purpose: true },
  });
  return rows.map(({ sourceId, purpose, ...row }) => ({ source: { kind, id: sourceId, purpose }, gift: toGift(row) }));
}

/** What was issued for these things of a kind, by their ids. */
export async function readGiftsOf(
  { tx, shopId }: ShopScope,
  sourceKind: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Gift>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.storeGift.findMany({
    where: { shopId, sourceKind, sourceId: { in: [...ids] }, purpose: '' },
    select: { ...selected, sourceId: true },
  });
  return new Map(rows.map(({ sourceId, ...row }) => [sourceId, toGift(row)]));
}

/** A gift that the store refused to give for a thing, with the reason. */
export interface RefusedGift {
  readonly id: bigint;
  readonly sourceId: string;
  readonly refusal: string;
}

/** What the store refused to give for things of a kind, the oldest first, `limit` at most, following `after` (0 at the start). */
export async function readRefusedGifts(
  { tx, shopId }: ShopScope,
  sourceKind: string,
  after: bigint,
  limit: number,
): Promise<RefusedGift[]> {
  const rows = await tx.storeGift.findMany({
    where: { shopId, sourceKind, state: 'refused', id: { gt: after } },
    select: { id: true, sourceId: true, refusal: true },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map(({ refusal, ...row }) => ({ ...row, refusal: refusal ?? '' }));
}

/** The oldest gift that the store has not given, or null. */
export async function nextToGive(scope: ShopScope): Promise<Gift | null> {
  const row = await scope.tx.storeGift.findFirst({
    where: { shopId: scope.shopId, state: { in: ['wanted', 'making'] } },
    orderBy: { id: 'asc' },
    select: selected,
  });
  return row && toGift(row);
}

/** The store is about to be asked; a gift card's code is kept before, so that asking again makes the same card. */
export async function noteGiving(scope: ShopScope, id: bigint, sealedCode: string | null): Promise<void> {
  await scope.tx.storeGift.updateMany({ where: { shopId: scope.shopId, id }, data: { state: 'making', sealedCode } });
}

export async function noteGiven(scope: ShopScope, id: bigint, storeId: string, now: Date): Promise<void> {
  const data = { state: 'given', storeId, givenAt: now, refusal: null };
  await scope.tx.storeGift.updateMany({ where: { shopId: scope.shopId, id }, data });
}

/** It cannot be given; a sentence for the merchant says why. */
export const noteGiftRefused = (scope: ShopScope, id: bigint, refusal: string): Promise<void> =>
  noteNotGiven(scope, id, { state: 'refused', refusal });

/** Nobody knows whether it was given; a sentence for the merchant says so. */
export const noteGiftUnsure = (scope: ShopScope, id: bigint, refusal: string): Promise<void> =>
  noteNotGiven(scope, id, { state: 'unsure', refusal });

async function noteNotGiven(
  { tx, shopId }: ShopScope,
  id: bigint,
  data: { readonly state: 'refused' | 'unsure'; readonly refusal: string },
): Promise<void> {
  await tx.storeGift.updateMany({ where: { shopId, id }, data });
}

/** Shops with gifts that their store has not given. */
export async function findShopsWithGifts(scope: SystemScope): Promise<ShopId[]> {
  const rows = await scope.tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT shop_id::text AS id FROM store_gift WHERE state IN ('wanted', 'making') LIMIT 1000`;
  return rows.map(({ id }) => toShopId(id));
}
