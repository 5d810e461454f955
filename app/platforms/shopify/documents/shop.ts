import { z } from 'zod';
import { adminDocument } from '../graphql/document.ts';

/** Name, currency, time zone, scopes and the id of our installation in one call. */
export const readShopDocument = adminDocument(
  'ReadShop',
  `query ReadShop {
    shop { name currencyCode ianaTimezone }
    currentAppInstallation { id accessScopes { handle } }
  }`,
  z.object({
    shop: z.object({ name: z.string(), currencyCode: z.string(), ianaTimezone: z.string() }),
    currentAppInstallation: z.object({ id: z.string(), accessScopes: z.array(z.object({ handle: z.string() })) }),
  }),
);
