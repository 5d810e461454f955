import { z } from 'zod';
import { type MailProvider, maybe, nothingToTell, sentence } from './provider.ts';

/** Source: Brevo, "Transactional webhooks". A header of the mail comes back under its name. */
const told = z.object({ event: z.string(), 'message-id': maybe, 'X-Mailin-custom': maybe, reason: maybe });

const types: Readonly<Record<string, 'bounced' | 'complained'>> = {
  hard_bounce: 'bounced',
  invalid_email: 'bounced',
  spam: 'complained',
  complaint: 'complained',
};

export const brevo: MailProvider = {
  id: 'brevo',
  format: 'json',
  proof: 'secret',
  read(body) {
    const parsed = told.safeParse(body);
    if (!parsed.success) return null;
    const type = types[parsed.data.event];
    if (type === undefined) return nothingToTell;
    const messageId = parsed.data['X-Mailin-custom'] ?? parsed.data['message-id'] ?? '';
    return { reports: [{ messageId, type, words: sentence(parsed.data.reason) }] };
  },
};
