/** Selections that the bulk export, the changes and the single read share: one mapping fits them all. */
export const productFields = `id handle title description(truncateAt: 5000) productType vendor tags status publishedAt isGiftCard sellingPlanGroupsCount { count }
  featuredMedia { preview { image { url } } } createdAt updatedAt`;

export const variantFields = `id title sku position price compareAtPrice inventoryQuantity inventoryPolicy
  inventoryItem { tracked unitCost { amount } }`;

export const collectionFields = 'id handle title';

export const customerFields = `id firstName defaultEmailAddress { emailAddress marketingState } defaultAddress { timeZone }
  locale tags createdAt updatedAt`;

const money = '{ shopMoney { amount currencyCode } }';

const address = '{ name address1 address2 zip city countryCodeV2 provinceCode phone }';

const allocations = `discountAllocations { allocatedAmountSet ${money} discountApplication { ... on AutomaticDiscountApplication { title } ... on DiscountCodeApplication { code } } }`;

/** The shipping line is the sum of all: a bulk operation takes no connection of them, as they are no nodes. */
export const orderFields = `id name email phone shippingAddress ${address} billingAddress ${address} createdAt processedAt updatedAt cancelledAt test taxesIncluded discountCodes customer { id } customAttributes { key value }
  totalDiscountsSet ${money} totalPriceSet ${money} totalRefundedSet ${money} refundDiscrepancySet ${money}
  shippingLine { originalPriceSet ${money} ${allocations} }`;

export const lineFields = `id title quantity currentQuantity product { id } variant { id } originalUnitPriceSet ${money}
  ${allocations}
  customAttributes { key value } taxLines { rate }
  lineItemGroup { id customAttributes { key value } }
  sellingPlan { sellingPlanId }`;
