import type { ShopScope } from '#app/infra/database.ts';
import { minorUnitDigits } from '#app/shared/money.ts';
import type { Rate, Rates } from '#app/shared/rates.ts';
import { type ProgrammeSettings, versionAt } from './model.ts';
import { findProgramme, readRules } from './store.ts';

/** One minor unit of a currency in minor units of the programme's, as a fraction; null where no rate is known. */
export function rateOf(currency: string, settings: Pick<ProgrammeSettings, 'currency' | 'rates'>): Rate | null {
  if (currency === settings.currency) return { numerator: 1n, denominator: 1n };
  const millionths = settings.rates[currency];
  if (millionths === undefined) return null;
  return {
    numerator: BigInt(millionths) * 10n ** BigInt(minorUnitDigits(settings.currency)),
    denominator: 1_000_000n * 10n ** BigInt(minorUnitDigits(currency)),
  };
}

/** Minor units of one currency at a moment, in minor units of another, rounded down; null where no rate is known. */
export type Exchange = (minor: number, from: string, at: Date) => number | null;

/** Turns amounts into a currency by the rates that the merchant had entered for the programme at their time. */
export async function readExchange(scope: ShopScope, into: string): Promise<Exchange> {
  const versions = (await readRules(scope))?.versions ?? [];
  return (minor, from, at) => {
    if (from === into) return minor;
    const settings = versionAt(versions, at)?.settings;
    const rate = settings?.currency === into ? rateOf(from, settings) : null;
    return rate && Number((BigInt(minor) * rate.numerator) / rate.denominator);
  };
}

/** The rates into a currency that the programme has now, paused or not; none where it reckons in another one. */
export async function readRates(scope: ShopScope, into: string): Promise<Rates> {
  const settings = (await findProgramme(scope))?.settings;
  if (settings?.currency !== into) return {};
  const known = Object.keys(settings.rates).map((currency) => [currency, rateOf(currency, settings)] as const);
  return Object.fromEntries(known.flatMap(([currency, rate]) => (rate === null ? [] : [[currency, rate]])));
}
