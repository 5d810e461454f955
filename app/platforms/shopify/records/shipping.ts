import type { PlatformShipping } from '#app/platforms/platform.ts';

interface Allocation {
  readonly minor: number;
  readonly code?: string | null | undefined;
  readonly title?: string | null | undefined;
}

/** What delivery cost the shopper, of its price before discounts and what each of them took off. Minor units. */
export function toShipping(originalMinor: number, allocations: readonly Allocation[]): PlatformShipping {
  const off = allocations
    .filter(({ minor }) => minor > 0)
    .map(({ minor, code, title }) => ({ minor, by: code ? { code } : title ? { title } : null }));
  return { paidMinor: Math.max(0, originalMinor - off.reduce((sum, { minor }) => sum + minor, 0)), off };
}
