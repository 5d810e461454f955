import { z } from 'zod';
import type { WooMeta, WooProduct } from '../model.ts';
import type { WooStore } from '../store.ts';
import { readPlugin } from './state.ts';

const published = z.object({ keys: z.array(z.string()), endsAt: z.string().nullable() });

/** Text of an entry that the app has written. */
export const metaTextOf = (metaData: readonly WooMeta[], key: string): string => {
  const value = metaData.find((meta) => meta.key === key)?.value;
  return typeof value === 'string' ? value : '';
};

/** What the plugin's `Access` says: whether a customer (0 = a guest) may buy a product that may be kept for some. */
export function mayBuy(store: WooStore, product: Pick<WooProduct, 'metaData'>, customerId: number): boolean {
  const text = metaTextOf(product.metaData, '_trellis_access');
  if (text === '' || readPlugin(store) === null) return true;
  const { keys, endsAt } = published.parse(JSON.parse(text));
  if (endsAt !== null && Date.parse(endsAt) <= Date.now()) return true;
  const held = metaTextOf(store.customers.get(customerId)?.metaData ?? [], '_trellis_keys').split(' ');
  return keys.some((key) => held.includes(key));
}
