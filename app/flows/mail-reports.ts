import { z } from 'zod';
import {
  noteReport,
  readContacts,
  readMessageId,
  sealing,
  suppressAddresses,
} from '#app/domains/notifications/index.ts';
import type { Services } from '#app/infra/services.ts';

/** Of one call. */
export const mostReports = 1_000;

const reportsSchema = z.object({
  reports: z
    .array(
      z.object({
        /** the Message-ID header of the mail */
        messageId: z.string().max(300),
        type: z.enum(['bounced', 'complained']),
        /** what the receiving side said */
        words: z.string().max(1_000).default(''),
      }),
    )
    .max(mostReports),
});

/**
 * Takes what a mail provider reports of mails that it had accepted: those that came back for good and those that were
 * marked as spam. Their addresses get no mail any more. Null where the report cannot be read.
 * @param from provider: it proved who it is · anybody: each report counts only where it proves to know the mail
 */
export async function takeReports(
  services: Pick<Services, 'db' | 'secrets' | 'clock'>,
  input: unknown,
  from: 'provider' | 'anybody' = 'provider',
): Promise<{ readonly taken: number; readonly unknown: number } | null> {
  const parsed = reportsSchema.safeParse(input);
  if (!parsed.success) return null;
  let taken = 0;
  for (const { messageId, type, words } of parsed.data.reports) {
    const mail = readMessageId(services.secrets, messageId);
    if (mail === null || (from === 'anybody' && !mail.proven)) continue;
    const known = await services.db.inShop(mail.shopId, async (scope) => {
      const emailHash = await noteReport(scope, mail.id, type);
      if (emailHash === null) return false;
      const [contact] = await readContacts(scope, services.secrets, { emailHash });
      const sealed = contact?.address ? sealing(services.secrets, scope.shopId).seal(contact.address) : null;
      // What the receiving side says may hold the address, which is kept sealed only.
      const said = contact?.address ? words.replaceAll(contact.address, '…') : '';
      // The database's text holds no NUL, and the log's lines no others.
      const detail = said.replace(/\p{Cc}+/gu, ' ').slice(0, 300) || null;
      await suppressAddresses(scope, [{ emailHash, sealed, reason: type, detail }], services.clock.now());
      return true;
    });
    if (known) taken += 1;
  }
  return { taken, unknown: parsed.data.reports.length - taken };
}
