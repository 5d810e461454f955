import type { ShopRef, StoreDiscount } from '#app/platforms/platform.ts';
import { parseDecimal } from '#app/shared/money.ts';
import { readStoreCodesDocument } from '../documents/store-codes.ts';
import type { AdminClient } from '../graphql/client.ts';
import type { Answer } from '../graphql/document.ts';

/** Those that begin later are read as well: nobody tells us when they do. */
const searches = ['status:active', 'status:scheduled'];
/** Stores with more discounts than 1,800 of a kind make them by the thousand; their like is among these. */
const mostPages = 60;

/** The store's own discounts with codes. Amounts in the shop's currency. */
export async function readStoreCodes(client: AdminClient, shop: ShopRef): Promise<StoreDiscount[]> {
  const found: StoreDiscount[] = [];
  for (const search of searches) {
    let after: string | null = null;
    for (let page = 0; page < mostPages; page += 1) {
      const { codeDiscountNodes }: Answer<typeof readStoreCodesDocument> = await client.run(
        shop,
        readStoreCodesDocument,
        { after, search },
      );
      found.push(...codeDiscountNodes.nodes.flatMap(({ codeDiscount }) => toDiscount(codeDiscount) ?? []));
      if (!codeDiscountNodes.pageInfo.hasNextPage) break;
      after = codeDiscountNodes.pageInfo.endCursor ?? null;
    }
  }
  return found;
}

type Node = Answer<typeof readStoreCodesDocument>['codeDiscountNodes']['nodes'][number]['codeDiscount'];

const classes = { PRODUCT: 'product', ORDER: 'order', SHIPPING: 'shipping' } as const;
const isClass = (name: string): name is keyof typeof classes => name in classes;

/** Null for what an app of ours or another works out. */
function toDiscount(node: Node): StoreDiscount | null {
  const { codes, combinesWith, discountClasses = [], usageLimit } = node;
  if (!codes || !combinesWith) return null;
  return {
    codes: codes.nodes.map(({ code }) => code),
    hasMore: codes.pageInfo.hasNextPage,
    classes: discountClasses.filter(isClass).map((name) => classes[name]),
    value: valueOf(node),
    combinesWith: {
      product: combinesWith.productDiscounts,
      order: combinesWith.orderDiscounts,
      shipping: combinesWith.shippingDiscounts,
    },
    single: usageLimit === 1,
  };
}

/** What is free for what is bought, or comes off each item, may be all of a cart. */
function valueOf({ customerGets }: Node): StoreDiscount['value'] {
  const { percentage, amount, appliesOnEachItem } = customerGets?.value ?? {};
  if (percentage !== undefined) return { type: 'percentage', basisPoints: Math.ceil(percentage * 10_000 - 1e-6) };
  if (amount === undefined || appliesOnEachItem === true) return { type: 'percentage', basisPoints: 10_000 };
  return { type: 'amount', minor: parseDecimal(amount.amount, amount.currencyCode) };
}
