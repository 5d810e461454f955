import type { EarningLine } from '../earning/earn-kind.ts';
import { rateOf } from '../exchange.ts';
import type { ProgrammeSettings } from '../model.ts';

/**
 * What kept lines of an order are worth for a tier that is reached by money, minor units of the programme's currency, rounded
 * down: goods as they count for points, gift cards excluded. Nothing in a currency without a rate.
 */
export function spentOf(
  lines: readonly Pick<EarningLine, 'giftCard' | 'keptMinor'>[],
  currency: string,
  settings: Pick<ProgrammeSettings, 'currency' | 'rates'>,
): number {
  const rate = rateOf(currency, settings);
  if (rate === null) return 0;
  // What is bought with a gift card counts then.
  const minor = lines.reduce((sum, { giftCard, keptMinor }) => sum + (giftCard ? 0 : keptMinor), 0);
  return Number((BigInt(minor) * rate.numerator) / rate.denominator);
}
