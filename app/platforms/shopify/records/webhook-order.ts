import { z } from 'zod';
import { marks, readMark } from '#app/platforms/marks.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import { parseDecimal } from '#app/shared/money.ts';
import { toBuyer } from './buyer.ts';
import { goodwillOf } from './goodwill.ts';
import { toShipping } from './shipping.ts';
import { highestTax, rateOn, taxLines } from './tax.ts';

/** Ids come as numbers, above 2^53 as the text that the lossless parser kept. */
export const webhookId = z.union([z.number().int().nonnegative(), z.string().regex(/^\d{1,30}$/)]).transform(String);

/**
 * An instant as Shopify writes it. Only text is one (`null` would be read as 1970), and only of a year that the
 * database can hold. An order beyond that is read again.
 */
export const instant = z.iso.datetime({ offset: true }).transform((text, context) => {
  const at = new Date(text);
  const year = at.getUTCFullYear();
  if (year >= 1 && year <= 9999) return at;
  context.addIssue({ code: 'custom', message: 'is out of range' });
  return z.NEVER;
});

/** What we can hold: a decimal amount of at most 12 digits, a count of 32 bits. An order beyond that is read again. */
const decimal = z.string().regex(/^-?\d{1,12}(\.\d*)?$/);
const count = z.int32();

const properties = z.array(z.object({ name: z.string(), value: z.unknown() })).nullish();
/** Of a person: whatever is no text is as good as missing. */
const personal = z.string().nullish().catch(null);
const personalAddress = z
  .object({
    name: personal,
    address1: personal,
    address2: personal,
    zip: personal,
    city: personal,
    country_code: personal,
    province_code: personal,
    phone: personal,
  })
  .nullish()
  .catch(null);
const optionalId = webhookId.nullish().transform((id) => id ?? null);
const moneySet = z.object({ shop_money: z.object({ amount: decimal, currency_code: z.string() }) }).nullish();

const allocations = z
  .array(z.object({ amount: decimal, amount_set: moneySet, discount_application_index: count.nullish() }))
  .nullish();

/** What we rely on of the payload of orders/*. The REST shape, amounts in the shop's currency. */
export const webhookOrder = z.object({
  id: webhookId,
  name: z.string().default(''),
  created_at: instant,
  processed_at: instant.nullish(),
  updated_at: instant,
  cancelled_at: instant.nullish(),
  currency: z.string(),
  test: z.boolean().nullish(),
  taxes_included: z.boolean().nullish(),
  customer: z.object({ id: webhookId }).nullish(),
  email: personal,
  contact_email: personal,
  phone: personal,
  shipping_address: personalAddress,
  billing_address: personalAddress,
  note_attributes: properties,
  total_discounts: decimal.nullish(),
  total_price: decimal,
  discount_codes: z
    .array(z.object({ code: z.string(), amount: decimal.nullish(), type: z.string().nullish() }))
    .nullish(),
  discount_applications: z
    .array(z.object({ type: z.string().nullish(), title: z.string().nullish(), code: z.string().nullish() }))
    .nullish(),
  shipping_lines: z
    .array(
      z.object({
        price: decimal,
        price_set: moneySet,
        discount_allocations: allocations,
        is_removed: z.boolean().nullish(),
      }),
    )
    .nullish(),
  refunds: z
    .array(
      z.object({
        refund_line_items: z.array(z.object({ line_item_id: webhookId, quantity: count })).nullish(),
        order_adjustments: z
          .array(z.object({ amount: decimal, amount_set: moneySet, kind: z.string().nullish() }))
          .nullish(),
        transactions: z
          .array(z.object({ kind: z.string(), status: z.string(), amount: decimal, currency: z.string().nullish() }))
          .nullish(),
      }),
    )
    .nullish(),
  line_items: z.array(
    z.object({
      id: webhookId,
      product_id: optionalId,
      variant_id: optionalId,
      title: z.string().default(''),
      quantity: count,
      current_quantity: count.nullish(),
      price: decimal,
      price_set: moneySet,
      discount_allocations: allocations,
      properties,
      /** the bundle line that it was sold in */
      sales_line_item_group_id: optionalId,
      tax_lines: taxLines,
    }),
  ),
});

type Payload = z.infer<typeof webhookOrder>;

const asMarks = (list: z.infer<typeof properties>) =>
  (list ?? []).map(({ name, value }) => ({ key: name, value: typeof value === 'string' ? value : null }));

