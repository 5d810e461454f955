import { randomBytes } from 'node:crypto';
import { findSession, startSession } from '#app/domains/merchant-sessions/index.ts';
import { findShop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import { addSignInLink, shopOfSignInLink, takeSignInLink } from '#app/platforms/woocommerce/auth/sign-in-links.ts';
import type { ShopId } from '#app/shared/ids.ts';

/** The plugin sends the merchant's browser there at once. */
const linkSeconds = 60;
/** Names the sessions of this kind. */
const origin = 'plugin';

const token = (): string => randomBytes(32).toString('base64url');

type Needs = Pick<Services, 'db' | 'clock'>;

/** A link that opens Trellis for whoever the store's plugin lets through: once, within a minute. */
export async function makeSignInLink(
  services: Needs & Pick<Services, 'config'>,
  shopId: ShopId,
  target: string,
): Promise<string> {
  const secret = token();
  const expiresAt = new Date(services.clock.now().getTime() + linkSeconds * 1000);
  await services.db.inShop(shopId, (scope) => addSignInLink(scope, { token: secret, target, expiresAt }));
  const url = new URL('/connect/woocommerce/enter', services.config.SHOPIFY_APP_URL);
  url.searchParams.set('token', secret);
  return url.href;
}

/**
 * Names both stores where a browser that is signed in to one brings the link of another: anybody may have sent it there,
 * so that the merchant is asked. Null where there is nothing to ask.
 */
export async function otherStoreOf(
  { db, clock }: Needs,
  secret: string,
  session: string | null,
): Promise<{ readonly now: string; readonly next: string } | null> {
  if (session === null) return null;
  // Whose they are, is only known after the look-up.
  const [current, next] = await db.asSystem(async (scope) => [
    await findSession(scope, session, clock.now()),
    await shopOfSignInLink(scope, secret),
  ]);
  if (!current || next === null || current.shopId === next) return null;
  const [shop, other] = [await db.inShop(current.shopId, findShop), await db.inShop(next, findShop)];
  return shop && other && shop.status !== 'uninstalled' ? { now: shop.domain, next: other.domain } : null;
}

/** The merchant's browser brings the link: the session it gets, or null where the link is used, over or never was. */
export async function enterByLink(
  services: Needs,
  secret: string,
): Promise<{ readonly session: string; readonly target: string } | null> {
  const { db, clock } = services;
  const now = clock.now();
  // Whose link it is, is only known after the look-up.
  const link = await db.asSystem((scope) => takeSignInLink(scope, secret, now));
  if (!link) return null;
  const session = token();
  const started = await db.inShop(link.shopId, async (scope) => {
    const shop = await findShop(scope);
    if (!shop || shop.status === 'uninstalled') return false;
    await startSession(scope, { token: session, origin, now });
    return true;
  });
  return started ? { session, target: link.target } : null;
}
