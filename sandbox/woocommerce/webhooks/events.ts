import type { WooChange, WooCustomer, WooOrder, WooRefund } from '../model.ts';

/** A topic that a change fires, and the id that its webhooks are called with. */
export interface TopicEvent {
  readonly topic: string;
  readonly arg: number;
}

/** An order in one of these is not there yet: leaving them is what makes it new. */
const drafts: readonly string[] = ['draft', 'auto-draft', 'checkout-draft'];
/** Changes of these are told nobody; those of a draft of the block checkout are. */
const hidden: readonly string[] = ['draft', 'auto-draft'];

/**
 * Topics that WooCommerce 11 fires for a change. Trashing is what `deleted` means: an object that is removed for
 * good says nothing, apart from a customer. A variation is told of as a product, by its own id.
 */
export function eventsOf(change: WooChange): TopicEvent[] {
  const { table, id } = change;
  switch (table) {
    case 'products':
      return postEvents('product', change);
    case 'coupons':
      return postEvents('coupon', change);
    case 'orders':
      return orderEvents(change);
    case 'refunds':
      return change.before === null && change.after !== null
        ? [{ topic: 'order.updated', arg: (change.after as WooRefund).orderId }]
        : [];
    case 'variations':
      if (change.after === null) return [];
      return [{ topic: change.before === null ? 'product.created' : 'product.updated', arg: id }];
    case 'customers':
      return customerEvents(change);
    default:
      return [];
  }
}

const statusOf = (record: WooChange['after']): string | null =>
  record !== null && 'status' in record ? record.status : null;

function postEvents(resource: 'product' | 'coupon', { id, before, after }: WooChange): TopicEvent[] {
  const was = statusOf(before);
  const is = statusOf(after);
  if (is === null) return [];
  const event = (name: string): TopicEvent => ({ topic: `${resource}.${name}`, arg: id });
  const published = resource === 'product' && is === 'publish' && was !== 'publish' ? [event('published')] : [];
  if (was === null) return [event('created'), ...published];
  if (is === 'trash') return was === 'trash' ? [] : [event('deleted')];
  if (was === 'trash') return [event('restored'), event('updated'), ...published];
  return [event('updated'), ...published];
}

function orderEvents({ id, before, after }: WooChange): TopicEvent[] {
  const was = (before as WooOrder | null)?.status ?? null;
  const is = (after as WooOrder | null)?.status ?? null;
  if (is === null || hidden.includes(is)) return [];
  if (was === null) return drafts.includes(is) ? [] : [{ topic: 'order.created', arg: id }];
  if (drafts.includes(was) && !drafts.includes(is)) return [{ topic: 'order.created', arg: id }];
  if (is === 'trash') return was === 'trash' ? [] : [{ topic: 'order.deleted', arg: id }];
  return [{ topic: was === 'trash' ? 'order.restored' : 'order.updated', arg: id }];
}

function customerEvents({ id, before, after }: WooChange): TopicEvent[] {
  if (after === null)
    return (before as WooCustomer | null)?.role === 'customer' ? [{ topic: 'customer.deleted', arg: id }] : [];
  return [{ topic: before === null ? 'customer.created' : 'customer.updated', arg: id }];
}
