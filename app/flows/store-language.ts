import { type Language, mailLanguage, readMailSettings } from '#app/domains/notifications/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

/** The language of what the store itself shows, such as names of discounts at its checkout: as of mails to somebody unknown. */
export async function readStoreLanguage(scope: ShopScope): Promise<Language> {
  const { platformState } = await readShop(scope);
  return mailLanguage(null, await readMailSettings(scope), platformState.storeLocale ?? null, []);
}
