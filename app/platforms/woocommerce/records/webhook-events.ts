import { z } from 'zod';
import { type PlatformEvent, PlatformRefusal } from '#app/platforms/platform.ts';
import { parseLossless } from '#app/shared/lossless-json.ts';
import { needsStoreCurrency } from './exchange.ts';
import { toOrder } from './order.ts';
import { wooOrder } from './read-order.ts';
import { gmt, recordId, text } from './values.ts';

const named = z.object({ id: recordId, date_modified_gmt: gmt });
const product = named.extend({ parent_id: recordId.catch('0'), type: text });

/** A body is built when it is delivered: "created" and "updated" say the same, the state of now. */
function orderChanged(payload: unknown): PlatformEvent {
  const whole = wooOrder.safeParse(payload);
  // Changed and then thrown away before its change was told.
  if (whole.success && whole.data.status === 'trash') return { type: 'order-deleted', id: whole.data.id };
  // Which units were given back is in the refunds alone: such an order is read again, and one that has no parts here.
  if (!whole.success || whole.data.refunds.length > 0 || whole.data.line_items.length === 0) return orderNamed(payload);
  if (needsStoreCurrency(whole.data)) return orderNamed(payload);
  const order = toOrder(whole.data, []);
  return { type: 'order-changed', id: order.id, updatedAt: order.updatedAt, order };
}

function orderNamed(payload: unknown): PlatformEvent {
  const { id, date_modified_gmt: updatedAt } = named.parse(payload);
  return { type: 'order-changed', id, updatedAt, order: null };
}

/** A variation speaks of its product. */
function productChanged(payload: unknown): PlatformEvent {
  const { id, parent_id: parent, type, date_modified_gmt: updatedAt } = product.parse(payload);
  return { type: 'product-changed', id: type === 'variation' && parent !== '0' ? parent : id, updatedAt };
}

function customerChanged(payload: unknown): PlatformEvent {
  const { id, date_modified_gmt: updatedAt } = named.parse(payload);
  return { type: 'customer-changed', id, updatedAt };
}

const deleted =
  (type: 'order-deleted' | 'product-deleted' | 'customer-deleted') =>
  (payload: unknown): PlatformEvent => ({ type, id: named.parse(payload).id });

/** What is built at delivery of something that is gone by then: an error in place of the record. */
const goneByThen = z.object({ code: z.string().regex(/_invalid_id$/), id: z.undefined().optional() });

/** What each topic means. A deleted order or product may lie in the trash, from where it is restored. */
const readers: Readonly<Record<string, (payload: unknown) => PlatformEvent>> = {
  'order.created': orderChanged,
  'order.updated': orderChanged,
  'order.restored': orderNamed,
  'order.deleted': deleted('order-deleted'),
  'product.created': productChanged,
  'product.updated': productChanged,
  'product.restored': productChanged,
  'product.deleted': deleted('product-deleted'),
  'customer.created': customerChanged,
  'customer.updated': customerChanged,
  'customer.deleted': deleted('customer-deleted'),
};

/** Null for a topic that means nothing to us and for a body that names nothing. @throws PlatformRefusal ('MALFORMED_PAYLOAD') for a body that is no JSON or names nothing */
export function parseWebhook(topic: string, body: string): PlatformEvent | null {
  // The topic comes from a header: `constructor` is a member of every object and none of our topics.
  const read = Object.hasOwn(readers, topic) ? readers[topic] : undefined;
  if (!read) return null;
  try {
    const payload = parseLossless(body);
    return goneByThen.safeParse(payload).success ? null : read(payload);
  } catch (error) {
    // A RangeError is nesting so deep that the parser runs out of stack.
    if (error instanceof SyntaxError || error instanceof RangeError || error instanceof z.ZodError)
      throw new PlatformRefusal('MALFORMED_PAYLOAD', `the payload of ${topic} cannot be read`);
    throw error;
  }
}

/** What a store is asked to tell us. */
export const topics: readonly string[] = Object.keys(readers);
