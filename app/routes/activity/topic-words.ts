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
  created: 'created',
  update: 'changed',
  updated: 'changed',
  delete: 'deleted',
  deleted: 'deleted',
  restored: 'restored',
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
  const [named = '', happening = ''] = topic.toLowerCase().split(/[/.]/);
  // Some name the one that it is about, some all of its kind.
  const thing = `${named}s` in things ? `${named}s` : named;
  return `${things[thing] ?? thing.replaceAll('_', ' ')} ${happenings[happening] ?? happening.replaceAll('_', ' ')}`.trim();
}
