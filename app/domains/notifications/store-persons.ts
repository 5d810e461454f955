import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import type { Secrets } from '#app/infra/secrets.ts';
import type { SkipReason } from './model.ts';
import { readContacts } from './store-contacts.ts';

async function hashesOf(scope: ShopScope, customerIds: readonly string[], emailHash: string | null): Promise<string[]> {
  const rows = await scope.tx.mailContact.findMany({
    where: { shopId: scope.shopId, customerId: { in: [...customerIds] }, emailHash: { not: null } },
    select: { emailHash: true },
  });
  return [...new Set([...rows.flatMap((row) => row.emailHash ?? []), ...(emailHash === null ? [] : [emailHash])])];
}

/**
 * Forgets a person: address and name, what their mails said, and whom they went to; mails that wait are not sent. That
 * an address wants no mail is kept as its hash alone, because that wish outlasts the rest.
 */
export async function forgetMailsOf(
  scope: ShopScope,
  customerIds: readonly string[],
  emailHash: string | null,
  now: Date,
): Promise<void> {
  const { shopId, tx } = scope;
  const hashes = await hashesOf(scope, customerIds, emailHash);
  const person = { shopId, OR: [{ customerId: { in: [...customerIds] } }, { emailHash: { in: hashes } }] };
  await tx.mail.updateMany({
    where: { ...person, state: 'waiting' },
    data: { state: 'skipped', reason: 'erased' satisfies SkipReason, dueAt: null, settledAt: now },
  });
  // Who confirms an address is asked once a day and points end on a day, so that these mails are known by the customer.
  await tx.$executeRaw`
    UPDATE mail SET source_id = 'erased-' || id WHERE shop_id = ${shopId}::uuid AND source_kind IN ('confirm', 'loyalty-expiry')
      AND (customer_id = ANY(${[...customerIds]}::text[]) OR email_hash = ANY(${hashes}::text[]))`;
  await tx.mail.updateMany({
    where: person,
    data: { customerId: null, emailHash: null, toSealed: null, dataSealed: null, detail: null },
  });
  await tx.mailContact.deleteMany({ where: person });
  await tx.mailPreference.deleteMany({ where: { shopId, emailHash: { in: hashes }, allowed: true } });
  await tx.mailSuppression.updateMany({
    where: { shopId, emailHash: { in: hashes } },
    data: { sealed: null, detail: null },
  });
}

/** Two customers became one: mails of the first go to the second, and what either of them did not want stays unwanted. */
export async function joinMails(scope: ShopScope, from: string, into: string, now: Date): Promise<void> {
  const { shopId, tx } = scope;
  await tx.mail.updateMany({ where: { shopId, customerId: from }, data: { customerId: into } });
  await tx.$executeRaw`
    INSERT INTO mail_preference AS p (shop_id, email_hash, topic, allowed, changed_at)
    SELECT ${shopId}::uuid, b.email_hash, w.topic, false, ${now}::timestamptz
    FROM mail_contact a
      JOIN mail_preference w ON w.shop_id = a.shop_id AND w.email_hash = a.email_hash AND NOT w.allowed
      JOIN mail_contact b ON b.shop_id = a.shop_id AND b.customer_id = ${into} AND b.email_hash IS NOT NULL
    WHERE a.shop_id = ${shopId}::uuid AND a.customer_id = ${from}
    ON CONFLICT (shop_id, email_hash, topic) DO UPDATE SET allowed = false, changed_at = excluded.changed_at`;
  await tx.mailContact.deleteMany({ where: { shopId, customerId: from } });
}

/** What is kept of a person in mails, for their own eyes. */
export async function readMailsOf(
  scope: ShopScope,
  secrets: Secrets,
  customerIds: readonly string[],
  emailHash: string | null,
) {
  const { shopId, tx } = scope;
  const hashes = await hashesOf(scope, customerIds, emailHash);
  const byAddress = { shopId, emailHash: { in: hashes } };
  const contacts = await readContacts(scope, secrets, { customerIds });
  const choices = await tx.mailPreference.findMany({
    where: byAddress,
    select: { topic: true, allowed: true, changedAt: true },
  });
  const silenced = await tx.mailSuppression.findMany({ where: byAddress, select: { reason: true, createdAt: true } });
  const mails = await tx.mail.findMany({
    where: { shopId, OR: [{ customerId: { in: [...customerIds] } }, { emailHash: { in: hashes } }] },
    select: { template: true, topic: true, state: true, reason: true, requestedAt: true, settledAt: true },
    orderBy: { id: 'asc' },
  });
  return { contacts: contacts.map(({ emailHash: _hash, ...contact }) => contact), choices, silenced, mails };
}

/** What mails said is forgotten where they were settled before `said`; that there were any, before `known`. */
export async function forgetOldMails(
  scope: SystemScope,
  before: { readonly said: Date; readonly known: Date },
): Promise<void> {
  await scope.tx.mail.updateMany({
    where: { settledAt: { lt: before.said }, dataSealed: { not: null } },
    data: { dataSealed: null, toSealed: null },
  });
  await scope.tx.mail.deleteMany({ where: { settledAt: { lt: before.known } } });
}
