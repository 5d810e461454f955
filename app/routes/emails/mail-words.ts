import type { Language, LoggedMail, MailState, SuppressionReason, TopicId } from '#app/domains/notifications/index.ts';
import { formatMoment } from '../../ui/format.ts';

export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  ja: 'Japanese',
};

/** What a topic means for who gets its mails. */
export const topicWords: Readonly<Record<TopicId, { readonly name: string; readonly rule: string }>> = {
  service: { name: 'Asked for', rule: 'Goes at once: the customer has asked for it.' },
  points: { name: 'Points', rule: 'Customers can switch it off. Keeps quiet hours.' },
  referrals: { name: 'Referrals', rule: 'Customers can switch it off. Keeps quiet hours.' },
  offers: { name: 'Marketing', rule: 'Only with consent. Keeps quiet hours and the cap.' },
};

export const stateLooks: Readonly<
  Record<MailState, { readonly text: string; readonly tone?: 'success' | 'warning' | 'critical' | 'info' }>
> = {
  waiting: { text: 'Waiting', tone: 'info' },
  sending: { text: 'Being sent', tone: 'info' },
  sent: { text: 'Sent', tone: 'success' },
  skipped: { text: 'Not sent' },
  failed: { text: 'Failed', tone: 'critical' },
  unsure: { text: 'Not certain', tone: 'warning' },
};

export const suppressionWords: Readonly<Record<SuppressionReason, string>> = {
  bounced: 'Mails came back',
  complained: 'Marked as spam',
  asked: 'Asked for no mails',
  manual: 'Put here by you',
};

/** Why a mail was sent, was not, or waits: one sentence. */
export function reasonSentence(mail: LoggedMail, timeZone: string): string {
  if (mail.reported === 'bounced') return 'Sent, and came back later: the address gets no mails any more.';
  if (mail.reported === 'complained') return 'Sent, and was marked as spam: the address gets no mails any more.';
  const until = mail.dueAt ? ` Next try: ${formatMoment(mail.dueAt, timeZone)}.` : '';
  const said = mail.detail ? ` It said: ${mail.detail}` : '';
  switch (mail.reason) {
    case null:
      return mail.state === 'sent' ? 'Nothing spoke against it.' : 'It is its turn soon.';
    case 'no-address':
      return 'The store has no e-mail address of this customer.';
    case 'suppressed':
      return 'The address is on the list of those that get no mails.';
    case 'switched-off':
      return 'The customer has switched off e-mails of this topic.';
    case 'no-consent':
      return 'The customer has not agreed to marketing by e-mail.';
    case 'too-many':
      return mail.state === 'waiting'
        ? `The customer has had as many marketing e-mails as your cap allows.${until}`
        : 'The customer had as many marketing e-mails as your cap allows, and later it would have been out of date.';
    case 'quiet-hours':
      return mail.state === 'waiting'
        ? `It is night where the customer lives.${until}`
        : 'It was night where the customer lives, and in the morning it would have been out of date.';
    case 'expired':
      return `It was out of date before it could be sent.${said}`;
    case 'erased':
      return 'The customer’s data were erased.';
    case 'cancelled':
      return 'What it was about had been taken back.';
    case 'template-off':
      return 'You have switched this kind of e-mail off.';
    case 'server-away':
      return `The mail server cannot be reached.${until}${said}`;
    case 'deferred':
      return `The mail server wants it later.${until}${said}`;
    case 'rate':
      return `More went out in this minute than the mail server takes.${until}`;
    case 'template':
      return `It could not be made.${said}`;
    case 'refused':
      return `The mail server refused it.${said}`;
    case 'no-answer':
      return 'It was handed to the mail server and the answer was lost, so it may have arrived. It is not sent twice by itself.';
  }
}
