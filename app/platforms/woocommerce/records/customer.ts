import { z } from 'zod';
import type { PlatformCustomer } from '#app/platforms/platform.ts';
import { zoneOfCountry } from '#app/shared/country-zone.ts';
import { gmt, recordId, text } from './values.ts';

export const wooCustomer = z.object({
  id: recordId,
  email: text,
  first_name: text,
  date_created_gmt: gmt,
  date_modified_gmt: gmt,
  billing: z.object({ country: text }).nullish().catch(null),
});

/** Nothing else of a person is asked for. */
export const customerFields = {
  _fields: Object.keys(wooCustomer.shape)
    .map((field) => (field === 'billing' ? 'billing.country' : field))
    .join(','),
};

/** WordPress has not changed a person who never edited the account: then the time of registration stands. */
export function toCustomer(node: z.infer<typeof wooCustomer>): PlatformCustomer {
  const created = node.date_created_gmt ?? node.date_modified_gmt ?? new Date(0);
  const email = node.email.replaceAll('\0', '').trim();
  return {
    id: node.id,
    email: email === '' ? null : email,
    locale: null,
    // WooCommerce itself asks nobody whether they want marketing, and knows no language of theirs.
    contact: {
      firstName: node.first_name.trim() || null,
      marketing: 'unknown',
      timeZone: zoneOfCountry(node.billing?.country),
    },
    tags: [],
    createdAt: created,
    updatedAt: node.date_modified_gmt ?? created,
  };
}
