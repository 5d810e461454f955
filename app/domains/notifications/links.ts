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
export function messageIdOf(shopId: ShopId, id: bigint, from: string): string {
  return `<${mailMarkOf(shopId, id)}@${from.slice(from.lastIndexOf('@') + 1)}>`;
}

/** The same without a host, for providers that write Message-IDs of their own and hand this back. */
export const mailMarkOf = (shopId: ShopId, id: bigint): string => `${id.toString()}.${shopId}`;

/** Which mail a Message-ID or a mark names; null for one that is none of ours. */
export function readMessageId(text: string): { readonly shopId: ShopId; readonly id: bigint } | null {
  const [, id, shopId] = /^<?(\d{1,18})\.([0-9a-f-]{36})(?:@[^@\s>]+)?>?$/.exec(text.trim()) ?? [];
  return id !== undefined && isShopId(shopId) ? { id: BigInt(id), shopId } : null;
}
