import { signPluginCall } from '#app/platforms/woocommerce/plugin/signature.ts';
import { testApiSecret } from '#tests/setup/services.ts';

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

/** A call for the victim with a signature by a secret that is not theirs; null = none. */
function pluginCall({ origin, shopId }: Victim, asked: string, path: string, secret: string | null): Request {
  const target = `/plugin/woocommerce/${path.replace(':name', 'any').replace('*', 'anything')}`;
  const method = asked === 'POST' ? 'POST' : 'GET';
  const sent = method === 'POST' ? '{"user":"mallory","to":"/"}' : '';
  const time = String(Math.floor(Date.now() / 1000));
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

/** What each endpoint of the WooCommerce plugin refuses. */
export function pluginAttacks(victim: () => Victim): Record<string, () => Attack[]> {
  return Object.fromEntries(
    endpoints.map(([method, path]) => [
      `${method} /plugin/woocommerce/${path}`,
      () => [
        { why: 'no signature', request: () => pluginCall(victim(), method, path, null), status: 401 },
        { why: 'an empty secret', request: () => pluginCall(victim(), method, path, ''), status: 401 },
        { why: 'the secret of our app', request: () => pluginCall(victim(), method, path, testApiSecret), status: 401 },
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
