import { type IncentiveRules, knownCodesOf, marginOfTaxed, readOwnCodes } from '#app/domains/incentives/index.ts';
import type { Shop, ShopSettings } from '#app/domains/shops/index.ts';
import type { ShopCapabilities } from '#app/platforms/platform.ts';

/** The shop's margins, of prices as shoppers pay them. */
export function marginsOfShop({
  minMarginBps,
  defaultMarginBps,
  taxInPricesBps,
}: ShopSettings): Pick<IncentiveRules, 'minMarginBps' | 'defaultMarginBps'> {
  return {
    minMarginBps: marginOfTaxed(minMarginBps, taxInPricesBps, Math.ceil),
    defaultMarginBps: marginOfTaxed(defaultMarginBps, taxInPricesBps, Math.floor),
  };
}

/**
 * The merchant's rules of discounts. Software of ours in the store knows what a code takes off; elsewhere we know what the
 * store's own codes are, and to others the merchant says how much is left, or what codes took off lately does.
 */
export function rulesOfShop(
  { settings, platformState }: Pick<Shop, 'settings' | 'platformState'>,
  capabilities: Pick<ShopCapabilities, 'discountEngine'> | null,
): IncentiveRules {
  const { combinesWith, codeReserveBps } = settings;
  const usual = codeReserveBps ?? platformState.usualCodeBps ?? 0;
  const store = platformState.storeCodes;
  const known = capabilities?.discountEngine === 'plugin' || !store ? [] : knownCodesOf(store, combinesWith);
  const ownCodes = readOwnCodes(platformState.leftToOwnCodes);
  return {
    combinesWith,
    ...marginsOfShop(settings),
    taxInPricesBps: settings.taxInPricesBps,
    sellingPlans: 'exclude',
    codeReserve: capabilities?.discountEngine === 'plugin' ? 'exact' : Math.max(usual, store?.rest ?? 0),
    ...(known.length === 0 ? {} : { knownCodes: known }),
    ...(ownCodes ? { ownCodes } : {}),
  };
}
