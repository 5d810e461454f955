import { z } from 'zod';

const storeKeys = z.object({ url: z.string(), consumer_key: z.string(), consumer_secret: z.string() });

/** Where the store of bench/servers/woo-sandbox.ts is, and keys to it. */
export async function readStoreKeys(port: number) {
  const answer = await fetch(`http://127.0.0.1:${String(port)}/`);
  const told = storeKeys.parse(await answer.json());
  return { url: told.url, keys: { consumerKey: told.consumer_key, consumerSecret: told.consumer_secret } };
}