export function toOrderFromWebhook(payload: Payload): PlatformOrder {
  const { currency } = payload;
  const amount = (text: string | null | undefined, set?: z.infer<typeof moneySet>) =>
    parseDecimal(set?.shop_money.amount ?? text ?? '0', currency);
  const refundedUnits = new Map<string, number>();
  let refundedMinor = 0;
  let discrepancyMinor = 0;
  for (const refund of payload.refunds ?? []) {
    for (const line of refund.refund_line_items ?? [])
      refundedUnits.set(line.line_item_id, (refundedUnits.get(line.line_item_id) ?? 0) + line.quantity);
    for (const { kind, amount: off, amount_set: set } of refund.order_adjustments ?? [])
      if (kind !== 'shipping_refund') discrepancyMinor += amount(off, set);
    for (const transaction of refund.transactions ?? []) {
      if (transaction.kind === 'refund' && transaction.status === 'success')
        refundedMinor += amount(transaction.amount);
    }
  }
  const lines = payload.line_items.map((line) => ({
    id: line.id,
    productId: line.product_id,
    variantId: line.variant_id,
    title: line.title,
    quantity: line.quantity,
    unitPriceMinor: amount(line.price, line.price_set),
    discountMinor: (line.discount_allocations ?? []).reduce(
      (sum, allocation) => sum + amount(allocation.amount, allocation.amount_set),
      0,
    ),
    discounts: (line.discount_allocations ?? []).flatMap(
      ({ amount: off, amount_set: set, discount_application_index: at }) => {
        const applied = typeof at === 'number' ? payload.discount_applications?.[at] : undefined;
        return applied?.type === 'automatic' && applied.title ? { title: applied.title, minor: amount(off, set) } : [];
      },
    ),
    refundedQuantity:
      typeof line.current_quantity === 'number'
        ? Math.max(0, line.quantity - line.current_quantity)
        : (refundedUnits.get(line.id) ?? 0),
    bundleId: readMark(asMarks(line.properties), marks.bundle),
    source: readMark(asMarks(line.properties), marks.source),
  }));
  const shippingLines = payload.shipping_lines?.filter((line) => line.is_removed !== true);
  return {
    id: payload.id,
    name: payload.name,
    customerId: payload.customer?.id ?? null,
    placedAt: payload.processed_at ?? payload.created_at,
    updatedAt: payload.updated_at,
    cancelledAt: payload.cancelled_at ?? null,
    currency,
    subtotalMinor: lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0),
    discountMinor: amount(payload.total_discounts),
    totalMinor: amount(payload.total_price),
    refundedMinor,
    goodwillMinor: goodwillOf(
      { minor: discrepancyMinor, refundedMinor, taxesIncluded: payload.taxes_included ?? true },
      lines.map((line, index) => ({ ...line, rate: rateOn(payload.line_items[index]?.tax_lines) })),
    ),
    ...(shippingLines && {
      shipping: toShipping(
        shippingLines.reduce((sum, line) => sum + amount(line.price, line.price_set), 0),
        shippingLines.flatMap((line) =>
          (line.discount_allocations ?? []).map(({ amount: off, amount_set: set, discount_application_index: at }) => {
            const applied = typeof at === 'number' ? payload.discount_applications?.[at] : undefined;
            const title = applied?.type === 'automatic' ? applied.title : null;
            return { minor: amount(off, set), code: applied?.code, title };
          }),
        ),
      ),
    }),
    visitorId: readMark(asMarks(payload.note_attributes), marks.visitor),
    test: payload.test ?? false,
    codes: (payload.discount_codes ?? []).map(({ code, amount: off, type }) => ({
      code,
      // What comes off shipping is told by `shipping`, and `codes` are about goods, whoever tells of them.
      discountMinor: type === 'shipping' ? 0 : amount(off),
    })),
    referral: readMark(asMarks(payload.note_attributes), marks.referral),
    ...highestTax(payload.line_items.map((line) => line.tax_lines)),
    buyer: toBuyer({
      email: payload.email?.trim() ? payload.email : payload.contact_email,
      phones: [payload.phone, payload.shipping_address?.phone, payload.billing_address?.phone],
      addresses: [payload.shipping_address, payload.billing_address].map(
        (one) => one && { ...one, country: one.country_code, region: one.province_code },
      ),
    }),
    lines,
  };
}
