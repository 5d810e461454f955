import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CompanionAbsent, PlatformAccessLost, PlatformRefusal, type ShopRef } from '#app/platforms/platform.ts';
import type { RestClient } from '../client/rest-client.ts';
import { askPlugin } from './ask-plugin.ts';

/**
 * Makes the plugin forget the connection and everything that was published, and revoke our key; nothing where it is
 * gone. To be called last, and with a key that has just worked: one that does not work any more is what was wanted,
 * where the answer to the first try was lost.
 */
export async function leavePlugin(client: RestClient, shop: ShopRef): Promise<void> {
  try {
    await askPlugin(client, shop, { path: 'connection', method: 'DELETE', answer: z.unknown() });
  } catch (error) {
    if (!(error instanceof CompanionAbsent || error instanceof PlatformAccessLost)) throw error;
  }
}

/** Whether the plugin says, to whoever asks, that no connection is left in it; false where nobody answers for it. */
export async function hasForgotten(client: RestClient, shop: ShopRef): Promise<boolean> {
  try {
    const answer = z.object({ connected: z.boolean() });
    // What everybody may read, a cache in front of the store may keep.
    const query = { _: randomUUID() };
    const call = { path: 'connection', method: 'GET', anonymous: true, query, answer } as const;
    const { connected } = await askPlugin(client, shop, call);
    return !connected;
  } catch (error) {
    if (error instanceof CompanionAbsent || error instanceof PlatformRefusal) return false;
    throw error;
  }
}
