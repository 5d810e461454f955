import {
  type AnyTemplate,
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
  /** what fills it: the newest mail of the chosen customer, or the template's sample with the customer's name */
  readonly filledWith: 'customer' | 'sample';
}

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
  ask: { readonly language: Language | null; readonly customerId: string | null },
): Promise<MailPreview | null> {
  const settings = await readMailSettings(scope);
  const change = (await readTemplateChanges(scope)).get(template.id) ?? unchanged;
  const [contact] =
    ask.customerId === null ? [] : await readContacts(scope, services.secrets, { customerIds: [ask.customerId] });
  const sealed = contact ? await findLatestData(scope, template.id, contact.customerId) : null;
  const store = shop.platformState.storeLocale ?? null;
  const language = ask.language ?? mailLanguage(contact?.locale ?? null, settings, store);
  const { renderMail } = await loadRenderer();
  const nowhere = '#';
  try {
    const mail = await renderMail(
      template,
      sealed === null ? template.sample : sealing(services.secrets, shop.id).open(sealed),
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
    return { ...mail, language, filledWith: sealed === null ? 'sample' : 'customer' };
  } catch (error) {
    services.log.error({ shopId: shop.id, template: template.id, err: error }, 'a preview cannot be made');
    return null;
  }
}
