const whole = 10_000;

/**
 * What may come off a product that a set of others is sold as, basis points of its price. Its price is reduced already,
 * which the checkout does not see: at a share d off parts of which r may come off at least, (r − d) ÷ (1 − d).
 * @param discountBps null = an amount, which may be any share; then nothing comes off
 * @param roomsBps of its parts
 */
export function roomOfSet(discountBps: number | null, roomsBps: readonly number[]): number {
  const least = Math.min(...roomsBps);
  if (discountBps === null || roomsBps.length === 0 || least <= discountBps) return 0;
  return Math.floor(((least - discountBps) * whole) / (whole - discountBps));
}
