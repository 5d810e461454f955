import { graphql } from 'graphql';
import type { SandboxCartTransform, SandboxStore } from '../../model.ts';
import { toText } from '../../money.ts';
import { readSchema } from '../../schema/read-schema.ts';
import type { OfferLine } from '../cart/discounts.ts';

/** A metafield above this many bytes is not handed to a Function. Source: shopify.dev, Functions, limitations. */
const largestMetafield = 10_000;

/**
 * The input of a cart transform: its own query, run on Shopify's schema over the cart, so that a field which
 * Shopify would refuse is refused here too. Throws with the first GraphQL error.
 */
export async function transformInput(given: {
  readonly store: SandboxStore;
  readonly transform: SandboxCartTransform;
  readonly query: string;
  readonly lines: readonly OfferLine[];
}): Promise<unknown> {
  const { store, transform } = given;
  const currencyCode = store.shop.currency;
  const money = (minor: number): unknown => ({ amount: toText(minor, currencyCode), currencyCode });
  const metafield = ({ namespace, key }: { namespace?: string; key: string }): unknown => {
    const found = store.metafield(transform.id, (namespace ?? '$app').replace(/^\$app/, store.appNamespace()), key);
    if (!found || Buffer.byteLength(found.value) > largestMetafield) return null;
    const jsonValue: unknown = found.type === 'json' ? JSON.parse(found.value) : found.value;
    return { value: found.value, type: found.type, jsonValue };
  };
  const rootValue = {
    cart: {
      lines: given.lines.map((line) => ({
        id: line.id,
        quantity: line.quantity,
        attribute: ({ key }: { key: string }): unknown =>
          key in line.properties ? { key, value: line.properties[key] } : null,
        sellingPlanAllocation: null,
        cost: {
          amountPerQuantity: money(line.unitPrice),
          subtotalAmount: money(line.unitPrice * line.quantity),
          totalAmount: money(line.unitPrice * line.quantity),
        },
        merchandise: {
          __typename: 'ProductVariant',
          id: `gid://shopify/ProductVariant/${line.variant.id}`,
          title: line.variant.title,
          sku: line.variant.sku,
          product: {
            id: `gid://shopify/Product/${line.product.id}`,
            handle: line.product.handle,
            title: line.product.title,
            isGiftCard: line.product.isGiftCard,
          },
        },
      })),
    },
    cartTransform: { metafield },
    presentmentCurrencyRate: '1.0',
  };
  const { schema } = readSchema('functions_cart_transform');
  const result = await graphql({ schema, source: given.query, rootValue });
  const error = result.errors?.[0];
  if (error) throw new Error(`the cart transform's input query failed: ${error.message}`);
  return result.data;
}
