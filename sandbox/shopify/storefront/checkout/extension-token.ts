import { createHmac, randomUUID } from 'node:crypto';

const lifetimeSeconds = 300;
const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url');

export interface ExtensionTokenFacts {
  readonly domain: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** the buyer who is logged in, null for guests */
  readonly customerId: string | null;
  readonly now: Date;
}

/** What `shopify.sessionToken.get()` gives an extension: HS256 over the app's secret, good for five minutes. */
export function signExtensionToken(facts: ExtensionTokenFacts): string {
  const at = Math.floor(facts.now.getTime() / 1000);
  const claims = {
    dest: facts.domain,
    aud: facts.apiKey,
    exp: at + lifetimeSeconds,
    nbf: at,
    iat: at,
    jti: randomUUID(),
    ...(facts.customerId === null ? {} : { sub: `gid://shopify/Customer/${facts.customerId}` }),
  };
  const body = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${body}.${createHmac('sha256', facts.apiSecret).update(body).digest('base64url')}`;
}
