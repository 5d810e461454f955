import { isDeepStrictEqual } from 'node:util';
import { classOf, type CodeBatch, encodeCodeConfig, readMadeOffers } from '#app/domains/codes/index.ts';
import { type StackMatrix, unionOf } from '#app/domains/incentives/index.ts';
import { mergePlatformState, readShop, type Shop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { CodesPublication } from '#app/platforms/codes.ts';
import type { ConnectedShop } from '../connected-shop.ts';
import { codesStand } from './codes-stand.ts';
import { writeCodeGuard } from './write-code-guard.ts';
import { leaveToOwnCodes } from './leave-to-codes.ts';

/** A shop may have a million codes. */
const slowestReadMs = 60_000;

/**
 * Has the store's discounts of our codes say beside what they may stand by the merchant's matrix. The guard is written for
 * the old and the new matrix before the first of them changes, and for the new one alone after the last, and free shipping
 * of goals leaves what they then may take; a stop in between begins again. Only while the lock of the shop's codes is held.
 * @returns the matrix for codes that are made now
 */
export async function followMatrix(
  services: Services,
  connected: ConnectedShop,
  signal: AbortSignal,
): Promise<StackMatrix> {
  const { ref, platform, capabilities } = connected;
  const { db } = services;
  const shop = await db.inShop(ref.shopId, readShop);
  const wanted = shop.settings.combinesWith;
  const stands = codesStand(shop.platformState);
  if (isDeepStrictEqual(wanted, stands)) return wanted;
  await db.inShop(ref.shopId, (scope) => mergePlatformState(scope, { codeStands: unionOf(stands, wanted) }));
  // Software of ours in the store asks the matrix itself.
  const offers =
    capabilities.discountEngine === 'function'
      ? await db.inShop(ref.shopId, readMadeOffers, { timeoutMs: slowestReadMs })
      : [];
  if (offers.length > 0) {
    await writeCodeGuard(services, connected);
    await leaveToOwnCodes(services, connected);
  }
  for (const offer of offers) {
    signal.throwIfAborted();
    const publication = publicationOf(shop, offer, wanted);
    if (publication) await platform.publishCodes(ref, { ...publication, codes: [] });
  }
  await db.inShop(ref.shopId, (scope) => mergePlatformState(scope, { codeStands: wanted }));
  if (offers.length > 0) await writeCodeGuard(services, connected);
  return wanted;
}

/** A batch of codes as the store is to make it; null where it names more products than a checkout can look at. */
export function publicationOf(
  { currency }: Pick<Shop, 'currency'>,
  { offer: _digest, ...batch }: CodeBatch,
  matrix: StackMatrix,
): CodesPublication | null {
  const { terms, bound } = batch;
  const config = encodeCodeConfig({ terms, bound, currency });
  if (config === null) return null;
  const { minSubtotalMinor, productIds } = terms;
  const ofClass = classOf(terms);
  return {
    ...batch,
    ...{ gives: terms, class: ofClass, combinesWith: matrix[ofClass], minSubtotalMinor, productIds, currency, config },
  };
}
