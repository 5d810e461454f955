import { matrixOf, type StackPair } from '#app/domains/incentives/index.ts';
import type { ShopSettings } from '#app/domains/shops/index.ts';

/** The settings page's texts as typed. */
export interface SettingsForm {
  readonly holdout: string;
  readonly defaultMargin: string;
  readonly minMargin: string;
  readonly taxInPrices: string;
  /** empty = what codes took off lately */
  readonly codeReserve: string;
  /** which pairs of classes stand together */
  readonly stacks: Readonly<Record<StackPair, boolean>>;
}

export type SettingsField = 'holdout' | 'defaultMargin' | 'minMargin' | 'taxInPrices' | 'codeReserve';

const limits: Readonly<Record<SettingsField, number>> = {
  holdout: 50,
  defaultMargin: 100,
  minMargin: 100,
  taxInPrices: 50,
  codeReserve: 90,
};

const percentText = (bps: number): string => String(bps / 100);

/** Stored settings as texts. */
export function toSettingsForm(settings: ShopSettings): SettingsForm {
  const { product, order, shipping } = settings.combinesWith;
  return {
    holdout: percentText(settings.holdoutBps),
    defaultMargin: percentText(settings.defaultMarginBps),
    minMargin: percentText(settings.minMarginBps),
    taxInPrices: percentText(settings.taxInPricesBps),
    codeReserve: settings.codeReserveBps === null ? '' : percentText(settings.codeReserveBps),
    stacks: {
      'product-product': product.product,
      'product-order': product.order,
      'product-shipping': product.shipping,
      'order-order': order.order,
      'order-shipping': order.shipping,
      'shipping-shipping': shipping.shipping,
    },
  };
}

/** A typed percentage in basis points, or null where it is none, has over 2 decimals or is above `limit`. */
function bpsOf(text: string, limit: number): number | null {
  const plain = text.trim().replace(',', '.');
  if (!/^\d{1,3}(\.\d{0,2})?$/.test(plain)) return null;
  const bps = Math.round(Number(plain) * 100);
  return bps <= limit * 100 ? bps : null;
}

/** What is wrong with the typed texts, by field. */
export function checkSettings(form: SettingsForm): Partial<Record<SettingsField, string>> {
  const problems: Partial<Record<SettingsField, string>> = {};
  for (const field of ['holdout', 'defaultMargin', 'minMargin', 'taxInPrices', 'codeReserve'] as const) {
    if (field === 'codeReserve' && form[field].trim() === '') continue;
    if (bpsOf(form[field], limits[field]) === null)
      problems[field] = `Enter a percentage from 0 to ${String(limits[field])}, with at most 2 decimals`;
  }
  return problems;
}

/** The settings that the texts say, for the server to check again; null while one is not readable. */
export function toSettings(form: SettingsForm): ShopSettings | null {
  const holdoutBps = bpsOf(form.holdout, limits.holdout);
  const defaultMarginBps = bpsOf(form.defaultMargin, limits.defaultMargin);
  const minMarginBps = bpsOf(form.minMargin, limits.minMargin);
  const taxInPricesBps = bpsOf(form.taxInPrices, limits.taxInPrices);
  const automatic = form.codeReserve.trim() === '';
  const codeReserveBps = automatic ? null : bpsOf(form.codeReserve, limits.codeReserve);
  if (holdoutBps === null || defaultMarginBps === null || minMarginBps === null || taxInPricesBps === null) return null;
  if (codeReserveBps === null && !automatic) return null;
  const combinesWith = matrixOf((pair) => form.stacks[pair]);
  return { holdoutBps, defaultMarginBps, minMarginBps, taxInPricesBps, combinesWith, codeReserveBps };
}
