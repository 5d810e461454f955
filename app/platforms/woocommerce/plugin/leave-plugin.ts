import { z } from 'zod';
import { CompanionAbsent, type ShopRef } from '#app/platforms/platform.ts';
import type { RestClient } from '../client/rest-client.ts';
import { askPlugin } from './ask-plugin.ts';

/** Makes the plugin forget the connection and everything that was published; nothing where it is gone. */
export async function leavePlugin(client: RestClient, shop: ShopRef): Promise<void> {
  try {
    await askPlugin(client, shop, { path: 'connection', method: 'DELETE', answer: z.unknown() });
  } catch (error) {
    if (!(error instanceof CompanionAbsent)) throw error;
  }
}
