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

/** Draws a code; one of a customer's ends with a mark of whose it is. Throws for a prefix that platforms would change. */
export function drawCode(prefix: string | undefined, customerId: string | null, random: RandomBytes): string {
  const text = Array.from(random(drawn), letterOf).join('');
  const head = prefix === undefined ? text : `${prefix}-${text}`;
  const code = customerId === null ? head : head + ownerMark(head, customerId);
  if (!codePattern.test(code)) throw new Error('not a prefix of codes');
  return code;
}

const letterOf = (number: number): string => alphabet.charAt(number % alphabet.length);
const markLength = 4;

/**
 * Four letters that only one customer in a million shares: a shopper cannot choose their id, so that a code which was
 * handed on works for nobody. The checkout works it out again without asking us. FNV-1a of 32 bits, folded to 20.
 */
function ownerMark(head: string, customerId: string): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(`${head}:${customerId}`)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  const folded = (hash ^ (hash >>> 20)) >>> 0;
  return Array.from({ length: markLength }, (_, at) => letterOf(folded >>> (5 * at))).join('');
}

/** Whether a bound code is this customer's; never a guest's. */
export function isCodeOf(text: string, customerId: string | null): boolean {
  const code = normalise(text);
  const head = code.slice(0, -markLength);
  return customerId !== null && code === head + ownerMark(head, customerId);
}

/** Of a code that another one of its source has taken the place of; what it was before stands in front. */
export const purposeOfReplaced = (purpose: string, by: string): string => `${purpose} of ${by}`;
export const isReplaced = ({ purpose }: { readonly purpose: string }): boolean => / of [^ ]+$/.test(purpose);

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
  const parts = [title, customerId !== null, uses, start, endsAt?.toISOString() ?? null, sorted(terms)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32);
}

const sorted = (terms: CodeTerms): unknown =>
  Object.entries({ ...terms, productIds: terms.productIds && [...terms.productIds].sort() }).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
