import { z } from 'zod';
import { type MailProvider, type MailReport, maybe, sentence } from './provider.ts';

/** More than fit into what is taken at once. */
const mostEvents = 20_000;

/** Source: Twilio SendGrid, "Event Webhook reference". `smtp-id` is the Message-ID that the mail came with. */
const events = z
  .array(z.object({ event: z.string(), 'smtp-id': maybe, type: maybe, reason: maybe, status: maybe }))
  .max(mostEvents);

export const sendgrid: MailProvider = {
  id: 'sendgrid',
  format: 'json',
  proof: 'secret',
  read(body) {
    const parsed = events.safeParse(body);
    if (!parsed.success) return null;
    const reports = parsed.data.flatMap((one): MailReport[] => {
      const told = { messageId: one['smtp-id'] ?? '', words: sentence(one.status, one.reason) };
      if (one.event === 'spamreport') return [{ ...told, type: 'complained' }];
      // `blocked` passes, as `deferred` does.
      if (one.event === 'bounce' && one.type !== 'blocked') return [{ ...told, type: 'bounced' }];
      return one.event === 'dropped' && one.reason === 'Bounced Address' ? [{ ...told, type: 'bounced' }] : [];
    });
    return { reports };
  },
};
