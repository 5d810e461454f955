/** Where somebody lives, as typed at the checkout. */
export interface SandboxAddress {
  name: string;
  address1: string;
  zip: string;
  city: string;
  phone: string | null;
}

export interface SandboxOrder {
  id: string;
  name: string;
  customerId: string | null;
  email: string | null;
  createdAt: string;
  updatedAt: string;
  cancelledAt: string | null;
  currency: string;
  test: boolean;
  /** where it goes to; left out = the customer's home */
  address?: SandboxAddress;
  customAttributes: { key: string; value: string }[];
  discountApplications: { title: string; kind: 'AUTOMATIC' | 'CODE'; targetClass: 'PRODUCT' | 'ORDER' | 'SHIPPING' }[];
  lines: SandboxOrderLine[];
  subtotal: string;
  totalDiscounts: string;
  totalShipping: string;
  /** what came off shipping before that, index into discountApplications; left out = nothing */
  shippingDiscount?: { amount: string; applicationIndex: number };
  totalTax: string;
  total: string;
  totalRefunded: string;
}

export interface SandboxOrderLine {
  id: string;
  productId: string | null;
  variantId: string | null;
  title: string;
  sku: string;
  quantity: number;
  refundedQuantity: number;
  /** per unit, before discounts */
  price: string;
  customAttributes: { key: string; value: string }[];
  /** index into the order's discountApplications */
  discountAllocations: { amount: string; applicationIndex: number }[];
  /** the bundle that it was sold in */
  group?: SandboxLineGroup;
  /** what it was bought with; left out = once */
  sellingPlan?: { sellingPlanId: string; name: string };
}

/** The line of the cart that a bundle was; its components are the order's lines. */
export interface SandboxLineGroup {
  id: string;
  title: string;
  quantity: number;
  productId: string;
  variantId: string;
  customAttributes: { key: string; value: string }[];
}

/** A refund as Shopify keeps it: never changed after it was made. */
export interface SandboxRefund {
  id: string;
  orderId: string;
  createdAt: string;
  restock: boolean;
  lines: { id: string; lineId: string; quantity: number; subtotal: string }[];
  /** paid back, shop currency */
  amount: string;
  /** of that, shipping; left out = none */
  shipping?: string;
  /** paid back beyond what lines and shipping come to; left out = nothing */
  beyond?: string;
}

/** Amounts that a refund gives back beside its lines. */
export interface RefundBeside {
  readonly shipping?: string;
  readonly beyond?: string;
}

/** What the checkout hands over; the store gives it ids, a name and times, and takes the stock down. */
export interface SandboxOrderDraft {
  customerId: string | null;
  email: string | null;
  address?: SandboxAddress;
  customAttributes: { key: string; value: string }[];
  discountApplications: SandboxOrder['discountApplications'];
  lines: Omit<SandboxOrderLine, 'id' | 'refundedQuantity'>[];
  subtotal: string;
  totalDiscounts: string;
  totalShipping: string;
  /** what came off shipping before that, index into discountApplications; left out = nothing */
  shippingDiscount?: { amount: string; applicationIndex: number };
  totalTax: string;
  total: string;
}
