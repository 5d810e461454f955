import { signProxy } from '#app/platforms/shopify/hmac.ts';
import { testApiSecret } from '#tests/setup/services.ts';
import type { Attack } from './plugin-attacks.ts';

export interface ProxyDoors {
  readonly origin: string;
  /** the attacker's own store, whose signatures are good */
  readonly own: string;
  readonly victim: string;
  /** a session token of the attacker */
  readonly token: string;
}

const seconds = () => String(Math.floor(Date.now() / 1000));

/** An address behind the app proxy, signed for the own store where `values` name no other. */
export function proxyUrl(
  { origin, own }: ProxyDoors,
  values: Readonly<Record<string, string>>,
  secret = testApiSecret,
  path = '/proxy/cart',
): URL {
  const query = new URLSearchParams({
    products: '77',
    shop: own,
    path_prefix: '/apps/trellis',
    timestamp: seconds(),
    logged_in_customer_id: '',
    ...values,
  });
  query.set('signature', signProxy(query, secret));
  return new URL(`${path}?${query.toString()}`, origin);
}

const altered = (url: URL, values: Readonly<Record<string, string>>) => {
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  return url;
};

/** What is no call of the victim's own store. */
export function attacksOnProxy(doors: ProxyDoors, path: string): Attack[] {
  const { origin, victim, token } = doors;
  const unsigned = new URL(`${path}?products=77&shop=${victim}&timestamp=${seconds()}`, origin);
  return [
    { why: 'no signature', request: () => new Request(unsigned), status: 401 },
    {
      why: 'another secret',
      request: () => new Request(proxyUrl(doors, { shop: victim }, 'other', path)),
      status: 401,
    },
    {
      why: 'A’s signature for B',
      request: () => new Request(altered(proxyUrl(doors, {}, testApiSecret, path), { shop: victim })),
      status: 401,
    },
    {
      why: 'too old',
      request: () =>
        new Request(proxyUrl(doors, { shop: victim, timestamp: String(Number(seconds()) - 100) }, testApiSecret, path)),
      status: 401,
    },
    {
      why: 'from the future',
      request: () =>
        new Request(proxyUrl(doors, { shop: victim, timestamp: String(Number(seconds()) + 100) }, testApiSecret, path)),
      status: 401,
    },
    {
      why: 'a session token in place of a signature',
      request: () => new Request(unsigned, { headers: { authorization: `Bearer ${token}` } }),
      status: 401,
    },
  ];
}
