import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Secrets } from '#app/infra/secrets.ts';
import { isShopId, type ShopId } from '#app/shared/ids.ts';
import { languages } from './model.ts';
import { isTopic, type TopicId } from './topics.ts';

const context = 'mail link';
const longest = 600;

const claims = z.object({
  s: z.custom<ShopId>(isShopId),
  /** hash of the address */
  e: z.string().regex(/^[0-9a-f]{64}$/),
  /** what the link in hand lets its holder do: choose for the address, or confirm what the owner chose */
  k: z.enum(['choose', 'confirm']),
  t: z.custom<TopicId>((value) => typeof value === 'string' && isTopic(value)).nullable(),
  l: z.enum(languages),
  /** where it ends, seconds; null = never, as unsubscribing must work for good */
  x: z.number().int().nullable(),
});

/** Whom a link of a mail speaks for. */
export interface MailLink {
  readonly shopId: ShopId;
  readonly emailHash: string;
  readonly kind: 'choose' | 'confirm';
  /** what the mail was about */
  readonly topic: TopicId | null;
  readonly language: (typeof languages)[number];
  readonly expiresAt: Date | null;
}

/** Writes a link's token: sealed, so that nobody makes one up or reads whose it is. */
export function sealLink(secrets: Pick<Secrets, 'seal'>, link: MailLink): string {
  const { shopId, emailHash, kind, topic, language, expiresAt } = link;
  const x = expiresAt === null ? null : Math.floor(expiresAt.getTime() / 1000);
  return secrets.seal(JSON.stringify({ s: shopId, e: emailHash, k: kind, t: topic, l: language, x }), context);
}

/** Reads it; null where it is none of ours, or over. */
export function openLink(secrets: Pick<Secrets, 'open'>, token: string, now: Date): MailLink | null {
  if (token.length > longest) return null;
  let text: string;
  try {
    text = secrets.open(token, context);
  } catch {
    // Whatever is no seal of ours is no link.
    return null;
  }
  const { s, e, k, t, l, x } = claims.parse(JSON.parse(text));
  const expiresAt = x === null ? null : new Date(x * 1000);
  if (expiresAt !== null && expiresAt <= now) return null;
  return { shopId: s, emailHash: e, kind: k, topic: t, language: l, expiresAt };
}

/** The Message-ID of a mail, by which it is found again when the receiving side reports on it. */
export function messageIdOf(secrets: Pick<Secrets, 'hash'>, shopId: ShopId, id: bigint, from: string): string {
  return `<${mailMarkOf(secrets, shopId, id)}@${from.slice(from.lastIndexOf('@') + 1)}>`;
}

/**
 * The same without a host, for providers that write Message-IDs of their own and hand this back. Its last part is known
 * to nobody but who has seen the mail: numbers run on, and a shop's id stands in its store's pages.
 */
export function mailMarkOf(secrets: Pick<Secrets, 'hash'>, shopId: ShopId, id: bigint): string {
  const name = `${id.toString()}.${shopId}`;
  return `${name}.${proofOf(secrets, name)}`;
}

const mark = /^<?((\d{1,18})\.([0-9a-f-]{36}))(?:\.([0-9a-f]{16}))?(?:@[^@\s>]+)?>?$/;

/** Whether a Message-ID or a mark has the shape of ours. */
export const namesMail = (text: string): boolean => mark.test(text.trim());

/**
 * Which mail a Message-ID or a mark names; null for one that is none of ours.
 * @returns proven: who names it has seen the mail
 */
export function readMessageId(
  secrets: Pick<Secrets, 'hash'>,
  text: string,
): { readonly shopId: ShopId; readonly id: bigint; readonly proven: boolean } | null {
  const [, name = '', id, shopId, proof = ''] = mark.exec(text.trim()) ?? [];
  if (id === undefined || !isShopId(shopId)) return null;
  const expected = proofOf(secrets, name);
  const proven = proof.length === expected.length && timingSafeEqual(Buffer.from(proof), Buffer.from(expected));
  return { id: BigInt(id), shopId, proven };
}

const proofOf = (secrets: Pick<Secrets, 'hash'>, name: string): string => secrets.hash(name, 'mail mark').slice(0, 16);
