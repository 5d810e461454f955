import { authenticateMerchant } from '#app/flows/authenticate-merchant.ts';
import { connectByKeys } from '#app/flows/connect-woocommerce.ts';
import type { Services } from '#app/infra/services.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { signSessionToken } from '#sandbox/shopify/oauth/session-token.ts';
import { freePort } from '#scripts/free-port.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { apiKey, apiSecret } from './shop.ts';
import { readStoreKeys } from './store-keys.ts';

const domain = 'import.myshopify.com';

/** A pretend store, and how its merchant lets Trellis in. */
export interface BenchStore {
  readonly server: ServerProcess;
  /** settings of the app beside the usual ones */
  readonly environment: Readonly<Record<string, string>>;
  readonly connect: (services: Services) => Promise<ShopId>;
}

/** @param ordersFile its past; null = a small one that is made up */
export async function shopifyStore(ordersFile: string | null): Promise<BenchStore> {
  const port = await freePort();
  return {
    server: await startServer('sandbox.ts', { port, domain, apiKey, apiSecret, ordersFile }),
    environment: { SHOPIFY_ORIGIN: `http://127.0.0.1:${String(port)}/shops/{shop}` },
    async connect(services) {
      const token = signSessionToken({ domain, apiKey, apiSecret, userId: '1', sessionId: 'bench', now: new Date() });
      const headers = { authorization: `Bearer ${token}` };
      const visit = await authenticateMerchant(services, new Request('http://127.0.0.1/', { headers }));
      if (visit.code !== 'authenticated') throw new Error(visit.code);
      return visit.shopId;
    },
  };
}

/** @param plugin whether ours is there, with the merchant's word */
export async function woocommerceStore(ordersFile: string | null, plugin = false): Promise<BenchStore> {
  const server = await startServer('woo-sandbox.ts', { ordersFile, plugin: plugin ? 'ready' : 'missing' });
  const { url, keys } = await readStoreKeys(server.port);
  return {
    server,
    environment: { WOOCOMMERCE_LOCAL_STORES: 'on' },
    async connect(services) {
      const connected = await connectByKeys(services, url, keys);
      if (!connected.ok) throw new Error(connected.code);
      return services.db.asSystem(async ({ tx }) => {
        const shop = await tx.shop.findFirstOrThrow({ where: { platform: 'woocommerce' } });
        return toShopId(shop.id);
      });
    },
  };
}
