import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Companion, CompanionAbsent, type CompanionLook, type ShopRef } from '#app/platforms/platform.ts';
import type { RestClient } from '../client/rest-client.ts';
import { text } from '../records/values.ts';
import { askPlugin } from './ask-plugin.ts';

/**
 * What app and plugin have agreed on; a plugin that speaks an older one is updated by its merchant. 2: codes that take a
 * share off have a bound, and the panel after adding asks by its name.
 */
const contract = 2;
/** What still works, all but what came since. */
const leastContract = 1;

/** Whether the plugin in a store does not know what came since; one that was not looked for holds nothing up. */
export const isBehind = (companion: Companion | null): boolean =>
  // Those of before were not asked, or did not tell.
  (companion?.contract ?? (companion?.state === 'connected' ? leastContract : contract)) < contract;

const status = z.object({
  version: text,
  contract: z.coerce.number().catch(0),
  connected: z.boolean(),
  shopId: z.string().nullish(),
  /** of the secret that it signs with; older plugins do not tell */
  secretFingerprint: z.string().nullish().catch(null),
  optedIn: z.boolean().catch(false),
  /** older plugins do not tell */
  locale: z.string().max(20).nullish().catch(null),
  problems: z.array(z.string().max(64)).max(50).catch([]),
});

/** Tells secrets apart without saying them. */
const fingerprintOf = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 16);

/**
 * Looks for the plugin and gives it the connection where it has none, another shop's, or one with another secret: of
 * an earlier connection, or from a database that was restored.
 * @param options.secret what it is to sign its calls with
 */
export async function checkPlugin(
  client: RestClient,
  shop: ShopRef,
  options: { readonly appUrl: string; readonly renew: boolean; readonly secret: () => Promise<string> },
): Promise<CompanionLook> {
  let version: string | null = null;
  let spoken: number | undefined;
  let storeLocale: string | null = null;
  const look = (state: CompanionLook['companion']['state'], problems: readonly string[] = []): CompanionLook => ({
    companion: { state, version, problems, ...(spoken === undefined ? {} : { contract: spoken }) },
    handedOver: false,
    storeLocale,
  });
  try {
    const found = await askPlugin(client, shop, { path: 'status', method: 'GET', answer: status });
    version = found.version === '' ? null : found.version.slice(0, 40);
    storeLocale = found.locale || null;
    spoken = Math.trunc(found.contract);
    if (spoken < leastContract) return look('outdated');
    if (!found.optedIn) return look('waiting');
    const secret = await options.secret();
    const fits = (found.secretFingerprint ?? fingerprintOf(secret)) === fingerprintOf(secret);
    const ours = found.connected && found.shopId === shop.shopId && fits;
    if (ours && !options.renew) return look('connected', found.problems);
    const body = { shopId: shop.shopId, appUrl: new URL(options.appUrl).origin, secret };
    await askPlugin(client, shop, { path: 'connection', method: 'PUT', body, answer: z.unknown() });
    return { ...look('connected', found.problems), handedOver: !ours };
  } catch (error) {
    if (error instanceof CompanionAbsent) return look(error.state);
    throw error;
  }
}
