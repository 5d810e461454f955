import { createHash } from 'node:crypto';
import type { CodeTerms, CodeWish, RandomBytes } from './model.ts';

/** Letters and digits that nobody confuses when a code is read out. Source: Crockford's base 32. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 50 bits: nobody guesses a code of a store that has a million of them. */
const drawn = 10;
const hour = 3_600_000;
const day = 24 * hour;

/** What platforms keep without changing it: capital letters, digits and hyphens, at most 60 of them. */
export const codePattern = /^[A-Z0-9][A-Z0-9-]{0,59}$/;

/** The text of a code as we keep and compare it: platforms find codes in any case. */
export function normalise(text: string): string {
  return text.trim().toUpperCase();
}

/** Draws a code. Throws for a prefix that platforms would change. */
export function drawCode(prefix: string | undefined, random: RandomBytes): string {
  const text = Array.from(random(drawn), (byte) => alphabet[byte % alphabet.length]).join('');
  const code = prefix === undefined ? text : `${prefix}-${text}`;
  if (!codePattern.test(code)) throw new Error('not a prefix of codes');
  return code;
}

/**
 * When codes really end. Codes that end together share a discount of the store, of which stores hold a limited number:
 * so that rewards of one day do, an end far ahead is moved up to midnight (UTC), a near one to the full hour.
 */
export function endOf(endsAt: Date | null, now: Date): Date | null {
  if (endsAt === null) return null;
  const step = endsAt.getTime() - now.getTime() > 3 * day ? day : hour;
  return new Date(Math.ceil(endsAt.getTime() / step) * step);
}

/** Digest of what codes that belong to one discount of the store share: everything but the text. */
export function offerOf(
  { title, customerId, uses, startsAt }: Pick<CodeWish, 'title' | 'customerId' | 'uses' | 'startsAt'>,
  terms: CodeTerms,
  endsAt: Date | null,
  now: Date,
): string {
  // From now on is from now on, whatever the second.
  const start = startsAt > now ? startsAt.toISOString() : null;
  const parts = [title, customerId, uses, start, endsAt?.toISOString() ?? null, sorted(terms)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32);
}

const sorted = (terms: CodeTerms): unknown =>
  Object.entries({ ...terms, productIds: terms.productIds && [...terms.productIds].sort() }).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
