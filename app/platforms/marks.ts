/** The marks that our storefront leaves on carts and their lines; buyers can edit them. */
export const marks = {
  visitor: '_trellis_visitor',
  bundle: '_trellis_bundle',
  source: '_trellis_source',
  referral: '_trellis_referral',
  sellingPlan: '_trellis_plan',
} as const;

/** A mark is short; whatever a buyer typed beyond that is none. */
export function readMark(
  list: readonly { key: string; value?: string | null | undefined }[],
  key: string,
): string | null {
  const value = list.find((attribute) => attribute.key === key)?.value?.trim();
  return value && value.length <= 64 ? value : null;
}
