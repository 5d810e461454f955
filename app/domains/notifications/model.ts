import { z } from 'zod';
import type { TopicId } from './topics.ts';

/** Languages that mails and their pages are written in. */
export const languages = ['en', 'de', 'fr', 'es', 'ja'] as const;
export type Language = (typeof languages)[number];

/** The language of a locale such as `de-AT` or `de_AT`; null where mails are not written in it. */
export function knownLanguage(locale: string | null): Language | null {
  const code = locale?.slice(0, 2).toLowerCase();
  return languages.find((language) => language === code) ?? null;
}

/** The same, or English. */
export const languageOf = (locale: string | null): Language => knownLanguage(locale) ?? 'en';

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #1A1A1A');
const hour = z.number().int().min(0).max(23);

/** What a merchant decides about mails. */
export const mailSettings = z.object({
  /** '' = the store's name */
  senderName: z
    .string()
    .trim()
    .max(60)
    .regex(/^[^\p{Cc}]*$/u, 'must be one line')
    .default(''),
  replyTo: z.union([z.literal(''), z.email().max(254)]).default(''),
  logoUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]).default(''),
  /** buttons and links */
  colour: colour.default('#1A1A1A'),
  /** what is around the mail */
  background: colour.default('#F4F4F4'),
  /** the merchant's postal address, which marketing mails must carry in most countries */
  footerAddress: z.string().trim().max(300).default(''),
  /** of mails to whom the store tells no language of, or none of ours; null = the store's own */
  language: z.enum(languages).nullable().default(null),
  /** hours of the day in the customer's zone in which nothing is sent that can wait */
  quietHours: z.object({ active: z.boolean(), from: hour, to: hour }).default({ active: true, from: 21, to: 8 }),
  /** at most so many mails of optional topics, all of them together, to one person within so many days */
  cap: z
    .object({ active: z.boolean(), mails: z.number().int().min(1).max(100), days: z.number().int().min(1).max(90) })
    .default({ active: true, mails: 3, days: 7 }),
});

export type MailSettings = z.infer<typeof mailSettings>;

/**
 * The language of mails to one person: theirs, as far as the store tells it and mails are written in it, else the one that
 * the merchant chose, else the store's own, else English. The store's is a guess: where the merchant wrote words of their own
 * for the mail, but none in that language, it goes out in one in which they did, English before others.
 * @param worded languages in which the merchant has words of their own for the mail
 */
export function mailLanguage(
  person: string | null,
  settings: Pick<MailSettings, 'language'>,
  store: string | null,
  worded: readonly Language[],
): Language {
  const told = knownLanguage(person) ?? settings.language;
  if (told !== null) return told;
  const guessed = languageOf(store);
  return worded.includes(guessed) ? guessed : (languages.find((language) => worded.includes(language)) ?? guessed);
}

/** Why a mail was not sent. */
export type SkipReason =
  | 'no-address'
  | 'suppressed'
  | 'switched-off'
  | 'no-consent'
  | 'too-many'
  | 'quiet-hours'
  | 'expired'
  | 'erased'
  | 'cancelled'
  | 'template-off';

export const mailStates = ['waiting', 'sending', 'sent', 'skipped', 'failed', 'unsure'] as const;
export type MailState = (typeof mailStates)[number];

/** Why a mail waits, failed or is unsure. */
export type MailReason =
  | SkipReason
  /** the mail server cannot be reached, or puts everything off */
  | 'server-away'
  /** the mail server puts this mail off */
  | 'deferred'
  | 'rate'
  /** the template could not be filled */
  | 'template'
  /** the mail server refuses this mail, or this address */
  | 'refused'
  /** the answer of the mail server was lost */
  | 'no-answer';

/** Why an address gets no mails: it does not take any, its owner marked one as spam or asked for none, or the merchant says so. */
export type SuppressionReason = 'bounced' | 'complained' | 'asked' | 'manual';

/** What the store knows of a person's consent to marketing. */
export type MarketingConsent = 'subscribed' | 'unsubscribed' | 'unknown';

export interface MailSource {
  readonly kind: string;
  readonly id: string;
  readonly purpose: string;
}

/** Whose word marketing rests on, and since when, as far as it is known. */
export interface ConsentBasis {
  /** store: it has the customer as subscribed, and said so then · person: their own click in a mail of ours */
  readonly by: 'store' | 'person';
  readonly at: Date | null;
}

/** A mail as the log tells of it. */
export interface LoggedMail {
  readonly id: string;
  readonly template: string;
  readonly topic: TopicId;
  readonly customerId: string | null;
  /** null where it was forgotten, or never known */
  readonly address: string | null;
  readonly state: MailState;
  readonly reason: MailReason | null;
  readonly detail: string | null;
  readonly language: Language | null;
  readonly requestedAt: Date;
  readonly dueAt: Date | null;
  readonly expiresAt: Date;
  readonly settledAt: Date | null;
  readonly reported: 'bounced' | 'complained' | null;
  /** what it was asked for by */
  readonly source: MailSource;
  /** of marketing that was handed over; null also where that was before it was noted */
  readonly consent: ConsentBasis | null;
}
