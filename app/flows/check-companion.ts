import { randomUUID } from 'node:crypto';
import { addRun } from '#app/domains/activity/index.ts';
import { mergePlatformState, type Shop } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import { type Companion, type CompanionAbsent, PlatformRefusal, PlatformUnavailable } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { type ConnectedShop, connectedShop, findConnectedShop } from './connected-shop.ts';
import { announceRun } from './start-run.ts';

/** Stands for what a store was told that knows nothing of ours: everything differs from it. */
const toldNothing = '';

/**
 * Looks for our software in the store, connects it where it waits for that, and has everything published to one that
 * is new there. Nothing where the platform needs none.
 * @throws PlatformUnavailable | PlatformAccessLost
 */
export async function lookForCompanion(
  services: Services,
  connected: ConnectedShop,
  options: { readonly renew: boolean } = { renew: false },
): Promise<ConnectedShop> {
  const { platform, ref, shop } = connected;
  const look = await platform.checkCompanion(ref, options);
  if (!look) return connected;
  const { companion, handedOver, storeLocale } = look;
  const isNew =
    companion.state === 'connected' && (handedOver || shop.platformState.companion?.state !== companion.state);
  const change = {
    companion: { ...companion, problems: [...companion.problems] },
    ...(storeLocale === null ? {} : { storeLocale }),
    ...(isNew ? { storefrontDigest: toldNothing, discountDigest: toldNothing, codeGuard: toldNothing } : {}),
  };
  const run = await services.db.inShop(ref.shopId, async (scope) => {
    await mergePlatformState(scope, change);
    // With the state or not at all: whoever sees it connected has nothing published any more. Products hold their lists
    // already where the plugin came later; one that was removed has taken them along.
    return isNew ? addRun(scope, { id: randomUUID(), kind: 'publish', now: services.clock.now() }) : null;
  });
  if (run) await announceRun(services, ref.shopId, run);
  return withState(connected, change);
}

/** The same beside other work, which a broken companion must not hold up. @throws PlatformAccessLost */
export async function glanceAtCompanion(services: Services, connected: ConnectedShop): Promise<ConnectedShop> {
  try {
    return await lookForCompanion(services, connected);
  } catch (error) {
    if (!(error instanceof PlatformUnavailable) && !(error instanceof PlatformRefusal)) throw error;
    services.log.warn({ shopId: connected.ref.shopId, err: error }, 'our software in a store could not be looked for');
    return connected;
  }
}

/** Our software is gone from the store, or waits there again: the rest goes on without it. */
export async function noteAbsence(
  services: Services,
  connected: ConnectedShop,
  { state, message }: CompanionAbsent,
): Promise<ConnectedShop> {
  const companion: Companion = { state, version: null, problems: [] };
  const change = { companion: { ...companion, problems: [] } };
  services.log.warn({ shopId: connected.ref.shopId, state }, message);
  await services.db.inShop(connected.ref.shopId, (scope) => mergePlatformState(scope, change));
  return withState(connected, change);
}

const withState = ({ shop, platform }: ConnectedShop, change: Partial<Shop['platformState']>): ConnectedShop =>
  connectedShop({ ...shop, platformState: { ...shop.platformState, ...change } }, platform);

/** After a store was connected (again): its plugin gets the connection. */
const checkCompanion: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services }) => {
  const connected = await findConnectedShop(services, shopId);
  if (connected?.shop.status === 'installed') await lookForCompanion(services, connected, { renew: true });
};

export default checkCompanion;
