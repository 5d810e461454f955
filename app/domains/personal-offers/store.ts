import { z } from 'zod';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import {
  type OfferPolicy,
  offerPolicy,
  type OfferState,
  offerTerms,
  type OfferTerms,
  type PersonalOffer,
  stoppedSize,
  type StoppedSize,
  usualPolicy,
} from './model.ts';

type Row = Prisma.PersonalOfferGetPayload<object>;

const toOffer = (row: Row): PersonalOffer => ({
  id: row.id,
  title: row.title,
  status: row.status as OfferState,
  endReason: row.endReason === 'no-gain' ? row.endReason : null,
  terms: offerTerms.parse(row.terms),
  revision: row.revision,
  salt: row.salt,
  stopped: z.array(stoppedSize).parse(row.stopped),
  liveFrom: row.liveFrom,
  countsFrom: row.countsFrom ?? row.liveFrom,
  cursor: row.cursor,
  filled: row.filled,
  createdAt: row.createdAt,
});

/** Makes changes and gifts of one shop's offers queue up until the transaction ends: no budget is spent twice. */
export async function lockOffers(scope: ShopScope): Promise<void> {
  await scope.tx
    .$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`personal offers ${scope.shopId}`}, 0))::text`;
}

/** All offers of the shop, the newest first. */
export async function readOffers(scope: ShopScope, status?: OfferState): Promise<PersonalOffer[]> {
  const rows = await scope.tx.personalOffer.findMany({
    where: { shopId: scope.shopId, ...(status ? { status } : {}) },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
  });
  return rows.map(toOffer);
}

export async function findOffer(scope: ShopScope, id: string): Promise<PersonalOffer | null> {
  const row = await scope.tx.personalOffer.findUnique({ where: { shopId_id: { shopId: scope.shopId, id } } });
  return row && toOffer(row);
}

export async function insertOffer(
  scope: ShopScope,
  offer: { readonly id: string; readonly title: string; readonly terms: OfferTerms; readonly salt: string },
  now: Date,
): Promise<void> {
  const { shopId } = scope;
  await scope.tx.personalOffer.create({ data: { ...offer, shopId, createdAt: now, updatedAt: now } });
}

/** What of an offer changes; false where somebody else has changed it meanwhile. */
export async function updateOffer(
  scope: ShopScope,
  { id, revision }: Pick<PersonalOffer, 'id' | 'revision'>,
  change: Partial<
    Pick<
      PersonalOffer,
      'title' | 'status' | 'endReason' | 'terms' | 'liveFrom' | 'countsFrom' | 'cursor' | 'filled' | 'salt'
    >
  > & { readonly stopped?: readonly StoppedSize[] },
  now: Date,
): Promise<boolean> {
  const { stopped, ...rest } = change;
  const { count } = await scope.tx.personalOffer.updateMany({
    where: { shopId: scope.shopId, id, revision },
    data: { ...rest, ...(stopped ? { stopped: [...stopped] } : {}), revision: revision + 1, updatedAt: now },
  });
  return count === 1;
}

/** How far an offer has read its segments; no change of the merchant's. */
export async function noteEntered(
  scope: ShopScope,
  id: string,
  change: Partial<Pick<PersonalOffer, 'cursor' | 'filled'>>,
): Promise<void> {
  await scope.tx.personalOffer.updateMany({ where: { shopId: scope.shopId, id }, data: change });
}

/** Sees all shops, because a schedule is one for all. */
export async function findShopsWithLiveOffers(scope: SystemScope): Promise<ShopId[]> {
  const rows = await scope.tx.personalOffer.findMany({
    where: { status: 'live' },
    select: { shopId: true },
    distinct: ['shopId'],
  });
  return rows.map(({ shopId }) => toShopId(shopId));
}

export async function readPolicy({ tx, shopId }: ShopScope): Promise<OfferPolicy> {
  const row = await tx.personalOfferPolicy.findUnique({ where: { shopId } });
  return row ? offerPolicy.parse(row) : usualPolicy;
}

export async function savePolicy({ tx, shopId }: ShopScope, policy: OfferPolicy): Promise<void> {
  await tx.personalOfferPolicy.upsert({ where: { shopId }, create: { shopId, ...policy }, update: policy });
}
