import { z } from 'zod';
import { adminDocument } from '../graphql/document.ts';
import { customerNode } from '../records/customer.ts';
import { lineNode, orderNode } from '../records/order.ts';
import { collectionNode, productNode, variantNode } from '../records/product.ts';
import { collectionFields, customerFields, lineFields, orderFields, productFields, variantFields } from './fields.ts';

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });
const page = <Node extends z.ZodType>(node: Node) => z.object({ nodes: z.array(node), pageInfo });
const changedIds = page(z.object({ id: z.string(), updatedAt: z.coerce.date() }));

/** One product with its first variants and collections. */
export const readProductDocument = adminDocument(
  'ReadProduct',
  `query ReadProduct($id: ID!, $after: String) { product(id: $id) { ${productFields}
    variants(first: 100, after: $after) { nodes { ${variantFields} } pageInfo { hasNextPage endCursor } }
    collections(first: 100) { nodes { ${collectionFields} } pageInfo { hasNextPage endCursor } } } }`,
  z.object({
    product: productNode.extend({ variants: page(variantNode), collections: page(collectionNode) }).nullish(),
  }),
);

export const readOrderDocument = adminDocument(
  'ReadOrder',
  `query ReadOrder($id: ID!, $after: String) { order(id: $id) { ${orderFields}
    lineItems(first: 50, after: $after) { nodes { ${lineFields} } pageInfo { hasNextPage endCursor } } } }`,
  z.object({ order: orderNode.extend({ lineItems: page(lineNode) }).nullish() }),
);

export const readCustomerDocument = adminDocument(
  'ReadCustomer',
  `query ReadCustomer($id: ID!) { customer(id: $id) { ${customerFields} } }`,
  z.object({ customer: customerNode.nullish() }),
);

/** Which product an inventory item belongs to. */
export const readInventoryItemDocument = adminDocument(
  'ReadInventoryItem',
  `query ReadInventoryItem($id: ID!) { inventoryItem(id: $id) { variants(first: 1) { nodes { product { id } } } } }`,
  z.object({
    inventoryItem: z
      .object({ variants: z.object({ nodes: z.array(z.object({ product: z.object({ id: z.string() }) })) }).nullish() })
      .nullish(),
  }),
);

const missing = (name: string, field: string) =>
  `query ${name}($ids: [ID!]!) { nodes(ids: $ids) { id } probe: ${field}(first: 1) { nodes { id } } }`;

// Where we may not see a type at all, its nodes are null as if they were gone: then the probe is missing, too,
// and the answer is refused.
const presence = z.object({
  nodes: z.array(z.object({ id: z.string() }).nullable()),
  probe: z.object({ nodes: z.array(z.object({ id: z.string() })) }),
});

export const missingProductsDocument = adminDocument(
  'MissingProducts',
  missing('MissingProducts', 'products'),
  presence,
);
export const missingCustomersDocument = adminDocument(
  'MissingCustomers',
  missing('MissingCustomers', 'customers'),
  presence,
);
export const missingOrdersDocument = adminDocument('MissingOrders', missing('MissingOrders', 'orders'), presence);

const changes = (name: string, field: string) =>
  `query ${name}($query: String!, $after: String) { ${field}(first: 20, after: $after, sortKey: UPDATED_AT, query: $query) {
    nodes { id updatedAt } pageInfo { hasNextPage endCursor } } }`;

export const changedProductsDocument = adminDocument(
  'ChangedProducts',
  changes('ChangedProducts', 'products'),
  z.object({ products: changedIds }),
);
export const changedCustomersDocument = adminDocument(
  'ChangedCustomers',
  changes('ChangedCustomers', 'customers'),
  z.object({ customers: changedIds }),
);
export const changedOrdersDocument = adminDocument(
  'ChangedOrders',
  changes('ChangedOrders', 'orders'),
  z.object({ orders: changedIds }),
);
