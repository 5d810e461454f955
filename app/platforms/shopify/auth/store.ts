import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import type { Secrets } from '#app/infra/secrets.ts';
import type { ShopRef } from '#app/platforms/platform.ts';
import { toShopId } from '#app/shared/ids.ts';
import type { TokenGrant } from './grant.ts';

/** Shopify's own id of a shop's offline session. */
const offlineId = (domain: string) => `offline_${domain}`;

// The context ties each sealed token to its shop and kind: a row copied to another shop does not open.
const context = (shop: ShopRef, kind: 'access' | 'refresh') => `shopify:${kind}:${shop.shopId}`;

/** The shop's token, or null when there is none. */
export async function readGrant(scope: ShopScope, secrets: Secrets, shop: ShopRef): Promise<TokenGrant | null> {
  const row = await scope.tx.shopifySession.findFirst({ where: { id: offlineId(shop.domain), shopId: scope.shopId } });
  if (!row?.accessTokenSealed) return null;
  return {
    accessToken: secrets.open(row.accessTokenSealed, context(shop, 'access')),
    expires: row.expires ?? new Date(0),
    refreshToken:
      row.refreshTokenSealed === null ? null : secrets.open(row.refreshTokenSealed, context(shop, 'refresh')),
    refreshTokenExpires: row.refreshTokenExpires,
    scope: row.scope ?? '',
  };
}

/** Saves access and refresh token in one write: half a pair would lock us out. A missing refresh token keeps the old one. */
export async function saveGrant(
  scope: ShopScope,
  secrets: Secrets,
  shop: ShopRef,
  grant: TokenGrant,
  now: Date,
): Promise<void> {
  const values = {
    scope: grant.scope,
    expires: grant.expires,
    accessTokenSealed: secrets.seal(grant.accessToken, context(shop, 'access')),
    refreshedAt: now,
    ...(grant.refreshToken === null
      ? {}
      : {
          refreshTokenSealed: secrets.seal(grant.refreshToken, context(shop, 'refresh')),
          refreshTokenExpires: grant.refreshTokenExpires,
        }),
  };
  await scope.tx.shopifySession.upsert({
    where: { id: offlineId(shop.domain) },
    create: { id: offlineId(shop.domain), shopId: scope.shopId, shopDomain: shop.domain, isOnline: false, ...values },
    update: values,
  });
}

/** Drops every token of the shop. */
export async function deleteGrants(scope: ShopScope): Promise<void> {
  await scope.tx.shopifySession.deleteMany({ where: { shopId: scope.shopId } });
}

/** Waits until this transaction alone renews the shop's token; the lock ends with the transaction. */
export async function lockGrant(scope: ShopScope): Promise<void> {
  await scope.tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`shopify-token:${scope.shopId}`}, 0))::text`;
}

/** The access is gone until the merchant visits; true when this is news. */
export async function markAccessLost(scope: ShopScope): Promise<boolean> {
  const { count } = await scope.tx.shop.updateMany({
    where: { id: scope.shopId, status: 'installed' },
    data: { status: 'needs-reauth' },
  });
  return count > 0;
}

/** Installed shops whose pair was last renewed before `before`. */
export async function findIdleGrants(scope: SystemScope, before: Date): Promise<ShopRef[]> {
  const rows = await scope.tx.$queryRaw<{ shop_id: string; domain: string }[]>(Prisma.sql`
    SELECT s.shop_id::text, shop.domain FROM shopify_session s JOIN shop ON shop.id = s.shop_id
    WHERE shop.status = 'installed' AND NOT s.is_online AND s.refreshed_at < ${before} ORDER BY s.refreshed_at LIMIT 1000`);
  return rows.map((row) => ({ shopId: toShopId(row.shop_id), domain: row.domain }));
}
