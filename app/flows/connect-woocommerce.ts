import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { endSessionsOf, startSession } from '#app/domains/merchant-sessions/index.ts';
import { forgetIdleCompanion, lockInstallation } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import { authorizeUrl, findStore, type FoundStore, type NotFound } from '#app/platforms/woocommerce/auth/find-store.ts';
import { saveAccess } from '#app/platforms/woocommerce/auth/store.ts';
import {
  addConnection,
  countConnections,
  hashOf,
  returnConnection,
  settleConnection,
  takeConnection,
} from '#app/platforms/woocommerce/auth/store-connections.ts';
import { keyHandover, verifyKeys } from '#app/platforms/woocommerce/auth/verify-keys.ts';
import { createAsk, type StoreAccess } from '#app/platforms/woocommerce/client/rest-client.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { checkCompanion } from './jobs.ts';
import { refreshProfile, settleShop } from './settle-shop.ts';
import { announceRun } from './start-run.ts';

/** A merchant may have to log in to WordPress first. */
const connectionMs = 30 * 60_000;
const mostConnections = 2_000;
/** The store waits for our answer, at most 60 seconds. Some hosts take half a minute for one of theirs. */
const verifyMs = 50_000;
const verifyWithinMs = 55_000;
/** A store that took longer to try its keys on is not asked for more while it waits. */
const slowMs = 10_000;

const token = (): string => randomBytes(32).toString('base64url');
const mayBeLocal = ({ config }: Services): boolean => config.WOOCOMMERCE_LOCAL_STORES === 'on';

/**
 * Begins to connect a store: remembers what is under way and says where the merchant lets Trellis in.
 * @returns `browser` is for the merchant's browser alone: who comes back with this `state` has to bring it
 */
export async function beginConnection(
  services: Services,
  typed: string,
): Promise<Result<{ redirectTo: string; state: string; browser: string }, NotFound | 'busy'>> {
  const { db, clock, config } = services;
  const found = await findStore(typed, mayBeLocal(services));
  if (!found.ok) return found;
  const [state, browser, now] = [token(), token(), clock.now()];
  const { address, permalinks } = found.value;
  // Nobody is known yet, so that this belongs to no shop.
  const added = await db.asSystem(async (scope) => {
    if ((await countConnections(scope, now)) >= mostConnections) return false;
    await addConnection(scope, {
      state,
      browser,
      address,
      permalinks,
      expiresAt: new Date(now.getTime() + connectionMs),
    });
    return true;
  });
  if (!added) return fail('busy', 'Too many stores are being connected right now. Try again in some minutes.');
  const at = (path: string) => new URL(path, config.SHOPIFY_APP_URL).href;
  const redirectTo = authorizeUrl(found.value, {
    state,
    returnUrl: at('/connect/woocommerce/return'),
    callbackUrl: at('/connect/woocommerce/callback'),
  });
  return ok({ redirectTo, state, browser });
}

/**
 * The store's server brings keys. The call proves nothing of itself: what it brings must work on the store that the
 * connection was begun for.
 */
export async function receiveKeys(
  services: Services,
  body: unknown,
): Promise<Result<ShopId, 'malformed' | 'unknown' | 'refused' | 'unavailable'>> {
  const handover = keyHandover.safeParse(body);
  if (!handover.success) return fail('malformed', 'This is no hand-over of keys.');
  const { user_id: state, consumer_key: consumerKey, consumer_secret: consumerSecret } = handover.data;
  // Consumed before anything else: no second call is looked at.
  const connection = await services.db.asSystem((scope) => takeConnection(scope, state, services.clock.now()));
  if (!connection) return fail('unknown', 'This connection was not begun here, or is over.');
  const settled = await settle(services, { ...connection, keysIn: 'header', consumerKey, consumerSecret });
  if (settled.ok) await services.db.asSystem((scope) => settleConnection(scope, state, settled.value));
  return settled;
}

/** Connects a store by keys that a merchant made by hand, and signs in: who has them may manage the shop. */
export async function connectByKeys(
  services: Services,
  typed: string,
  keys: { readonly consumerKey: string; readonly consumerSecret: string },
): Promise<Result<{ session: string }, NotFound | 'refused' | 'unavailable'>> {
  const found = await findStore(typed, mayBeLocal(services));
  if (!found.ok) return found;
  const { address, permalinks }: FoundStore = found.value;
  const settled = await settle(services, { address, permalinks, keysIn: 'header', ...keys });
  if (!settled.ok) return settled;
  return ok({ session: await signIn(services, settled.value, 'keys') });
}

/**
 * The merchant's browser is back from the store. Only the one that began is signed in. Where another one comes (whoever
 * was sent the store's page by somebody else), the sessions of that connection end.
 */
export async function finishConnection(
  services: Services,
  values: { readonly state: string; readonly browser: string | null },
): Promise<Result<{ session: string }, 'unknown' | 'other-browser'>> {
  const now = services.clock.now();
  // The shop is known only after the look-up.
  const returned = await services.db.asSystem(async (scope) => {
    const outcome = await returnConnection(scope, { ...values, now });
    if (outcome.code === 'other-browser') await endSessionsOf(scope, hashOf(values.state));
    return outcome;
  });
  if (returned.code !== 'signed-in')
    return fail(returned.code, 'This connection was not begun in this browser, or is over.');
  return ok({ session: await signIn(services, returned.shopId, hashOf(values.state)) });
}

async function signIn(services: Services, shopId: ShopId, origin: string): Promise<string> {
  const session = token();
  await services.db.inShop(shopId, (scope) =>
    startSession(scope, { token: session, origin, now: services.clock.now() }),
  );
  return session;
}

/** Tries the keys, keeps them, and starts the import where the store is new (again). */
async function settle(services: Services, given: StoreAccess): Promise<Result<ShopId, 'refused' | 'unavailable'>> {
  const { db, clock, secrets } = services;
  const ask = createAsk({ clock, localStores: mayBeLocal(services), timeoutMs: verifyMs });
  const begun = performance.now();
  const tired = new AbortController();
  const verified = await Promise.race([
    verifyKeys(ask, given),
    delay(verifyWithinMs, fail('unavailable', 'The store did not answer in time. Try again.'), tired),
  ]).finally(() => {
    tired.abort();
  });
  if (!verified.ok) return verified;
  const slow = performance.now() - begun > slowMs;
  const access = verified.value;
  const domain = access.address.replace(/^https?:\/\//, '');
  const webhookSecret = randomBytes(24).toString('hex');
  // No shop is known before this: the row itself is made here.
  const { ref, run } = await db.asSystem(async (system) => {
    await lockInstallation(system, domain);
    const now = clock.now();
    return settleShop(system, { platform: 'woocommerce', domain, now }, async (scope) => {
      await saveAccess(scope, secrets, access, webhookSecret, now);
      // The merchant comes from the plugin's page, where it was set going: it is looked for anew in a moment.
      await forgetIdleCompanion(scope);
    });
  });
  if (run) {
    if (!slow) await refreshProfile(services, 'woocommerce', ref);
    await announceRun(services, ref.shopId, run);
  }
  // The store waits for our answer now: its plugin hears of the connection afterwards, at the latest by reconciliation.
  await services.queue.enqueue(checkCompanion, { shopId: ref.shopId }).catch((error: unknown) => {
    services.log.warn({ shopId: ref.shopId, err: error }, 'the look for our software in a store could not be enqueued');
  });
  return ok(ref.shopId);
}
