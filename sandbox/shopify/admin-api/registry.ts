import { bulkLists, bulkMutations, bulkQueries, bulkResolvers } from './bulk-queries.ts';
import { cartTransformLists, cartTransformMutations, cartTransformResolvers } from './cart-transforms.ts';
import { codeAppLists, codeAppMutations, codeAppQueries, codeAppResolvers } from './code-app-discounts.ts';
import {
  codeDiscountLists,
  codeDiscountMutations,
  codeDiscountQueries,
  codeDiscountResolvers,
} from './code-discounts.ts';
import type { AdminContext, Arguments, Lister, Resolver } from './context.ts';
import { customerLists, customerQueries, customerResolvers } from './customers.ts';
import { discountLists, discountMutations, discountQueries, discountResolvers } from './discounts.ts';
import { giftMutations } from './gifts.ts';
import { metafieldMutations, metafieldResolvers, ownedMetafield, ownedMetafieldLists } from './metafields.ts';
import { lineResolvers } from './order-lines.ts';
import {
  findOrder,
  orderLists,
  orderResolvers,
  refundLists,
  refundResolvers,
  salesLists,
  salesQueries,
} from './orders.ts';
import {
  bundleLists,
  bundleMutations,
  bundleOperationResolvers,
  bundleQueries,
  bundleResolvers,
} from './product-bundles.ts';
import { productMutations } from './product-changes.ts';
import {
  catalogLists,
  catalogQueries,
  collectionResolvers,
  findInventoryItem,
  findVariant,
  productLists,
  productResolvers,
  variantResolvers,
} from './products.ts';
import {
  functionLists,
  functionResolvers,
  installationResolvers,
  pixelMutations,
  pixelResolvers,
  shopQueries,
  shopResolvers,
} from './shop.ts';
import { validationLists, validationMutations, validationResolvers } from './validations.ts';
import { tagMutations } from './tags.ts';
import { idIn } from './values.ts';

type Loose<T> = (source: T, args: Arguments, context: AdminContext) => unknown;

/** Anything with an id, with the type that it has in the schema. */
function node(context: AdminContext, id: unknown): object | null {
  const { store } = context;
  const type = /^gid:\/\/shopify\/([A-Za-z]+)\/\d+/.exec(typeof id === 'string' ? id : '')?.[1] ?? '';
  const digits = idIn(id, type);
  const finders: Readonly<Record<string, () => object | null | undefined>> = {
    Product: () => scoped(context, 'read_products', store.products.get(digits ?? '')),
    ProductVariant: () => scoped(context, 'read_products', findVariant(context, digits)),
    InventoryItem: () => scoped(context, 'read_products', findInventoryItem(context, digits)),
    Collection: () => scoped(context, 'read_products', store.collections.get(digits ?? '')),
    Customer: () => scoped(context, 'read_customers', store.customers.get(digits ?? '')),
    Order: () => scoped(context, 'read_orders', findOrder(context, digits)),
    BulkOperation: () => store.bulkOperations.get(digits ?? ''),
    AppInstallation: () => (digits === store.installation?.id ? store.installation : null),
    DiscountAutomaticNode: () => scoped(context, 'read_discounts', store.discounts.get(id as string)),
    Shop: () => (digits === store.shop.id ? store.shop : null),
  };
  const found = finders[type]?.() ?? null;
  return found === null ? null : { __typename: type, ...found };
}

function scoped<T>(context: AdminContext, scope: string, value: T): T | null {
  return context.scopes.has(scope) ? value : null;
}

const everything: Readonly<Record<string, unknown>> = {
  ...productResolvers,
  ...variantResolvers,
  ...collectionResolvers,
  ...catalogQueries,
  ...orderResolvers,
  ...lineResolvers,
  ...refundResolvers,
  ...salesQueries,
  ...customerResolvers,
  ...customerQueries,
  ...metafieldResolvers,
  ...metafieldMutations,
  ...ownedMetafield,
  ...discountResolvers,
  ...discountMutations,
  ...discountQueries,
  ...codeDiscountResolvers,
  ...codeDiscountMutations,
  ...codeDiscountQueries,
  ...codeAppResolvers,
  ...codeAppMutations,
  ...codeAppQueries,
  ...giftMutations,
  ...tagMutations,
  ...shopResolvers,
  ...installationResolvers,
  ...shopQueries,
  ...pixelResolvers,
  ...pixelMutations,
  ...functionResolvers,
  ...cartTransformMutations,
  ...cartTransformResolvers,
  ...validationMutations,
  ...validationResolvers,
  ...bundleMutations,
  ...bundleQueries,
  ...bundleOperationResolvers,
  ...bundleResolvers,
  ...productMutations,
  ...bulkMutations,
  ...bulkQueries,
  ...bulkResolvers,
  'QueryRoot.node': ((_source, args, context) => node(context, args['id'])) satisfies Resolver<unknown>,
  'QueryRoot.nodes': ((_source, args, context) =>
    (args['ids'] as unknown[]).map((id) => node(context, id))) satisfies Resolver<unknown>,
};
const lists: Readonly<Record<string, unknown>> = {
  ...productLists,
  ...catalogLists,
  ...orderLists,
  ...refundLists,
  ...salesLists,
  ...customerLists,
  ...ownedMetafieldLists,
  ...discountLists,
  ...codeAppLists,
  ...codeDiscountLists,
  ...functionLists,
  ...cartTransformLists,
  ...validationLists,
  ...bundleLists,
  ...bulkLists,
};

/** What answers `Type.field`; a source is what the parent's resolver gave, so its type cannot be told here. */
export const resolverOf = (key: string): Loose<unknown> | undefined => everything[key] as Resolver<unknown> | undefined;
export const listerOf = (key: string): Lister<unknown> | undefined => lists[key] as Lister<unknown> | undefined;
