import type { IncentiveRules } from '#app/domains/incentives/index.ts';
import type { Shop } from '#app/domains/shops/index.ts';
import type { ShopCapabilities } from '#app/platforms/platform.ts';

/**
 * The merchant's rules of discounts. Software of ours in the store knows what a code takes off; elsewhere the merchant
 * says how much is left to one, or what codes took off lately does.
 */
export function rulesOfShop(
  { settings, platformState }: Pick<Shop, 'settings' | 'platformState'>,
  capabilities: Pick<ShopCapabilities, 'discountEngine'> | null,
): IncentiveRules {
  const { combinesWith, minMarginBps, defaultMarginBps, codeReserveBps } = settings;
  return {
    combinesWith,
    minMarginBps,
    defaultMarginBps,
    sellingPlans: 'exclude',
    codeReserve:
      capabilities?.discountEngine === 'plugin' ? 'exact' : (codeReserveBps ?? platformState.usualCodeBps ?? 0),
  };
}
