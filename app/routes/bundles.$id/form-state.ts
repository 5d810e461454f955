import type { Bundle, BundleFormInput } from '#app/domains/bundles/index.ts';
import { formatDecimal, parseDecimal } from '#app/shared/money.ts';
import { fromLocalInput, toLocalInput } from '../../ui/local-time.ts';

/** What the editor holds: texts as typed, so that a half-typed number is not lost. */
export interface EditorForm {
  readonly title: string;
  readonly kind: 'fixed' | 'mix-and-match';
  readonly discountType: 'percentage' | 'amount';
  readonly percent: string;
  readonly amount: string;
  readonly pickCount: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly status: 'draft' | 'active' | 'paused';
  readonly items: readonly EditorItem[];
}

export interface EditorItem {
  readonly productId: string;
  readonly variantId: string | null;
  readonly quantity: string;
}

export interface ShopUnits {
  readonly currency: string;
  readonly timeZone: string;
}

export const emptyForm: EditorForm = {
  title: '',
  kind: 'fixed',
  discountType: 'percentage',
  percent: '10',
  amount: '',
  pickCount: '3',
  startsAt: '',
  endsAt: '',
  status: 'active',
  items: [],
};

/** Puts a stored bundle into the editor's texts. */
export function toEditorForm(bundle: Bundle, shop: ShopUnits): EditorForm {
  const { discount } = bundle;
  return {
    title: bundle.title,
    kind: bundle.kind,
    discountType: discount.type,
    percent:
      discount.type === 'percentage'
        ? formatDecimal(discount.basisPoints, 'USD').replace(/\.?0+$/, '')
        : emptyForm.percent,
    amount: discount.type === 'amount' ? formatDecimal(discount.minor, shop.currency) : '',
    pickCount: bundle.kind === 'mix-and-match' ? String(bundle.pickCount) : emptyForm.pickCount,
    startsAt: bundle.startsAt ? toLocalInput(bundle.startsAt, shop.timeZone) : '',
    endsAt: bundle.endsAt ? toLocalInput(bundle.endsAt, shop.timeZone) : '',
    status: bundle.status,
    items: bundle.items.map((item) => ({
      productId: item.productId,
      variantId: item.variantId,
      quantity: String(item.quantity),
    })),
  };
}

/** A typed number, or NaN for the schema to refuse; `decimals` more digits than allowed are refused as well. */
function typedNumber(text: string, decimals: number): number {
  const plain = text.trim().replace(',', '.');
  const pattern = decimals === 0 ? /^\d+$/ : new RegExp(`^\\d+(\\.\\d{0,${String(decimals)}})?$`);
  return pattern.test(plain) ? Number(plain) : Number.NaN;
}

/** A typed amount in minor units, or NaN where it is not one. */
function typedMoney(text: string, currency: string): number {
  try {
    return parseDecimal(text.trim().replace(',', '.'), currency);
  } catch {
    return Number.NaN;
  }
}

/** What is sent to the server; its schema decides what is valid. Unreadable numbers become null in JSON. */
export function toFormInput(form: EditorForm, shop: ShopUnits): BundleFormInput {
  const moment = (text: string): string =>
    text === '' ? '' : (fromLocalInput(text, shop.timeZone)?.toISOString() ?? text);
  return {
    title: form.title,
    kind: form.kind,
    discount:
      form.discountType === 'percentage'
        ? { type: 'percentage', basisPoints: Math.round(typedNumber(form.percent, 2) * 100) }
        : { type: 'amount', minor: typedMoney(form.amount, shop.currency) },
    pickCount: form.kind === 'mix-and-match' ? typedNumber(form.pickCount, 0) : 0,
    startsAt: moment(form.startsAt),
    endsAt: moment(form.endsAt),
    status: form.status,
    items: form.items.map((item) => ({
      productId: item.productId,
      variantId: item.variantId,
      quantity: form.kind === 'fixed' ? typedNumber(item.quantity, 0) : 1,
    })),
  };
}

/** Puts the picker's answer in place of the rows, keeping the quantity of rows that stay. */
export function withPicked(
  form: EditorForm,
  picked: readonly { productId: string; variantId: string | null }[],
): EditorForm {
  const items = picked.map(({ productId, variantId }) => {
    const before = form.items.find((item) => item.productId === productId && item.variantId === variantId);
    return before ?? { productId, variantId, quantity: '1' };
  });
  return { ...form, items };
}

const partsOf: Readonly<Record<string, readonly (keyof EditorForm)[]>> = {
  discount: ['discountType', 'percent', 'amount', 'items', 'kind'],
  items: ['items', 'kind'],
  pickCount: ['pickCount', 'kind'],
  startsAt: ['startsAt'],
  endsAt: ['startsAt', 'endsAt'],
};

/**
 * Whether a message about `field` (a path such as "items.0.quantity") that was given for `then` still speaks
 * of what the form holds `now`. An outdated one must not show up: it would be wrong, and the page would jump.
 */
export function stillApplies(field: string, then: EditorForm, now: EditorForm): boolean {
  const [first = ''] = field.split('.');
  const parts = partsOf[first] ?? (first in now ? [first as keyof EditorForm] : []);
  return parts.every((part) => then[part] === now[part]);
}
