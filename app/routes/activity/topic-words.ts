const things: Readonly<Record<string, string>> = {
  orders: 'Order',
  products: 'Product',
  customers: 'Customer',
  inventory_levels: 'Stock',
  inventory_items: 'Stock item',
  app: 'App',
  shop: 'Store',
  bulk_operations: 'Export',
  refunds: 'Refund',
  collections: 'Collection',
};
const happenings: Readonly<Record<string, string>> = {
  create: 'created',
  update: 'changed',
  updated: 'changed',
  delete: 'deleted',
  cancelled: 'cancelled',
  paid: 'paid',
  finish: 'finished',
  uninstalled: 'uninstalled',
  scopes_update: 'permissions changed',
  data_request: 'data requested',
  redact: 'to be erased',
  edited: 'edited',
};

/** A webhook's topic in words ("orders/create" → "Order created"); unknown ones by their own name. */
export function topicWords(topic: string): string {
  const [thing = '', happening = ''] = topic.toLowerCase().split('/');
  return `${things[thing] ?? thing.replaceAll('_', ' ')} ${happenings[happening] ?? happening.replaceAll('_', ' ')}`.trim();
}
