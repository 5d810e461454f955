import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const lifetimeSeconds = 60;
const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url');

export interface SessionTokenFacts {
  readonly domain: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly now: Date;
}

/** The id token that App Bridge hands to the app: HS256 over the app's secret, good for one minute. */
export function signSessionToken(facts: SessionTokenFacts): string {
  const at = Math.floor(facts.now.getTime() / 1000);
  const claims = {
    iss: `https://${facts.domain}/admin`,
    dest: `https://${facts.domain}`,
    aud: facts.apiKey,
    sub: facts.userId,
    exp: at + lifetimeSeconds,
    nbf: at,
    iat: at,
    jti: randomUUID(),
    sid: facts.sessionId,
  };
  const body = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${body}.${sign(body, facts.apiSecret)}`;
}

const sign = (body: string, secret: string): string => createHmac('sha256', secret).update(body).digest('base64url');
const claimShape = z.object({ dest: z.string(), aud: z.string(), exp: z.number(), nbf: z.number(), sub: z.string() });

/** The claims of a token that this shop's admin signed for this app and that is not over, else null. */
export function verifySessionToken(
  token: string,
  expected: { domain: string; apiKey: string; apiSecret: string; now: Date },
): { userId: string } | null {
  const [head, body, signature] = token.split('.');
  if (head === undefined || body === undefined || signature === undefined) return null;
  const wanted = Buffer.from(sign(`${head}.${body}`, expected.apiSecret));
  const given = Buffer.from(signature);
  if (head !== header || wanted.length !== given.length || !timingSafeEqual(wanted, given)) return null;
  const claims = claimShape.safeParse(readJson(Buffer.from(body, 'base64url').toString('utf8')));
  if (!claims.success) return null;
  const at = expected.now.getTime() / 1000;
  const { dest, aud, exp, nbf, sub } = claims.data;
  return dest === `https://${expected.domain}` && aud === expected.apiKey && exp > at && nbf <= at + 1
    ? { userId: sub }
    : null;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
