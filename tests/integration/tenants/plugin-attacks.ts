import { keepPluginSecret, saveAccess } from '#app/platforms/woocommerce/auth/store.ts';
import { signPluginCall } from '#app/platforms/woocommerce/plugin/signature.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { testApiSecret, type TestServices } from '#tests/setup/services.ts';

export interface Attack {
  readonly why: string;
  readonly request: () => Request;
  readonly status: number;
}

const endpoints = [
  ['GET', 'numbers'],
  ['POST', 'sign-in'],
  ['POST', 'disconnect'],
  ['POST', 'forget'],
  ['POST', 'person'],
  ['POST', 'review'],
  ['GET', 'shopper/cart'],
  ['GET', 'shopper/bundle'],
  ['GET', 'shopper/bundle/:name'],
  ['POST', 'shopper/order-offers'],
  ['POST', 'shopper/order-points'],
  ['POST', 'shopper/rewards'],
  ['POST', 'shopper/referral'],
  ['ALL', '*'],
] as const;

interface Victim {
  readonly origin: string;
  readonly shopId: string;
}

/** Secrets of the plugins of both stores. */
const secrets = { own: 'a'.repeat(64), victim: 'b'.repeat(64) };

/** Both shops have a plugin that is connected, each with a secret of its own. */
export async function connectPlugins({ services }: TestServices, own: ShopId, victim: ShopId): Promise<void> {
  const access = { permalinks: 'pretty', keysIn: 'header', consumerKey: 'ck_1', consumerSecret: 'cs_1' } as const;
  for (const [shopId, secret] of [
    [own, secrets.own],
    [victim, secrets.victim],
  ] as const)
    await services.db.inShop(shopId, async (scope) => {
      const address = `https://${shopId}.example`;
      await saveAccess(scope, services.secrets, { ...access, address }, 'webhooks', new Date());
      await keepPluginSecret(scope, services.secrets, secret);
    });
}

/** A call for the victim, signed so many seconds ago; without a secret it is not signed. */
function pluginCall({ origin, shopId }: Victim, asked: string, path: string, secret: string | null, age = 0): Request {
  const target = `/plugin/woocommerce/${path.replace(':name', 'any').replace('*', 'anything')}`;
  const method = asked === 'POST' ? 'POST' : 'GET';
  const sent = method === 'POST' ? '{"user":"mallory","to":"/"}' : '';
  const time = String(Math.floor(Date.now() / 1000) - age);
  const signed = { time, method, target, body: Buffer.from(sent) };
  return new Request(`${origin}${target}`, {
    method,
    headers: {
      'x-trellis-shop': shopId,
      'x-trellis-time': time,
      ...(secret === null ? {} : { 'x-trellis-signature': signPluginCall(secret, signed) }),
    },
    ...(sent === '' ? {} : { body: sent }),
  });
}

/** A call that is the victim's own: there is something to be refused. */
export const ownPluginCall = (victim: Victim): Request => pluginCall(victim, 'GET', 'numbers', secrets.victim);

/** What each endpoint of the WooCommerce plugin refuses. */
export function pluginAttacks(victim: () => Victim): Record<string, () => Attack[]> {
  return Object.fromEntries(
    endpoints.map(([method, path]) => [
      `${method} /plugin/woocommerce/${path}`,
      () => [
        { why: 'no signature', request: () => pluginCall(victim(), method, path, null), status: 401 },
        { why: 'an empty secret', request: () => pluginCall(victim(), method, path, ''), status: 401 },
        { why: 'the secret of our app', request: () => pluginCall(victim(), method, path, testApiSecret), status: 401 },
        {
          why: 'the secret of another store',
          request: () => pluginCall(victim(), method, path, secrets.own),
          status: 401,
        },
        ...[600, -600].map((age) => ({
          why: `signed ${String(age)} seconds ago`,
          request: () => pluginCall(victim(), method, path, secrets.victim, age),
          status: 401,
        })),
      ],
    ]),
  );
}

/** Keys for a connection of this state, as a store's server brings them. */
export const keyHandover = (origin: string, state: string): Request =>
  new Request(`${origin}/connect/woocommerce/callback`, {
    method: 'POST',
    body: JSON.stringify({
      user_id: state,
      consumer_key: 'ck_1',
      consumer_secret: 'cs_1',
      key_permissions: 'read_write',
    }),
  });
