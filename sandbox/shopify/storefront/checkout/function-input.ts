import { graphql } from 'graphql';
import { isAbsent } from '../../absent.ts';
import type { SandboxDiscount, SandboxStore } from '../../model.ts';
import { toText } from '../../money.ts';
import { readSchema } from '../../schema/read-schema.ts';
import type { OfferLine } from '../cart/discounts.ts';

/** A metafield above this many bytes is not handed to a Function. Source: shopify.dev, Functions, limitations. */
const largestMetafield = 10_000;

/** A metafield of an owner as a Function gets it. */
export function metafieldOf(store: SandboxStore, ownerId: string) {
  return ({ namespace, key }: { namespace?: string; key: string }): unknown => {
    const space = (namespace ?? '$app').replace(/^\$app/, store.appNamespace());
    const found = store.metafield(ownerId, space, key);
    if (!found || Buffer.byteLength(found.value) > largestMetafield) return null;
    return {
      value: found.value,
      type: found.type,
      jsonValue: found.type === 'json' ? (JSON.parse(found.value) as unknown) : found.value,
    };
  };
}

/**
 * The input of a discount Function: its own query, run on Shopify's schema over the cart, so that a field which
 * Shopify would refuse is refused here too. Throws with the first GraphQL error.
 */
export async function functionInput(given: {
  readonly store: SandboxStore;
  readonly discount: SandboxDiscount;
  readonly query: string;
  readonly lines: readonly OfferLine[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly codes: readonly string[];
  /** the one that this discount is asked for */
  readonly code?: string;
  /** who is logged in */
  readonly customerId?: string | null;
  /** what its one way of delivery costs, minor units */
  readonly shipping: number;
  /** ISO 639-1 */
  readonly language: string;
}): Promise<unknown> {
  const { store, discount, lines } = given;
  const currencyCode = store.shop.currency;
  const money = (minor: number): unknown => ({ amount: toText(minor, currencyCode), currencyCode });
  const subtotal = lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0);
  const attributeOf =
    (values: Readonly<Record<string, string>>) =>
    ({ key }: { key: string }): unknown =>
      key in values ? { key, value: values[key] } : null;
  const rootValue = {
    cart: {
      attribute: attributeOf(given.attributes),
      buyerIdentity: isAbsent(given.customerId)
        ? null
        : {
            isAuthenticated: true,
            email: null,
            phone: null,
            purchasingCompany: null,
            customer: {
              id: `gid://shopify/Customer/${given.customerId}`,
              numberOfOrders: store.ordersOfCustomer(given.customerId).length,
            },
          },
      cost: {
        subtotalAmount: money(subtotal),
        totalAmount: money(subtotal),
        totalTaxAmount: null,
        totalDutyAmount: null,
      },
      // The store delivers everything together, in one way.
      deliveryGroups: [
        {
          id: 'gid://shopify/CartDeliveryGroup/0',
          groupType: 'ONE_TIME_PURCHASE',
          cartLines: [],
          deliveryOptions: [
            {
              handle: 'standard',
              code: 'Standard',
              cost: money(given.shipping),
              title: 'Standard',
              description: null,
              deliveryMethodType: 'SHIPPING',
            },
          ],
          deliveryAddress: null,
          selectedDeliveryOption: null,
        },
      ],
      deliverableLines: [],
      lines: lines.map((line) => ({
        id: line.id,
        quantity: line.quantity,
        attribute: attributeOf(line.properties),
        sellingPlanAllocation: null,
        cost: {
          amountPerQuantity: money(line.unitPrice),
          subtotalAmount: money(line.unitPrice * line.quantity),
          totalAmount: money(line.unitPrice * line.quantity),
          compareAtAmountPerQuantity: null,
        },
        merchandise: {
          __typename: 'ProductVariant',
          id: `gid://shopify/ProductVariant/${line.variant.id}`,
          sku: line.variant.sku,
          title: line.variant.title,
          requiresShipping: true,
          weight: null,
          metafield: metafieldOf(store, `gid://shopify/ProductVariant/${line.variant.id}`),
          product: {
            id: `gid://shopify/Product/${line.product.id}`,
            handle: line.product.handle,
            title: line.product.title,
            productType: line.product.productType,
            vendor: line.product.vendor,
            isGiftCard: line.product.isGiftCard,
            hasAnyTag: ({ tags }: { tags: string[] }) => tags.some((tag) => line.product.tags.includes(tag)),
            inAnyCollection: ({ ids }: { ids: string[] }) =>
              ids.some((id) => line.product.collectionIds.includes(id.slice(id.lastIndexOf('/') + 1))),
            metafield: metafieldOf(store, `gid://shopify/Product/${line.product.id}`),
          },
        },
      })),
    },
    discount: { discountClasses: discount.discountClasses, metafield: metafieldOf(store, discount.id) },
    enteredDiscountCodes: given.codes.map((code) => ({ code, rejectable: true })),
    triggeringDiscountCode: given.code ?? null,
    presentmentCurrencyRate: '1.0',
    localization: { country: { isoCode: 'DE' }, language: { isoCode: given.language.toUpperCase() } },
    shop: { metafield: metafieldOf(store, `gid://shopify/Shop/${store.shop.id}`) },
  };
  const result = await graphql({ schema: readSchema('functions_discount').schema, source: given.query, rootValue });
  const error = result.errors?.[0];
  if (error) throw new Error(`the Function's input query failed: ${error.message}`);
  return result.data;
}
