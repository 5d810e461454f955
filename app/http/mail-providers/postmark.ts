import { z } from 'zod';
import { type MailProvider, maybe, nothingToTell, sentence } from './provider.ts';

/** Source: Postmark, "Bounce webhook", "Spam complaint webhook", "Bounce types". */
const bounce = z.object({
  RecordType: maybe,
  Type: maybe,
  Description: maybe,
  Details: maybe,
  Metadata: z.record(z.string(), z.unknown()).nullish(),
});

/** Types after which nothing will ever arrive. */
const forGood: ReadonlySet<string> = new Set(['HardBounce', 'BadEmailAddress']);

/** Postmark writes its own Message-ID; the mail's mark comes back as metadata. */
export const postmark: MailProvider = {
  id: 'postmark',
  format: 'json',
  proof: 'secret',
  read(body) {
    const parsed = bounce.safeParse(body);
    if (!parsed.success || (parsed.data.RecordType ?? parsed.data.Type ?? null) === null) return null;
    const { RecordType, Type, Description, Details, Metadata } = parsed.data;
    const mark = Metadata?.['trellis'];
    const messageId = typeof mark === 'string' ? mark : '';
    const words = sentence(Details ?? Description);
    if (RecordType === 'SpamComplaint' || Type === 'SpamComplaint')
      return { reports: [{ messageId, type: 'complained', words }] };
    if (!forGood.has(Type ?? '')) return nothingToTell;
    return { reports: [{ messageId, type: 'bounced', words }] };
  },
};
