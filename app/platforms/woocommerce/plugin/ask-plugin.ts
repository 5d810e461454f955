import type { z } from 'zod';
import { CompanionAbsent, PlatformRefusal, type ShopRef } from '#app/platforms/platform.ts';
import type { RestClient } from '../client/rest-client.ts';

/** WooCommerce's keys are accepted only below `wc/` and `wc-…`. */
const namespace = '/wc-trellis/v1';

/** It is there, and its merchant has agreed to nothing yet, or to another address of ours. */
const waits: ReadonlySet<string> = new Set(['trellis_not_opted_in', 'trellis_not_connected', 'trellis_other_app']);

const absences = {
  missing: 'The plugin of Trellis is not active in the store. Install it, or activate it again.',
  waiting: 'The plugin of Trellis waits in the store for you to connect it.',
} as const;

/**
 * Asks our plugin in the store.
 * @throws CompanionAbsent where it is not there, or not ready
 */
export async function askPlugin<T>(
  client: RestClient,
  shop: ShopRef,
  call: {
    readonly path: 'status' | 'connection' | 'storefront' | 'discount' | 'codes';
    readonly method: 'GET' | 'PUT' | 'DELETE';
    readonly query?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly anonymous?: true;
    readonly answer: z.ZodType<T>;
  },
): Promise<T> {
  const { path, ...rest } = call;
  try {
    const { data } = await client.call(shop, { ...rest, route: `${namespace}/${path}` });
    return data;
  } catch (error) {
    if (!(error instanceof PlatformRefusal)) throw error;
    // The store answers for a namespace that nobody has registered as for any address that leads nowhere.
    if (error.code === 'NO_WOOCOMMERCE') throw new CompanionAbsent('missing', absences.missing);
    if (waits.has(error.code)) throw new CompanionAbsent('waiting', absences.waiting);
    throw error;
  }
}
