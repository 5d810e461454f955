import { z } from 'zod';
import { type MailProvider, maybe, nothingToTell, type Reading, sentence } from './provider.ts';

/** Source: Amazon SNS, "HTTP/HTTPS notification JSON format". */
const envelope = z.discriminatedUnion('Type', [
  z.object({ Type: z.literal('SubscriptionConfirmation'), SubscribeURL: z.string().max(2_000) }),
  z.object({ Type: z.literal('UnsubscribeConfirmation') }),
  z.object({ Type: z.literal('Notification'), Message: z.string() }),
]);

/**
 * Notifications name their kind `notificationType`, events `eventType`. SES writes a Message-ID of its own; the mail's is
 * among the headers, which notifications carry if that is switched on.
 * Source: Amazon SES, "Amazon SNS notification contents".
 */
const event = z.object({
  notificationType: maybe,
  eventType: maybe,
  mail: z.object({
    headers: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
    commonHeaders: z.object({ messageId: maybe }).nullish(),
  }),
  bounce: z
    .object({
      bounceType: z.string(),
      bounceSubType: maybe,
      bouncedRecipients: z.array(z.object({ status: maybe, diagnosticCode: maybe })).default([]),
    })
    .nullish(),
  complaint: z.object({ complaintFeedbackType: maybe }).nullish(),
});

function readEvent(body: unknown): Reading | null {
  const parsed = event.safeParse(body);
  if (!parsed.success) return null;
  const { mail, bounce, complaint } = parsed.data;
  const kind = parsed.data.notificationType ?? parsed.data.eventType;
  const header = mail.headers?.find(({ name }) => name.toLowerCase() === 'message-id')?.value;
  const messageId = mail.commonHeaders?.messageId ?? header ?? '';
  if (kind === 'Complaint') {
    const words = sentence(complaint?.complaintFeedbackType ?? 'complaint');
    return { reports: [{ messageId, type: 'complained', words }] };
  }
  // `Transient` is a full mailbox or a large mail, `Undetermined` anything.
  if (kind !== 'Bounce' || bounce?.bounceType !== 'Permanent') return nothingToTell;
  const [first] = bounce.bouncedRecipients;
  return {
    reports: [
      { messageId, type: 'bounced', words: sentence(first?.diagnosticCode ?? first?.status, bounce.bounceSubType) },
    ],
  };
}

/** Amazon SES by way of an SNS topic, with SNS around its message or raw. */
export const ses: MailProvider = {
  id: 'ses',
  format: 'json',
  proof: 'secret',
  read(body) {
    const wrapped = envelope.safeParse(body);
    if (!wrapped.success) return readEvent(body);
    const { data } = wrapped;
    if (data.Type === 'SubscriptionConfirmation') return { reports: [], confirm: data.SubscribeURL };
    if (data.Type === 'UnsubscribeConfirmation') return nothingToTell;
    try {
      // SES says in plain text that a topic was set up.
      return readEvent(JSON.parse(data.Message)) ?? nothingToTell;
    } catch {
      return nothingToTell;
    }
  },
};

/**
 * The address that confirms a topic, if it is one: SNS's own host, by https, and nothing but that. Null for any other, which
 * nobody looks at.
 */
export function confirmationOf(text: string): URL | null {
  const url = URL.parse(text);
  const isSns =
    url?.protocol === 'https:' &&
    /^sns\.[a-z]{2,4}(-[a-z]+)+-\d{1,2}\.amazonaws\.com(\.cn)?$/.test(url.host) &&
    url.username === '' &&
    url.password === '' &&
    url.pathname === '/' &&
    url.searchParams.get('Action') === 'ConfirmSubscription';
  return isSns ? url : null;
}
