import { z } from 'zod';
import type { ShopScope } from '#app/infra/database.ts';
import { hashEmail } from '#app/infra/email-hash.ts';
import { toJsonb } from '#app/infra/jsonb.ts';
import type { Secrets } from '#app/infra/secrets.ts';
import type { PlatformCustomer } from '#app/platforms/platform.ts';
import type { MarketingConsent } from './model.ts';
import { sealing } from './sealing.ts';

/** How a customer is reached. */
export interface Contact {
  readonly customerId: string;
  /** null = the store has none */
  readonly address: string | null;
  readonly firstName: string;
  readonly emailHash: string | null;
  readonly marketing: MarketingConsent;
  readonly locale: string | null;
  /** IANA, as the store says; it may be none */
  readonly timeZone: string | null;
  /** the version of the store's record that says so */
  readonly toldAt: Date;
}

const sealedShape = z.object({ address: z.string(), firstName: z.string() });

/** Keeps what a mail needs, in one statement for all; an older version never replaces a newer one. */
export async function upsertContacts(
  scope: ShopScope,
  secrets: Secrets,
  customers: readonly PlatformCustomer[],
): Promise<void> {
  const { seal } = sealing(secrets, scope.shopId);
  const newest = new Map<string, PlatformCustomer>();
  for (const customer of customers) {
    const known = newest.get(customer.id);
    if (!known || known.updatedAt <= customer.updatedAt) newest.set(customer.id, customer);
  }
  const rows = [...newest.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, email, locale, updatedAt, contact }) => {
      const address = email?.trim() || null;
      return {
        id,
        emailHash: hashEmail(secrets, address),
        sealed: address === null ? null : seal({ address, firstName: contact?.firstName?.trim() ?? '' }),
        marketing: contact?.marketing ?? 'unknown',
        locale,
        timeZone: contact?.timeZone ?? null,
        updatedAt,
      };
    });
  if (rows.length === 0) return;
  await scope.tx.$executeRaw`
    INSERT INTO mail_contact AS c (shop_id, customer_id, email_hash, sealed, marketing, locale, time_zone, platform_updated_at)
    SELECT ${scope.shopId}::uuid, id, "emailHash", sealed, marketing, locale, "timeZone", "updatedAt"
    FROM jsonb_to_recordset(${toJsonb(rows)}::jsonb) AS r(id text, "emailHash" text, sealed text, marketing text,
      locale text, "timeZone" text, "updatedAt" timestamptz)
    ON CONFLICT (shop_id, customer_id) DO UPDATE SET email_hash = excluded.email_hash, sealed = excluded.sealed,
      marketing = excluded.marketing, locale = excluded.locale, time_zone = excluded.time_zone,
      platform_updated_at = excluded.platform_updated_at
    WHERE excluded.platform_updated_at >= c.platform_updated_at`;
}

/** How these customers are reached; those of whom nothing is known are left out. */
export async function readContacts(
  scope: ShopScope,
  secrets: Secrets,
  by: { readonly customerIds: readonly string[] } | { readonly emailHash: string },
): Promise<Contact[]> {
  const rows = await scope.tx.mailContact.findMany({
    where: {
      shopId: scope.shopId,
      ...('emailHash' in by ? { emailHash: by.emailHash } : { customerId: { in: [...by.customerIds] } }),
    },
    orderBy: [{ platformUpdatedAt: 'desc' }, { customerId: 'asc' }],
  });
  const { open } = sealing(secrets, scope.shopId);
  return rows.map(({ customerId, sealed, emailHash, marketing, locale, timeZone, platformUpdatedAt }) => {
    const person = sealed === null ? null : sealedShape.parse(open(sealed));
    return {
      customerId,
      address: person?.address ?? null,
      firstName: person?.firstName ?? '',
      emailHash,
      marketing: marketing as MarketingConsent,
      locale,
      timeZone,
      toldAt: platformUpdatedAt,
    };
  });
}

/** Customers who can be chosen for a preview: the newest, or the one of an address. */
export async function findContacts(
  scope: ShopScope,
  secrets: Secrets,
  ask: { readonly address: string | null; readonly limit: number },
): Promise<Contact[]> {
  const emailHash = hashEmail(secrets, ask.address);
  if (emailHash !== null) return readContacts(scope, secrets, { emailHash });
  const rows = await scope.tx.mailContact.findMany({
    where: { shopId: scope.shopId, sealed: { not: null } },
    select: { customerId: true },
    orderBy: [{ platformUpdatedAt: 'desc' }, { customerId: 'asc' }],
    take: ask.limit,
  });
  return readContacts(scope, secrets, { customerIds: rows.map((row) => row.customerId) });
}
