import {
  type AnyTemplate,
  type Contact,
  findContacts,
  findLatestCustomer,
  findLatestData,
  type Language,
  loadRenderer,
  mailLanguage,
  readContacts,
  readMailSettings,
  readTemplateChanges,
  sealing,
  topics,
  unchanged,
  wordedIn,
  zoneOr,
} from '#app/domains/notifications/index.ts';
import type { Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';

export interface MailPreview {
  readonly language: Language;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** whose it is; null = nobody's: the sample */
  readonly customerId: string | null;
  /**
   * what fills it · mail: the customer's newest mail of this kind · customer: their name, with the sample's amounts and codes in
   * the store's currency · sample
   */
  readonly filledWith: 'mail' | 'customer' | 'sample';
}

/** Whose mail is shown: one customer's; of whoever got such a mail last, or of any customer; or nobody's. */
export type PreviewFor = { readonly customerId: string } | 'anybody' | 'nobody';

/**
 * A template as it would arrive. Its links to the preference page lead nowhere, so that nobody unsubscribes a customer
 * by trying.
 * @returns null where the template cannot be filled
 */
export async function previewMail(
  services: Pick<Services, 'secrets' | 'log'>,
  scope: ShopScope,
  shop: Shop,
  template: AnyTemplate,
  ask: { readonly language: Language | null; readonly of: PreviewFor },
): Promise<MailPreview | null> {
  const settings = await readMailSettings(scope);
  const change = (await readTemplateChanges(scope)).get(template.id) ?? unchanged;
  const contact = await contactFor(services.secrets, scope, template.id, ask.of);
  const sealed = contact ? await findLatestData(scope, template.id, contact.customerId) : null;
  const store = shop.platformState.storeLocale ?? null;
  // Whom the merchant did not choose does not choose the language of the page.
  const locale = ask.of === 'anybody' ? null : (contact?.locale ?? null);
  const language = ask.language ?? mailLanguage(locale, settings, store, wordedIn(change));
  const { renderMail } = await loadRenderer();
  const nowhere = '#';
  try {
    const mail = await renderMail(
      template,
      sealed === null ? ofStore(template.sample, shop) : sealing(services.secrets, shop.id).open(sealed),
      {
        language,
        zone: zoneOr(contact?.timeZone ?? null, zoneOr(shop.timeZone, 'UTC')),
        firstName: contact?.firstName ?? '',
        shop: { name: settings.senderName || shop.name, url: shop.storefrontUrl },
        settings,
        words: change.words[language] ?? {},
        links: { preferences: nowhere, unsubscribe: topics[template.topic].optional ? nowhere : null },
      },
    );
    const customerId = contact?.customerId ?? null;
    return { ...mail, language, customerId, filledWith: sealed !== null ? 'mail' : contact ? 'customer' : 'sample' };
  } catch (error) {
    services.log.error({ shopId: shop.id, template: template.id, err: error }, 'a preview cannot be made');
    return null;
  }
}

async function contactFor(
  secrets: Services['secrets'],
  scope: ShopScope,
  template: string,
  of: PreviewFor,
): Promise<Contact | undefined> {
  if (of === 'nobody') return undefined;
  const customerId = of === 'anybody' ? await findLatestCustomer(scope, template) : of.customerId;
  const [known] = customerId === null ? [] : await readContacts(scope, secrets, { customerIds: [customerId] });
  if (known || of !== 'anybody') return known;
  return (await findContacts(scope, secrets, { address: null, limit: 1 }))[0];
}

/** A sample with the store's own address and currency, wherever it names one. */
function ofStore(sample: unknown, shop: Pick<Shop, 'storefrontUrl' | 'currency'>): unknown {
  if (typeof sample !== 'object' || sample === null || Array.isArray(sample)) return sample;
  const own: Readonly<Record<string, string>> = { url: shop.storefrontUrl, currency: shop.currency };
  return Object.fromEntries(
    Object.entries(sample).map(([key, value]) => [
      key,
      typeof value === 'string' ? (own[key] ?? value) : ofStore(value, shop),
    ]),
  );
}
