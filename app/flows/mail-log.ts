import { z } from 'zod';
import {
  type Contact,
  findTemplate,
  isTopic,
  languages,
  listMails,
  type LoggedMail,
  type MailReason,
  type MailState,
  readContacts,
  retryMails,
  sealing,
} from '#app/domains/notifications/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { hashEmail } from '#app/infra/email-hash.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { readCauses } from './mail-causes.ts';
import { sendMails } from './send-mails-soon.ts';

const againMs = 7 * 86_400_000;
const addressed = z.object({ address: z.string() });

/** A mail of the log with the title of its template. */
export type LogRow = LoggedMail & {
  readonly title: string;
  /** what people call the thing that it was about; null where that has no name, or is gone */
  readonly cause: string | null;
};

/**
 * The shop's mails, newest first, with whom they went to and why they were not sent.
 * @param ask.search an address, or the id of a customer; '' = all
 */
export async function readMailLog(
  { secrets }: Pick<Services, 'secrets'>,
  scope: ShopScope,
  ask: {
    readonly search: string;
    readonly state: MailState | null;
    readonly template: string | null;
    readonly before: bigint | null;
    readonly limit: number;
  },
): Promise<LogRow[]> {
  const { search, ...rest } = ask;
  const emailHash = search.includes('@') ? hashEmail(secrets, search) : null;
  const owners = emailHash === null ? [] : await readContacts(scope, secrets, { emailHash });
  const customerIds = emailHash === null ? [search] : owners.map((owner) => owner.customerId);
  const rows = await listMails(scope, { ...rest, to: search === '' ? null : { emailHash, customerIds } });
  const ids = [...new Set(rows.flatMap((row) => row.customerId ?? []))];
  const contacts = new Map(
    (await readContacts(scope, secrets, { customerIds: ids })).map((one) => [one.customerId, one]),
  );
  const causeOf = await readCauses(scope, rows);
  const { open } = sealing(secrets, scope.shopId);
  const addressOf = (row: { toSealed: string | null; customerId: string | null }): string | null => {
    if (row.toSealed !== null) return addressed.parse(open(row.toSealed)).address;
    const contact: Contact | undefined = contacts.get(row.customerId ?? '');
    return contact?.address ?? null;
  };
  return rows.map((row) => ({
    id: row.id.toString(),
    template: row.template,
    title: findTemplate(row.template)?.title ?? row.template,
    topic: isTopic(row.topic) ? row.topic : 'service',
    customerId: row.customerId,
    address: addressOf(row),
    state: row.state as MailState,
    reason: row.reason as MailReason | null,
    detail: row.detail,
    language: languages.find((language) => language === row.language) ?? null,
    requestedAt: row.requestedAt,
    dueAt: row.dueAt,
    expiresAt: row.expiresAt,
    settledAt: row.settledAt,
    reported: row.reported as LoggedMail['reported'],
    source: { kind: row.sourceKind, id: row.sourceId, purpose: row.purpose },
    cause: causeOf(row),
    consent: row.consent === 'store' || row.consent === 'person' ? { by: row.consent, at: row.consentAt } : null,
  }));
}

/** Sends a mail again that failed, or of which nobody knows whether it arrived, on the merchant's word. */
export async function sendAgain(services: Services, shopId: ShopId, id: bigint): Promise<boolean> {
  const now = services.clock.now();
  const count = await services.db.inShop(shopId, (scope) =>
    retryMails(scope, [id], now, new Date(now.getTime() + againMs)),
  );
  if (count > 0) await sendMails(services, shopId);
  return count > 0;
}
