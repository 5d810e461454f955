import type { ShopScope } from '#app/infra/database.ts';
import type { Secrets } from '#app/infra/secrets.ts';
import { PlatformAccessLost } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { StoreAccess } from '../client/rest-client.ts';

// The context ties each sealed value to its shop and kind: a row copied to another shop does not open.
const context = (shopId: ShopId, kind: 'key' | 'secret' | 'webhook' | 'plugin') => `woocommerce:${kind}:${shopId}`;

/** How the shop's store is reached, or null where it is not connected. */
export async function readAccess(scope: ShopScope, secrets: Secrets): Promise<StoreAccess | null> {
  const row = await scope.tx.woocommerceStore.findUnique({ where: { shopId: scope.shopId } });
  if (!row) return null;
  const consumerKey = secrets.open(row.consumerKeySealed, context(scope.shopId, 'key'));
  // Its keys were forgotten.
  if (consumerKey === '') return null;
  return {
    address: row.address,
    permalinks: row.permalinks === 'plain' ? 'plain' : 'pretty',
    keysIn: row.keysIn === 'query' ? 'query' : 'header',
    consumerKey,
    consumerSecret: secrets.open(row.consumerSecretSealed, context(scope.shopId, 'secret')),
  };
}

/** When the keys came of which a merchant has taken leave; null where there are none, or where the shop is connected. */
export async function leavingSince(scope: ShopScope): Promise<Date | null> {
  const { shopId } = scope;
  // In this order: a return that comes in between is seen by the shop's state.
  const store = await scope.tx.woocommerceStore.findUnique({ where: { shopId }, select: { connectedAt: true } });
  const shop = await scope.tx.shop.findUnique({ where: { id: shopId }, select: { status: true } });
  return shop?.status === 'uninstalled' ? (store?.connectedAt ?? null) : null;
}

/**
 * The merchant takes leave: keys and the plugin's secret are forgotten. The webhooks' secret stays, so that webhooks
 * which are left in the store are ours again after a return.
 * @param since whose leave it is: keys that came later are a return, and stay
 */
export async function forgetAccess(scope: ShopScope, secrets: Secrets, since: Date): Promise<void> {
  const { shopId } = scope;
  await scope.tx.woocommerceStore.updateMany({
    where: { shopId, connectedAt: since },
    data: {
      consumerKeySealed: secrets.seal('', context(shopId, 'key')),
      consumerSecretSealed: secrets.seal('', context(shopId, 'secret')),
      pluginSecretSealed: null,
    },
  });
}

/** What our plugin in the store signs its calls with, or null where it was given nothing. */
export async function readPluginSecret(scope: ShopScope, secrets: Secrets): Promise<string | null> {
  const row = await scope.tx.woocommerceStore.findUnique({
    where: { shopId: scope.shopId },
    select: { pluginSecretSealed: true },
  });
  return row?.pluginSecretSealed ? secrets.open(row.pluginSecretSealed, context(scope.shopId, 'plugin')) : null;
}

/** Keeps the plugin's secret before it is handed over; of two at once the first counts. Returns the one that counts. */
export async function keepPluginSecret(scope: ShopScope, secrets: Secrets, fresh: string): Promise<string> {
  const { shopId } = scope;
  await scope.tx.woocommerceStore.updateMany({
    where: { shopId, pluginSecretSealed: null },
    data: { pluginSecretSealed: secrets.seal(fresh, context(shopId, 'plugin')) },
  });
  const kept = await readPluginSecret(scope, secrets);
  if (kept === null) throw new PlatformAccessLost('This store is not connected.');
  return kept;
}

/** Saves new keys. The webhooks' secret of an earlier connection stays: the store still signs with it. */
export async function saveAccess(
  scope: ShopScope,
  secrets: Secrets,
  access: StoreAccess,
  freshWebhookSecret: string,
  now: Date,
): Promise<void> {
  const { shopId } = scope;
  const values = {
    address: access.address,
    permalinks: access.permalinks,
    keysIn: access.keysIn,
    consumerKeySealed: secrets.seal(access.consumerKey, context(shopId, 'key')),
    consumerSecretSealed: secrets.seal(access.consumerSecret, context(shopId, 'secret')),
    connectedAt: now,
  };
  await scope.tx.woocommerceStore.upsert({
    where: { shopId },
    create: {
      shopId,
      ...values,
      webhookSecretSealed: secrets.seal(freshWebhookSecret, context(shopId, 'webhook')),
    },
    update: values,
  });
}

/** What the store turned out to need. */
export async function adaptAccess(
  scope: ShopScope,
  change: Partial<Pick<StoreAccess, 'permalinks' | 'keysIn'>>,
): Promise<void> {
  await scope.tx.woocommerceStore.updateMany({ where: { shopId: scope.shopId }, data: change });
}

/** What the store signs its webhooks with, or null where it is not connected. */
export async function readWebhookSecret(scope: ShopScope, secrets: Secrets): Promise<string | null> {
  const row = await scope.tx.woocommerceStore.findUnique({
    where: { shopId: scope.shopId },
    select: { webhookSecretSealed: true },
  });
  return row && secrets.open(row.webhookSecretSealed, context(scope.shopId, 'webhook'));
}

/**
 * The store refused these keys: the access is gone until the merchant connects again. Where they did so meanwhile,
 * nothing is lost, and the answer is what counts now.
 */
export async function loseAccess(
  scope: ShopScope,
  secrets: Secrets,
  refused: Pick<StoreAccess, 'consumerKey' | 'consumerSecret'>,
): Promise<StoreAccess | null> {
  const { shopId } = scope;
  // Whoever connects the shop now has held its row from the beginning, or waits for this.
  await scope.tx.$queryRaw`SELECT 1 AS held FROM shop WHERE id = ${shopId}::uuid FOR UPDATE`;
  const kept = await readAccess(scope, secrets);
  if (kept && (kept.consumerKey !== refused.consumerKey || kept.consumerSecret !== refused.consumerSecret)) return kept;
  await scope.tx.shop.updateMany({ where: { id: shopId, status: 'installed' }, data: { status: 'needs-reauth' } });
  return null;
}
