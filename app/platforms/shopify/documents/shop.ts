import { z } from 'zod';
import { adminDocument } from '../graphql/document.ts';

/** Name, currency and how it is written, time zone, address, scopes and the id of our installation in one call. */
export const readShopDocument = adminDocument(
  'ReadShop',
  `query ReadShop {
    shop { name currencyCode ianaTimezone currencyFormats { moneyFormat } primaryDomain { url } }
    currentAppInstallation { id accessScopes { handle } }
  }`,
  z.object({
    shop: z.object({
      name: z.string(),
      currencyCode: z.string(),
      ianaTimezone: z.string(),
      currencyFormats: z.object({ moneyFormat: z.string() }),
      primaryDomain: z.object({ url: z.url({ protocol: /^https?$/ }) }),
    }),
    currentAppInstallation: z.object({ id: z.string(), accessScopes: z.array(z.object({ handle: z.string() })) }),
  }),
);
