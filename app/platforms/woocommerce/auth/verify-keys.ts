import { z } from 'zod';
import { PlatformAccessLost, PlatformRefusal, PlatformUnavailable } from '#app/platforms/platform.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import type { AskStore, StoreAccess } from '../client/rest-client.ts';

/** What a store posts to the callback. `user_id` is our state. */
export const keyHandover = z.object({
  user_id: z.union([z.string(), z.number()]).transform(String),
  consumer_key: z.string().regex(/^ck_[\w]{1,100}$/),
  consumer_secret: z.string().regex(/^cs_[\w]{1,100}$/),
  key_permissions: z.string(),
});

/**
 * Tries keys on the store itself: they must read what only a manager of the shop may read, and be allowed to write.
 * Returns the access as it turned out to work.
 */
export async function verifyKeys(
  ask: AskStore,
  access: StoreAccess,
): Promise<Result<StoreAccess, 'refused' | 'unavailable'>> {
  try {
    // Both at once: the store that hands keys over waits for us, and may take half a minute for each answer.
    const [{ access: works }] = await Promise.all([
      ask(access, { route: '/wc/v3/settings/general', answer: z.array(z.unknown()) }),
      // An empty batch changes nothing and still needs the right to write.
      ask(access, { route: '/wc/v3/products/batch', method: 'POST', body: {}, answer: z.unknown() }),
    ]);
    return ok(works);
  } catch (error) {
    if (error instanceof PlatformUnavailable)
      return fail('unavailable', error.advice ?? 'The store did not answer in time. Try again.');
    if (error instanceof PlatformAccessLost)
      return fail('refused', 'The store does not accept these keys. They need permission to read and write.');
    if (error instanceof PlatformRefusal) return fail('refused', error.message);
    throw error;
  }
}
