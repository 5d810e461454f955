import { isAbsent } from './absent.ts';
import type { SandboxBulkOperation, SandboxDelivery, SandboxProductOperation, SandboxToken } from './admin-store.ts';
import type {
  SandboxCartTransform,
  SandboxCollection,
  SandboxCustomer,
  SandboxDiscount,
  SandboxMetafield,
  SandboxOrder,
  SandboxProduct,
  SandboxRedeemCode,
  SandboxRefund,
  SandboxThemeBlock,
} from './model.ts';
import type { SandboxValidation } from './validation.ts';

/** All records of a store, by id. */
export interface Tables {
  products: Map<string, SandboxProduct>;
  collections: Map<string, SandboxCollection>;
  customers: Map<string, SandboxCustomer>;
  orders: Map<string, SandboxOrder>;
  refunds: Map<string, SandboxRefund>;
  metafields: Map<string, SandboxMetafield>;
  discounts: Map<string, SandboxDiscount>;
  redeemCodes: Map<string, SandboxRedeemCode>;
  themeBlocks: Map<string, SandboxThemeBlock>;
  cartTransforms: Map<string, SandboxCartTransform>;
  validations: Map<string, SandboxValidation>;
  tokens: Map<string, SandboxToken>;
  deliveries: Map<string, SandboxDelivery>;
  bulkOperations: Map<string, SandboxBulkOperation>;
  productOperations: Map<string, SandboxProductOperation>;
}

/** Ways to find records other than by id, kept beside the tables. */
export function createIndex(tables: Tables) {
  const handles = new Map<string, string>();
  const variants = new Map<string, string>();
  const emails = new Map<string, string>();
  const orders = new Map<string, Set<string>>();
  const metafields = new Map<string, Map<string, string>>();

  const learn = (table: string, id: string): void => {
    if (table === 'products') {
      const product = tables.products.get(id);
      if (product === undefined) return;
      handles.set(product.handle, id);
      for (const variant of product.variants) variants.set(variant.id, id);
    } else if (table === 'customers') {
      const email = tables.customers.get(id)?.email;
      if (!isAbsent(email)) emails.set(email.toLowerCase(), id);
    } else if (table === 'orders') {
      const customerId = tables.orders.get(id)?.customerId;
      if (!isAbsent(customerId)) setFor(orders, customerId).add(id);
    } else if (table === 'metafields') {
      const metafield = tables.metafields.get(id);
      if (metafield === undefined) return;
      const owned = metafields.get(metafield.ownerId) ?? new Map<string, string>();
      metafields.set(metafield.ownerId, owned.set(`${metafield.namespace}/${metafield.key}`, id));
    }
  };
  const forget = (table: string, id: string): void => {
    if (table === 'products') {
      const product = tables.products.get(id);
      if (product === undefined) return;
      handles.delete(product.handle);
      for (const variant of product.variants) variants.delete(variant.id);
    } else if (table === 'customers') {
      const email = tables.customers.get(id)?.email;
      if (!isAbsent(email)) emails.delete(email.toLowerCase());
    } else if (table === 'orders') {
      const customerId = tables.orders.get(id)?.customerId;
      if (!isAbsent(customerId)) orders.get(customerId)?.delete(id);
    } else if (table === 'metafields') {
      const metafield = tables.metafields.get(id);
      if (metafield !== undefined) metafields.get(metafield.ownerId)?.delete(`${metafield.namespace}/${metafield.key}`);
    }
  };
  for (const table of ['products', 'customers', 'orders'] as const)
    for (const id of tables[table].keys()) learn(table, id);
  return { handles, variants, emails, orders, metafields, learn, forget };
}

function setFor(map: Map<string, Set<string>>, key: string): Set<string> {
  let set = map.get(key);
  if (set === undefined) {
    set = new Set();
    map.set(key, set);
  }
  return set;
}
