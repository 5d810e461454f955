import { Prisma } from '#app/generated/prisma/client.ts';
import type { Rates } from '#app/shared/rates.ts';

/** Rates as statements read them: {"USD": ["92", "100"]}. */
export const storedRates = (rates: Rates): Record<string, [string, string]> =>
  Object.fromEntries(
    Object.entries(rates).map(([currency, { numerator, denominator }]) => [
      currency,
      [String(numerator), String(denominator)],
    ]),
  );

/**
 * Minor units of an order in `into`, rounded down; null where its currency has no rate.
 * @param currency column with the order's
 * @param rates jsonb as `storedRates` has it; read for orders in another currency alone
 */
export const worthIn = (
  into: Prisma.Sql,
  minor: Prisma.Sql,
  currency: Prisma.Sql,
  rates: Prisma.Sql,
): Prisma.Sql => Prisma.sql`CASE WHEN ${currency} = ${into} THEN ${minor}
    ELSE floor((${minor})::numeric * (${rates}->${currency}->>0)::numeric / (${rates}->${currency}->>1)::numeric)::bigint END`;
