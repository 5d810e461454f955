import {
  allowAddress,
  type Contact,
  listSuppressions,
  mailLanguage,
  type MailLink,
  type MailSettings,
  openLink,
  optionalTopics,
  readAddressFacts,
  readContacts,
  readMailSettings,
  readTemplateChanges,
  requestMail,
  savePreferences,
  sealing,
  sealLink,
  suppressAddresses,
  type TopicId,
  topics,
  unchanged,
  wordedIn,
} from '#app/domains/notifications/index.ts';
import { findShop, type Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { mailLinks } from './mail-facts.ts';
import { sendMails } from './send-mails-soon.ts';

const confirmDays = 7;
const confirmTemplate = 'notifications.confirm';
const dayMs = 86_400_000;

/** What the owner of an address sees on their page. */
export interface MailChoices {
  readonly link: MailLink;
  readonly shop: { readonly name: string; readonly url: string };
  readonly settings: MailSettings;
  /** no mail at all goes to the address, by the owner's wish or because none arrives */
  readonly silent: boolean;
  readonly choices: readonly { readonly topic: TopicId; readonly on: boolean; readonly blocked: boolean }[];
}

interface Opened {
  readonly link: MailLink;
  readonly shop: Shop;
  readonly contact: Contact | null;
}

/** Opens a link of a mail and works for its holder; null where the link is none, is over, or its shop is gone. */
async function withLink<T>(
  services: Services,
  token: string,
  kind: MailLink['kind'],
  work: (scope: ShopScope, opened: Opened) => Promise<T>,
): Promise<T | null> {
  const link = openLink(services.secrets, token, services.clock.now());
  if (link?.kind !== kind) return null;
  return services.db.inShop(link.shopId, async (scope) => {
    const shop = await findShop(scope);
    if (shop === null) return null;
    const [contact = null] = await readContacts(scope, services.secrets, { emailHash: link.emailHash });
    return work(scope, { link, shop, contact });
  });
}

async function look(scope: ShopScope, { link, shop, contact }: Opened, now: Date): Promise<MailChoices> {
  const settings = await readMailSettings(scope);
  const known = (await readAddressFacts(scope, [link.emailHash], now)).get(link.emailHash);
  return {
    link,
    shop: { name: settings.senderName || shop.name, url: shop.storefrontUrl },
    settings,
    silent: known?.suppressed ?? false,
    choices: optionalTopics.flatMap((topic) => {
      const marketing = topics[topic].kind === 'marketing';
      // Whoever is no customer is asked for no marketing.
      if (marketing && contact === null) return [];
      const blocked = marketing && contact?.marketing === 'unsubscribed';
      const chosen = known?.chosen.get(topic) ?? (!marketing || contact?.marketing === 'subscribed');
      return [{ topic, on: chosen && !blocked, blocked }];
    }),
  };
}

/** What the page of a link shows. */
export function readChoices(services: Services, token: string): Promise<MailChoices | null> {
  return withLink(services, token, 'choose', (scope, opened) => look(scope, opened, services.clock.now()));
}

/**
 * Keeps what the holder chose. Marketing without consent to the store begins when the owner of the address has confirmed
 * it in a mail of its own.
 */
export async function saveChoices(
  services: Services,
  token: string,
  wanted: ReadonlySet<string>,
): Promise<(MailChoices & { readonly confirmSent: boolean }) | null> {
  const now = services.clock.now();
  const saved = await withLink(services, token, 'choose', async (scope, opened) => {
    const { link, shop, contact } = opened;
    const before = await look(scope, opened, now);
    const open = before.choices.filter((one) => !one.blocked);
    const toConfirm = open.some(
      ({ topic, on }) =>
        topics[topic].kind === 'marketing' && !on && wanted.has(topic) && contact?.marketing !== 'subscribed',
    );
    const kept = open.filter(({ topic }) => !(toConfirm && topics[topic].kind === 'marketing'));
    await savePreferences(
      scope,
      link.emailHash,
      Object.fromEntries(kept.map(({ topic }) => [topic, wanted.has(topic)])),
      now,
    );
    if (toConfirm && contact) {
      const store = shop.platformState.storeLocale ?? null;
      const confirming = (await readTemplateChanges(scope)).get(confirmTemplate) ?? unchanged;
      const language = mailLanguage(contact.locale, before.settings, store, wordedIn(confirming));
      await askToConfirm(services, scope, { ...link, language }, contact.customerId, now);
    }
    return { ...(await look(scope, opened, now)), confirmSent: toConfirm };
  });
  if (saved?.confirmSent) await sendMails(services, saved.link.shopId);
  return saved;
}

/** One mail a day at most, whoever presses how often. */
async function askToConfirm(
  services: Services,
  scope: ShopScope,
  link: MailLink,
  customerId: string,
  now: Date,
): Promise<void> {
  const expiresAt = new Date(now.getTime() + confirmDays * dayMs);
  const token = sealLink(services.secrets, {
    ...link,
    kind: 'confirm',
    topic: 'offers',
    expiresAt,
  });
  await requestMail(services, scope, {
    template: confirmTemplate,
    data: { url: mailLinks(services.config.SHOPIFY_APP_URL, token).confirm },
    source: { kind: 'confirm', id: `${customerId} ${now.toISOString().slice(0, 10)}`, purpose: 'offers' },
    to: { customerId },
    expiresAt,
  });
}

/** Ends the mails of the link's topic; all mails where it has none. Pressing twice changes nothing. */
export function stopTopic(services: Services, token: string): Promise<MailChoices | null> {
  return withLink(services, token, 'choose', async (scope, opened) => {
    const now = services.clock.now();
    const { topic, emailHash } = opened.link;
    if (topic !== null && topics[topic].optional) await savePreferences(scope, emailHash, { [topic]: false }, now);
    else await silence(services, scope, opened, now);
    return look(scope, opened, now);
  });
}

/** No mail at all from now on, or mails again; an address that bounced or complained stays silent. */
export function setSilence(services: Services, token: string, silent: boolean): Promise<MailChoices | null> {
  return withLink(services, token, 'choose', async (scope, opened) => {
    const now = services.clock.now();
    const { emailHash } = opened.link;
    if (silent) await silence(services, scope, opened, now);
    else {
      const [entry] = await listSuppressions(scope, { emailHash, after: null, limit: 1 });
      if (entry?.reason === 'asked') await allowAddress(scope, emailHash);
    }
    return look(scope, opened, now);
  });
}

async function silence(services: Services, scope: ShopScope, { link, contact }: Opened, now: Date): Promise<void> {
  const { seal } = sealing(services.secrets, scope.shopId);
  const sealed = contact?.address ? seal(contact.address) : null;
  await suppressAddresses(scope, [{ emailHash: link.emailHash, sealed, reason: 'asked', detail: null }], now);
}

/** What the page of a confirming link shows. */
export function readConfirmation(services: Services, token: string): Promise<MailChoices | null> {
  return withLink(services, token, 'confirm', (scope, opened) => look(scope, opened, services.clock.now()));
}

/** The owner of the address wants marketing. */
export function confirmMarketing(services: Services, token: string): Promise<MailChoices | null> {
  return withLink(services, token, 'confirm', async (scope, opened) => {
    const now = services.clock.now();
    await savePreferences(scope, opened.link.emailHash, { offers: true }, now);
    return look(scope, opened, now);
  });
}
