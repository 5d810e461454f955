import type { Services } from '#app/infra/services.ts';
import { type LeaveOutcome, PlatformAccessLost, PlatformRefusal, type ShopRef } from '#app/platforms/platform.ts';
import { forgetAccess, leavingSince } from './auth/store.ts';

/**
 * Has the store cleared, then forgets how it is reached. Keys of a merchant who came back meanwhile stay.
 * @param store.clear takes back what the store holds of ours
 * @param store.isClear what the store says of that to somebody whose key is refused
 * @param options.repeated an earlier try may have done it all, up to revoking our key: that it is refused is no failure
 * then, if the store confirms it; it may as well be the merchant who revoked it
 * @param options.force forgets the access whatever keeps the store from being cleared
 * @throws whatever `store` throws for now, without `force`
 */
export async function leaveStore(
  { db, secrets }: Pick<Services, 'db' | 'secrets'>,
  { shopId }: Pick<ShopRef, 'shopId'>,
  store: { readonly clear: () => Promise<void>; readonly isClear: () => Promise<boolean> },
  options: { readonly force: boolean; readonly repeated: boolean },
): Promise<LeaveOutcome> {
  const since = await db.inShop(shopId, leavingSince);
  if (since === null) return { cleared: true };
  const clear = async (): Promise<void> => {
    try {
      await store.clear();
    } catch (error) {
      if (!options.repeated || !(error instanceof PlatformAccessLost) || !(await store.isClear())) throw error;
    }
  };
  const outcome = await clear().then(
    () => ({ cleared: true }) as const,
    (error: unknown) => {
      const gone = error instanceof PlatformAccessLost || error instanceof PlatformRefusal;
      if (!gone && !options.force) throw error;
      // The store's webhooks are refused from now on and switch themselves off.
      return { cleared: false, error } as const;
    },
  );
  await db.inShop(shopId, (scope) => forgetAccess(scope, secrets, since));
  return outcome;
}
