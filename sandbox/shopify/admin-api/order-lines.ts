import type { SandboxOrder, SandboxOrderLine } from '../model.ts';
import { toMinor } from '../money.ts';
import { taxesOn } from '../tax.ts';
import type { Resolvers } from './context.ts';
import { variantNode } from './products.ts';
import { gid, minorBag, money, moneyBag } from './values.ts';

/** A line as the API gives it out: it knows its order. */
export interface LineNode {
  readonly id: string;
  readonly order: SandboxOrder;
  readonly line: SandboxOrderLine;
}

/** What discounts took off a line, in minor units: all of them, or those of the classes asked for. */
export const discountOf = (
  line: SandboxOrderLine,
  order: SandboxOrder,
  only: (target: string) => boolean = () => true,
): number =>
  line.discountAllocations
    .filter((part) => only(order.discountApplications[part.applicationIndex]?.targetClass ?? 'ORDER'))
    .reduce((total, part) => total + toMinor(part.amount, order.currency), 0);
const grossOf = (line: SandboxOrderLine, order: SandboxOrder): number =>
  toMinor(line.price, order.currency) * line.quantity;
/** Minor units for all units, as they were ordered. */
export const paidFor = (line: SandboxOrderLine, order: SandboxOrder): number =>
  grossOf(line, order) - discountOf(line, order);
export const currentQuantity = (line: SandboxOrderLine): number => line.quantity - line.refundedQuantity;

/** One of an order's discounts, with what it took off all lines and shipping. */
export function application(order: SandboxOrder, index: number) {
  const applied = order.discountApplications[index];
  if (applied === undefined) throw new Error(`${order.name} has no discount application ${index.toString()}`);
  const total = [
    ...order.lines.flatMap((line) => line.discountAllocations),
    ...(order.shippingDiscount ? [order.shippingDiscount] : []),
  ]
    .filter((part) => part.applicationIndex === index)
    .reduce((all, part) => all + Number(part.amount), 0);
  return {
    __typename: applied.kind === 'CODE' ? 'DiscountCodeApplication' : 'AutomaticDiscountApplication',
    index,
    title: applied.title,
    code: applied.title,
    allocationMethod: 'ACROSS',
    targetSelection: applied.targetClass === 'PRODUCT' ? 'ENTITLED' : 'ALL',
    targetType: applied.targetClass === 'SHIPPING' ? 'SHIPPING_LINE' : 'LINE_ITEM',
    value: { __typename: 'MoneyV2', ...money(total.toFixed(2), order.currency) },
  };
}

const allocationOf = (order: SandboxOrder, part: { amount: string; applicationIndex: number }) => ({
  allocatedAmount: money(part.amount, order.currency),
  allocatedAmountSet: moneyBag(part.amount, order.currency),
  discountApplication: application(order, part.applicationIndex),
});

/** What delivery costs before discounts, minor units. */
export const shippingBefore = ({ totalShipping, shippingDiscount, currency }: SandboxOrder): number =>
  toMinor(totalShipping, currency) + toMinor(shippingDiscount?.amount ?? '0', currency);

/** The one way of delivery of an order. */
export const shippingLine = (order: SandboxOrder) => ({
  id: gid('ShippingLine', order.id),
  title: 'Standard',
  code: 'Standard',
  source: 'shopify',
  custom: false,
  isRemoved: false,
  originalPriceSet: minorBag(shippingBefore(order), order.currency),
  discountedPriceSet: moneyBag(order.totalShipping, order.currency),
  currentDiscountedPriceSet: moneyBag(order.totalShipping, order.currency),
  taxLines: [],
  discountAllocations: order.shippingDiscount ? [allocationOf(order, order.shippingDiscount)] : [],
});

const lineBag = (minor: (node: LineNode) => number) => (node: LineNode) => minorBag(minor(node), node.order.currency);

export const lineResolvers: Resolvers<LineNode> = {
  'LineItem.id': ({ line }) => gid('LineItem', line.id),
  'LineItem.title': ({ line }) => line.title,
  'LineItem.name': ({ line }) => line.title,
  'LineItem.sku': ({ line }) => line.sku,
  'LineItem.quantity': ({ line }) => line.quantity,
  'LineItem.currentQuantity': ({ line }) => currentQuantity(line),
  'LineItem.refundableQuantity': ({ line }) => currentQuantity(line),
  'LineItem.unfulfilledQuantity': ({ line }) => currentQuantity(line),
  'LineItem.isGiftCard': () => false,
  'LineItem.sellingPlan': ({ line }) => line.sellingPlan ?? null,
  'LineItem.requiresShipping': () => true,
  'LineItem.taxable': () => true,
  'LineItem.taxLines': ({ line, order }) =>
    taxesOn(order, line).map(({ rate, minor }) => ({
      title: 'VAT',
      rate,
      ratePercentage: rate * 100,
      priceSet: minorBag(minor, order.currency),
      channelLiable: false,
    })),
  'LineItem.customAttributes': ({ line }) => line.customAttributes,
  'LineItem.product': ({ line }, _args, context) => context.store.products.get(line.productId ?? '') ?? null,
  'LineItem.variant': ({ line }, _args, context) => {
    const found = line.variantId === null ? null : context.store.variant(line.variantId);
    return found === null ? null : variantNode(found.product, found.variant);
  },
  'LineItem.variantTitle': ({ line }, _args, context) =>
    context.store.variant(line.variantId ?? '')?.variant.title ?? null,
  'LineItem.vendor': ({ line }, _args, context) => context.store.products.get(line.productId ?? '')?.vendor ?? null,
  'LineItem.originalUnitPriceSet': ({ line, order }) => moneyBag(line.price, order.currency),
  'LineItem.originalTotalSet': lineBag(({ line, order }) => grossOf(line, order)),
  'LineItem.totalDiscountSet': lineBag(({ line, order }) => discountOf(line, order, (target) => target === 'PRODUCT')),
  'LineItem.discountedTotalSet': lineBag(
    ({ line, order }) => grossOf(line, order) - discountOf(line, order, (target) => target === 'PRODUCT'),
  ),
  'LineItem.discountedUnitPriceSet': lineBag(({ line, order }) =>
    Math.round((grossOf(line, order) - discountOf(line, order, (target) => target === 'PRODUCT')) / line.quantity),
  ),
  'LineItem.discountedUnitPriceAfterAllDiscountsSet': lineBag(({ line, order }) =>
    Math.round(paidFor(line, order) / line.quantity),
  ),
  'LineItem.lineItemGroup': ({ line }) =>
    line.group === undefined
      ? null
      : {
          ...line.group,
          id: gid('LineItemGroup', line.group.id),
          productId: gid('Product', line.group.productId),
          variantId: gid('ProductVariant', line.group.variantId),
          variantSku: null,
        },
  'LineItem.discountAllocations': ({ line, order }) =>
    line.discountAllocations.map((part) => allocationOf(order, part)),
};
