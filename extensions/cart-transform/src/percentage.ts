/** Shopify's own count of decimals is not documented; more than this would be noise. */
const mostDecimals = 8;
/** How far from the wanted minor unit the unrounded result may be, so that no way of rounding misses it. */
const tolerance = 0.25;

/**
 * The share of `priceMinor` that is `discountMinor`, in per cent as a plain decimal with as few digits as hit it
 * to the minor unit, also when `sets` equal sets are added up before they are rounded.
 */
export function percentageFor(discountMinor: number, priceMinor: number, sets: number): string {
  const exact = (discountMinor * 100) / priceMinor;
  for (let decimals = 1; decimals < mostDecimals; decimals += 1) {
    const text = exact.toFixed(decimals);
    if (Math.abs((Number(text) * priceMinor) / 100 - discountMinor) * sets < tolerance) return text;
  }
  return exact.toFixed(mostDecimals);
}
