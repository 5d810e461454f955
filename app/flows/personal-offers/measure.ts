import {
  type ExperimentResult,
  giftResult,
  readParticipantSums,
  type TestSums,
} from '#app/domains/experiments/index.ts';
import {
  judgeSizes,
  type PersonalOffer,
  readParticipants,
  sizesOf,
  type SizesReading,
} from '#app/domains/personal-offers/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { keptMeasurement } from '../kept-measurement.ts';

/** A large shop's sums may take this long (milliseconds). */
export const sumsTimeoutMs = 120_000;

export interface OfferResult {
  /** customers with the offer, whatever its size, beside those who got nothing */
  readonly result: ExperimentResult;
  readonly sizes: SizesReading;
}

/** What an offer has changed since its comparison began; null before that. */
export async function measureOffer(scope: ShopScope, offer: PersonalOffer, now: Date): Promise<OfferResult | null> {
  const { liveFrom, terms } = offer;
  if (!liveFrom) return null;
  const participants = await readParticipants(scope, offer.id, liveFrom);
  const { settings } = await readShop(scope);
  const sums = await readParticipantSums(scope, { participants, to: now, marginBps: settings.defaultMarginBps });
  return {
    result: giftResult(scope.shopId, sums, { nothing: '0', holdoutBps: terms.holdoutBps, since: liveFrom }),
    sizes: readSizes(sums, offer),
  };
}

const readSizes = ({ arms }: TestSums, { terms, stopped }: PersonalOffer): SizesReading =>
  judgeSizes(new Map(arms.map((arm) => [Number(arm.key), arm])), sizesOf(terms.gift), stopped);

/** The same result for a list: where adding up takes long, it is a minute or two old. */
export function keptOfferResult(
  services: Pick<Services, 'db' | 'clock' | 'cache'>,
  shopId: ShopId,
  offer: PersonalOffer,
): Promise<ExperimentResult> {
  const since = offer.liveFrom ?? offer.createdAt;
  const key = `offer-result:${shopId}:${offer.id}:${since.toISOString()}`;
  return keptMeasurement(services, { key, since }, () =>
    services.db.inShop(
      shopId,
      async (scope) => (await measureOffer(scope, offer, services.clock.now()))?.result ?? { status: 'off' },
      { timeoutMs: sumsTimeoutMs },
    ),
  );
}
