import { z } from 'zod';
import { adminDocument } from '../graphql/document.ts';

/** Name, currency and how it is written, time zone, whether prices contain tax, address, plan, scopes and the id of our installation in one call. */
export const readShopDocument = adminDocument(
  'ReadShop',
  `query ReadShop {
    shop { name currencyCode ianaTimezone taxesIncluded currencyFormats { moneyFormat } primaryDomain { url } plan { shopifyPlus } }
    currentAppInstallation { id accessScopes { handle } }
  }`,
  z.object({
    shop: z.object({
      name: z.string(),
      currencyCode: z.string(),
      ianaTimezone: z.string(),
      taxesIncluded: z.boolean(),
      currencyFormats: z.object({ moneyFormat: z.string() }),
      primaryDomain: z.object({ url: z.url({ protocol: /^https?$/ }) }),
      /** only its stores may have extensions in the steps of the checkout */
      plan: z.object({ shopifyPlus: z.boolean() }),
    }),
    currentAppInstallation: z.object({ id: z.string(), accessScopes: z.array(z.object({ handle: z.string() })) }),
  }),
);
