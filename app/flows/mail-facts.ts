import { z } from 'zod';
import {
  type AddressFacts,
  type AnyTemplate,
  basisOf,
  type ClaimedMail,
  type Contact,
  type Facts,
  isTopic,
  type Language,
  type loadRenderer,
  mailLanguage,
  mailMarkOf,
  type MailSettings,
  messageIdOf,
  readAddressFacts,
  readContacts,
  readMailSettings,
  readTemplateChanges,
  sealing,
  sealLink,
  type TemplateChange,
  topics,
  unchanged,
  wordedIn,
  zoneOr,
} from '#app/domains/notifications/index.ts';
import { readLatestCountries } from '#app/domains/orders/index.ts';
import type { Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { hashEmail } from '#app/infra/email-hash.ts';
import type { OutgoingMail } from '#app/infra/mail/model.ts';
import type { Services } from '#app/infra/services.ts';
import { zoneOfCountry } from '#app/shared/country-zone.ts';

type Renderer = Awaited<ReturnType<typeof loadRenderer>>['renderMail'];

const longestCapMs = 90 * 86_400_000;
const addressed = z.object({ address: z.string(), name: z.string(), locale: z.string().nullable() });

/** Whom a mail goes to, as far as that is known. */
export interface Recipient {
  readonly address: string | null;
  readonly emailHash: string | null;
  readonly name: string;
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly marketing: Contact['marketing'];
  /** when the store said so */
  readonly toldAt: Date | null;
}

/** What the mails of a batch are decided by and filled with. */
export interface BatchFacts {
  readonly shop: Shop;
  readonly settings: MailSettings;
  readonly changes: ReadonlyMap<string, TemplateChange>;
  readonly recipients: ReadonlyMap<bigint, Recipient>;
  readonly addresses: ReadonlyMap<string, AddressFacts>;
  /** A mail of an optional topic went out: the next one of the batch to the same address counts it. */
  noteOptional(emailHash: string, at: Date): void;
  optionalSentAt(emailHash: string): readonly Date[];
}

const nobody: Recipient = {
  address: null,
  emailHash: null,
  name: '',
  locale: null,
  timeZone: null,
  marketing: 'unknown',
  toldAt: null,
};

/** Reads them for all mails at once. */
export async function readBatchFacts(
  services: Pick<Services, 'secrets' | 'clock'>,
  scope: ShopScope,
  shop: Shop,
  mails: readonly ClaimedMail[],
): Promise<BatchFacts> {
  const { secrets } = services;
  const customerIds = mails.flatMap((mail) => mail.customerId ?? []);
  const contacts = new Map((await readContacts(scope, secrets, { customerIds })).map((one) => [one.customerId, one]));
  const zoneless = [...contacts.values()].filter(({ timeZone }) => timeZone === null);
  const countries = await readLatestCountries(
    scope,
    zoneless.map(({ customerId }) => customerId),
  );
  const recipients = new Map(
    mails.map((mail): [bigint, Recipient] => {
      if (mail.toSealed !== null) {
        const { address, name, locale } = addressed.parse(sealing(secrets, shop.id).open(mail.toSealed));
        return [mail.id, { ...nobody, address, name, locale, emailHash: hashEmail(secrets, address) }];
      }
      const contact = mail.customerId === null ? undefined : contacts.get(mail.customerId);
      if (!contact) return [mail.id, nobody];
      const timeZone = contact.timeZone ?? zoneOfCountry(countries.get(contact.customerId));
      return [mail.id, { ...contact, name: contact.firstName, timeZone }];
    }),
  );
  const hashes = [...new Set([...recipients.values()].flatMap((one) => one.emailHash ?? []))];
  const since = new Date(services.clock.now().getTime() - longestCapMs);
  const addresses = await readAddressFacts(scope, hashes, since);
  const sentNow = new Map<string, Date[]>();
  return {
    shop,
    settings: await readMailSettings(scope),
    changes: await readTemplateChanges(scope),
    recipients,
    addresses,
    noteOptional: (hash, at) => void sentNow.set(hash, [...(sentNow.get(hash) ?? []), at]),
    optionalSentAt: (hash) => [...(addresses.get(hash)?.optionalSentAt ?? []), ...(sentNow.get(hash) ?? [])],
  };
}

export const recipientOf = (facts: BatchFacts, mail: ClaimedMail): Recipient => facts.recipients.get(mail.id) ?? nobody;

/** What is decided by. */
export function factsOf(facts: BatchFacts, mail: ClaimedMail, recipient: Recipient): Facts {
  const topic = isTopic(mail.topic) ? mail.topic : 'offers';
  const known = recipient.emailHash === null ? undefined : facts.addresses.get(recipient.emailHash);
  return {
    topic,
    expiresAt: mail.expiresAt,
    address: recipient.address,
    suppressed: known?.suppressed ?? false,
    chosen: known?.chosen.get(topic) ?? null,
    consent: recipient.marketing,
    // A merchant tries also what is switched off.
    active: mail.sourceKind === 'test' || (facts.changes.get(mail.template)?.active ?? true),
    zone: zoneOr(recipient.timeZone, zoneOr(facts.shop.timeZone, 'UTC')),
    optionalSentAt: recipient.emailHash === null ? [] : facts.optionalSentAt(recipient.emailHash),
  };
}

/** What a mail that is sent rests on, where its topic needs consent. */
export function basisFor(facts: BatchFacts, mail: ClaimedMail, recipient: Recipient) {
  const decided = factsOf(facts, mail, recipient);
  const known = recipient.emailHash === null ? undefined : facts.addresses.get(recipient.emailHash);
  return basisOf(decided, { told: recipient.toldAt, chosenAt: known?.chosenAt.get(decided.topic) ?? null });
}

/** The mail as it is handed over, with the links by which its reader stops such mails (RFC 8058: one click). */
export async function addressedMail(
  services: Pick<Services, 'secrets' | 'config'>,
  facts: BatchFacts,
  mail: ClaimedMail,
  template: AnyTemplate,
  renderMail: Renderer,
): Promise<{ mail: OutgoingMail; emailHash: string; language: Language; sealedAddress: string }> {
  const { shop, settings } = facts;
  const { address, emailHash, name, locale, timeZone } = recipientOf(facts, mail);
  if (address === null || emailHash === null || mail.dataSealed === null) throw new Error('what it says was forgotten');
  const { seal, open } = sealing(services.secrets, shop.id);
  const change = facts.changes.get(mail.template) ?? unchanged;
  const language = mailLanguage(locale, settings, shop.platformState.storeLocale ?? null, wordedIn(change));
  const topic = isTopic(mail.topic) ? mail.topic : 'offers';
  const token = sealLink(services.secrets, {
    shopId: shop.id,
    emailHash,
    kind: 'choose',
    topic,
    language,
    expiresAt: null,
  });
  const links = mailLinks(services.config.SHOPIFY_APP_URL, token);
  const stop = topics[topic].optional ? links.unsubscribe : null;
  const mark = mailMarkOf(services.secrets, shop.id, mail.id);
  const { subject, html, text } = await renderMail(template, open(mail.dataSealed), {
    language,
    zone: zoneOr(timeZone, zoneOr(shop.timeZone, 'UTC')),
    firstName: name,
    shop: { name: settings.senderName || shop.name, url: shop.storefrontUrl },
    settings,
    words: change.words[language] ?? {},
    links: { preferences: links.preferences, unsubscribe: stop },
  });
  return {
    emailHash,
    language,
    sealedAddress: seal(address),
    mail: {
      from: { name: settings.senderName || shop.name, address: services.config.MAIL_FROM },
      to: { name, address },
      replyTo: settings.replyTo || null,
      subject,
      html,
      text,
      messageId: messageIdOf(services.secrets, shop.id, mail.id, services.config.MAIL_FROM),
      headers: {
        'Auto-Submitted': 'auto-generated',
        // What Postmark and Brevo hand back when they report on a mail.
        'X-PM-Metadata-trellis': mark,
        'X-Mailin-custom': mark,
        ...(stop === null
          ? {}
          : { 'List-Unsubscribe': `<${stop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
      },
    },
  };
}

/** Where a mail's reader chooses, and stops. */
export function mailLinks(appUrl: string, token: string) {
  return {
    preferences: new URL(`/mail/preferences/${token}`, appUrl).href,
    unsubscribe: new URL(`/mail/unsubscribe/${token}`, appUrl).href,
    confirm: new URL(`/mail/confirm/${token}`, appUrl).href,
  };
}
