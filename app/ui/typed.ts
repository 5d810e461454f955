import type { DiscountValue, UnitValue } from '#app/domains/incentives/index.ts';
import { formatDecimal, parseDecimal } from '#app/shared/money.ts';

/** A discount as it is typed. */
export interface EditorValue {
  readonly type: 'percentage' | 'amount' | 'price';
  readonly percent: string;
  readonly amount: string;
}

/** A typed number, or NaN for the schema to refuse; `decimals` more digits than allowed are refused as well. */
export function typedNumber(text: string, decimals = 0): number {
  const plain = text.trim().replace(',', '.');
  const pattern = decimals === 0 ? /^\d+$/ : new RegExp(`^\\d+(\\.\\d{0,${String(decimals)}})?$`);
  return pattern.test(plain) ? Number(plain) : Number.NaN;
}

/** A typed percentage in basis points, or NaN. */
export function typedShare(text: string): number {
  return Math.round(typedNumber(text, 2) * 100);
}

/** A typed amount in minor units, or NaN where it is not one. */
export function typedMoney(text: string, currency: string): number {
  try {
    return parseDecimal(text.trim().replace(',', '.'), currency);
  } catch {
    return Number.NaN;
  }
}

/** A typed discount off a whole set. */
export function typedDiscount(value: EditorValue, currency: string): DiscountValue {
  return value.type === 'percentage'
    ? { type: 'percentage', basisPoints: typedShare(value.percent) }
    : { type: 'amount', minor: typedMoney(value.amount, currency) };
}

/** A typed discount of each unit, or the price that it has instead. */
export function typedUnitValue(value: EditorValue, currency: string): UnitValue {
  return value.type === 'price'
    ? { type: 'price', minor: typedMoney(value.amount, currency) }
    : typedDiscount(value, currency);
}

/** Basis points as somebody would type them: 1250 → "12.5". */
export function shareText(basisPoints: number): string {
  return formatDecimal(basisPoints, 'USD').replace(/\.?0+$/, '');
}

/** A stored discount as it is typed. */
export function valueText(value: UnitValue, currency: string): EditorValue {
  return value.type === 'percentage'
    ? { type: 'percentage', percent: shareText(value.basisPoints), amount: '' }
    : { type: value.type, percent: '10', amount: formatDecimal(value.minor, currency) };
}

/** What a shopper saves, as a part of a sentence: "10% off", "$2.00 off", "$5.00 each". */
export function valueWords(value: EditorValue, currency: string): string {
  if (value.type === 'percentage') return `${value.percent.trim() || '…'}% off`;
  const amount = `${value.amount.trim() || '…'} ${currency}`;
  return value.type === 'price' ? `for ${amount} each` : `${amount} off`;
}
