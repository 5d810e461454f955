import { z } from 'zod';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import { mostTaxBps } from '#app/shared/tax-in-prices.ts';

/** Taxes on a line, of the price without them: 0.19. Whatever is none tells nothing. */
export const taxLines = z
  .array(z.object({ rate: z.number().nullish() }))
  .nullish()
  .catch(null);

/** All taxes on a line together, of its price without them: 0.19. */
export const rateOn = (taxes: z.infer<typeof taxLines>): number =>
  (taxes ?? []).reduce((sum, { rate }) => sum + (rate ?? 0), 0);

/** The highest tax on one of the lines: several on one add up. Nothing where no line tells its taxes. */
export function highestTax(lines: readonly z.infer<typeof taxLines>[]): Pick<PlatformOrder, 'taxBps'> {
  const told = lines.flatMap((taxes) => (taxes ? [rateOn(taxes)] : []));
  if (told.length === 0) return {};
  const bps = Math.round(Math.max(0, ...told) * 10_000);
  return bps <= mostTaxBps ? { taxBps: bps } : {};
}
