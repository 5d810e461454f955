import { z } from 'zod';
import { marks, readMark } from '#app/platforms/marks.ts';
import type { OrderCode, PlatformOrder, PlatformOrderLine, PlatformShipping } from '#app/platforms/platform.ts';
import { parseDecimal } from '#app/shared/money.ts';
import { fromGid } from '../ids.ts';
import { toBuyer } from './buyer.ts';
import { goodwillOf } from './goodwill.ts';
import { toShipping } from './shipping.ts';
import { highestTax, rateOn, taxLines } from './tax.ts';

const money = z.object({ shopMoney: z.object({ amount: z.string(), currencyCode: z.string() }) });
const reference = z.object({ id: z.string() }).nullish();
const attributes = z.array(z.object({ key: z.string(), value: z.string().nullish() }));

const allocations = z.array(
  z.object({
    allocatedAmountSet: money,
    // Automatic discounts are asked for their title, codes for themselves.
    discountApplication: z.object({ title: z.string().nullish(), code: z.string().nullish() }).nullish(),
  }),
);

export const lineNode = z.object({
  id: z.string(),
  title: z.string(),
  quantity: z.number().int(),
  currentQuantity: z.number().int(),
  product: reference,
  variant: reference,
  originalUnitPriceSet: money,
  discountAllocations: allocations,
  customAttributes: attributes,
  /** the bundle line that it was sold in */
  lineItemGroup: z.object({ id: z.string(), customAttributes: attributes }).nullish(),
  sellingPlan: z.object({}).nullish(),
  taxLines,
});

const addressNode = z.object({
  name: z.string().nullish(),
  address1: z.string().nullish(),
  address2: z.string().nullish(),
  zip: z.string().nullish(),
  city: z.string().nullish(),
  countryCodeV2: z.string().nullish(),
  provinceCode: z.string().nullish(),
  phone: z.string().nullish(),
});

/** An order without its lines. Amounts are in the shop's currency (`shopMoney`). */
export const orderNode = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.coerce.date(),
  processedAt: z.coerce.date().nullish(),
  updatedAt: z.coerce.date(),
  cancelledAt: z.coerce.date().nullish(),
  test: z.boolean(),
  taxesIncluded: z.boolean(),
  discountCodes: z.array(z.string()).default([]),
  // These are null until protected customer data of level 2 is approved.
  email: z.string().nullish(),
  phone: z.string().nullish(),
  shippingAddress: addressNode.nullish(),
  billingAddress: addressNode.nullish(),
  customer: reference,
  customAttributes: attributes,
  totalDiscountsSet: money.nullish(),
  totalPriceSet: money,
  totalRefundedSet: money.nullish(),
  refundDiscrepancySet: money.nullish(),
  // Null for what is not sent.
  shippingLine: z.object({ originalPriceSet: money, discountAllocations: allocations }).nullish(),
});

export type OrderNode = z.infer<typeof orderNode>;
export type LineNode = z.infer<typeof lineNode>;

const amount = (value: z.infer<typeof money> | null | undefined) =>
  value ? parseDecimal(value.shopMoney.amount, value.shopMoney.currencyCode) : 0;

function toLine(node: LineNode): PlatformOrderLine {
  return {
    id: fromGid(node.id),
    productId: node.product ? fromGid(node.product.id) : null,
    variantId: node.variant ? fromGid(node.variant.id) : null,
    title: node.title,
    quantity: node.quantity,
    unitPriceMinor: amount(node.originalUnitPriceSet),
    discountMinor: node.discountAllocations.reduce((sum, allocation) => sum + amount(allocation.allocatedAmountSet), 0),
    discounts: node.discountAllocations.flatMap(({ discountApplication, allocatedAmountSet }) =>
      discountApplication?.title ? { title: discountApplication.title, minor: amount(allocatedAmountSet) } : [],
    ),
    refundedQuantity: Math.max(0, node.quantity - node.currentQuantity),
    // Our own Function marked the bundle's line; the components' marks are the shopper's.
    bundleId:
      readMark(node.lineItemGroup?.customAttributes ?? [], marks.bundle) ??
      readMark(node.customAttributes, marks.bundle),
    source: readMark(node.customAttributes, marks.source),
    // Of a plan that was deleted since there is no id any more, but the line was bought with it.
    sellingPlan: (node.sellingPlan ?? null) !== null,
  };
}

/** The order's codes; what one took off shipping alone is not told by line and counts as nothing. */
function codesOf(node: OrderNode, lines: readonly LineNode[]): OrderCode[] {
  const allocations = lines.flatMap((line) => line.discountAllocations);
  return node.discountCodes.map((code) => {
    const own = allocations.filter((part) => part.discountApplication?.code?.toUpperCase() === code.toUpperCase());
    return { code, discountMinor: own.reduce((sum, part) => sum + amount(part.allocatedAmountSet), 0) };
  });
}

function shippingOf({ shippingLine: line }: OrderNode): PlatformShipping | undefined {
  if (line === undefined) return undefined;
  return toShipping(
    amount(line?.originalPriceSet),
    (line?.discountAllocations ?? []).map(({ allocatedAmountSet, discountApplication }) => ({
      minor: amount(allocatedAmountSet),
      code: discountApplication?.code,
      title: discountApplication?.title,
    })),
  );
}

/** `placedAt` is when the buyer ordered: for orders brought over from another system that is `processedAt`. */
export function toOrder(node: OrderNode, lineNodes: readonly LineNode[]): PlatformOrder {
  const lines = lineNodes.map(toLine);
  const refundedMinor = amount(node.totalRefundedSet);
  const shipping = shippingOf(node);
  return {
    id: fromGid(node.id),
    name: node.name,
    customerId: node.customer ? fromGid(node.customer.id) : null,
    placedAt: node.processedAt ?? node.createdAt,
    updatedAt: node.updatedAt,
    cancelledAt: node.cancelledAt ?? null,
    currency: node.totalPriceSet.shopMoney.currencyCode,
    subtotalMinor: lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0),
    discountMinor: amount(node.totalDiscountsSet),
    totalMinor: amount(node.totalPriceSet),
    refundedMinor,
    goodwillMinor: goodwillOf(
      { minor: amount(node.refundDiscrepancySet), refundedMinor, taxesIncluded: node.taxesIncluded },
      lines.map((line, index) => ({ ...line, rate: rateOn(lineNodes[index]?.taxLines) })),
    ),
    ...(shipping && { shipping }),
    visitorId: readMark(node.customAttributes, marks.visitor),
    test: node.test,
    codes: codesOf(node, lineNodes),
    referral: readMark(node.customAttributes, marks.referral),
    ...highestTax(lineNodes.map((line) => line.taxLines)),
    buyer: toBuyer({
      email: node.email,
      phones: [node.phone, node.shippingAddress?.phone, node.billingAddress?.phone],
      addresses: [node.shippingAddress, node.billingAddress].map(
        (one) => one && { ...one, country: one.countryCodeV2, region: one.provinceCode },
      ),
    }),
    lines,
  };
}
