import { matrixOf, type StackPair } from '#app/domains/incentives/index.ts';
import type { EnteredSettings } from '#app/domains/shops/index.ts';

/** The settings page's texts as typed. */
export interface SettingsForm {
  readonly holdout: string;
  readonly defaultMargin: string;
  readonly minMargin: string;
  /** empty = what the store's own orders tell */
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
export function toSettingsForm(settings: EnteredSettings): SettingsForm {
  const { product, order, shipping } = settings.combinesWith;
  return {
    holdout: percentText(settings.holdoutBps),
    defaultMargin: percentText(settings.defaultMarginBps),
    minMargin: percentText(settings.minMarginBps),
    taxInPrices: settings.enteredTaxBps === null ? '' : percentText(settings.enteredTaxBps),
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

const mayBeEmpty: ReadonlySet<SettingsField> = new Set(['taxInPrices', 'codeReserve']);

/** What is wrong with the typed texts, by field. */
export function checkSettings(form: SettingsForm): Partial<Record<SettingsField, string>> {
  const problems: Partial<Record<SettingsField, string>> = {};
  for (const field of ['holdout', 'defaultMargin', 'minMargin', 'taxInPrices', 'codeReserve'] as const) {
    if (mayBeEmpty.has(field) && form[field].trim() === '') continue;
    if (bpsOf(form[field], limits[field]) === null)
      problems[field] = `Enter a percentage from 0 to ${String(limits[field])}, with at most 2 decimals`;
  }
  return problems;
}

/** The settings that the texts say, for the server to check again; null while one is not readable. */
export function toSettings(form: SettingsForm): EnteredSettings | null {
  if (Object.keys(checkSettings(form)).length > 0) return null;
  const read = (field: SettingsField): number | null => bpsOf(form[field], limits[field]);
  const [holdoutBps, defaultMarginBps, minMarginBps] = [read('holdout'), read('defaultMargin'), read('minMargin')];
  if (holdoutBps === null || defaultMarginBps === null || minMarginBps === null) return null;
  const combinesWith = matrixOf((pair) => form.stacks[pair]);
  const [enteredTaxBps, codeReserveBps] = [read('taxInPrices'), read('codeReserve')];
  return { holdoutBps, defaultMarginBps, minMarginBps, enteredTaxBps, combinesWith, codeReserveBps };
}
