import { bulkQuery, readBulkDocument, runningBulksDocument, startBulkDocument } from './bulk.ts';
import {
  createDiscountDocument,
  createPixelDocument,
  deleteDiscountDocument,
  deleteMetafieldsDocument,
  findDiscountsDocument,
  readPixelDocument,
  setMetafieldsDocument,
  updateDiscountDocument,
  updatePixelDocument,
} from './publish.ts';
import {
  changedCustomersDocument,
  changedOrdersDocument,
  changedProductsDocument,
  missingCustomersDocument,
  missingOrdersDocument,
  missingProductsDocument,
  readCustomerDocument,
  readInventoryItemDocument,
  readOrderDocument,
  readProductDocument,
} from './records.ts';
import { readShopDocument } from './shop.ts';

const since = new Date(0);

/** Every text that is sent to the Admin API, for the check against Shopify's schema. */
export const documents: readonly { readonly name: string; readonly text: string }[] = [
  readShopDocument,
  startBulkDocument,
  readBulkDocument,
  runningBulksDocument,
  readProductDocument,
  readOrderDocument,
  readCustomerDocument,
  readInventoryItemDocument,
  changedProductsDocument,
  changedCustomersDocument,
  changedOrdersDocument,
  missingProductsDocument,
  missingCustomersDocument,
  missingOrdersDocument,
  setMetafieldsDocument,
  deleteMetafieldsDocument,
  findDiscountsDocument,
  createDiscountDocument,
  updateDiscountDocument,
  deleteDiscountDocument,
  createPixelDocument,
  readPixelDocument,
  updatePixelDocument,
  { name: 'bulk products', text: bulkQuery('products', since) },
  { name: 'bulk customers', text: bulkQuery('customers', since) },
  { name: 'bulk orders', text: bulkQuery('orders', null) },
];
