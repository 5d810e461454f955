/** One line of the cart as the address holds it. */
export interface AskedLine {
  readonly productId: string;
  readonly variantId: string | null;
  readonly quantity: number;
}

export interface AskedCode {
  /** basis points; null = no code */
  readonly code: number | null;
  readonly codeClass: 'product' | 'order' | 'shipping';
}

/** What the page's address says of a cart, so that it can be shared and looked at again. */
export function cartAddress(lines: readonly AskedLine[], { code, codeClass }: AskedCode): string {
  if (lines.length === 0) return '/bundles/try';
  const cart = lines
    .map(({ productId, variantId, quantity }) => `${productId}${variantId === null ? '' : `.${variantId}`}:${quantity}`)
    .join();
  return `/bundles/try?cart=${cart}${code === null ? '' : `&code=${code}&class=${codeClass}`}`;
}

/** Units as typed, or null where they are none; a line of none is removed. */
export function unitsOf(text: string): number | null {
  return /^\d{1,3}$/.test(text) ? Number(text) : null;
}

/** A percentage as typed, in basis points; null = no code. */
export function codeOf(text: string): number | null {
  const share = Math.round(Number(text.replace(',', '.')) * 100);
  return Number.isFinite(share) && share >= 1 && share <= 10_000 ? share : null;
}
