import type { LogRow } from '#app/flows/mail-log.ts';
import type { Language, MailState, SuppressionReason, TopicId } from '#app/domains/notifications/index.ts';
import { formatMoment } from '../../ui/format.ts';

export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  ja: 'Japanese',
};

export const isLanguage = (code: string): code is Language => Object.hasOwn(languageNames, code);

/** What a topic means for who gets its mails. */
export const topicWords: Readonly<Record<TopicId, { readonly name: string; readonly rule: string }>> = {
  service: { name: 'Asked for', rule: 'Goes at once: the customer has asked for it.' },
  points: { name: 'Points', rule: 'Customers can switch it off. Keeps quiet hours and the cap.' },
  referrals: { name: 'Referrals', rule: 'Customers can switch it off. Keeps quiet hours and the cap.' },
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

const day = (iso: string): string =>
  new Date(`${iso}T12:00:00Z`).toLocaleDateString('en', { dateStyle: 'medium', timeZone: 'UTC' });

/** What a mail was asked for by, with its id: one sentence. */
export function causeSentence({ source, cause }: Pick<LogRow, 'source' | 'cause'>): string {
  const { kind, id, purpose } = source;
  const called = cause === null ? '' : ` “${cause}”`;
  switch (kind) {
    case 'personal-offer':
      return `For the personal offer${called} (given as ${id}).`;
    case 'loyalty-reward':
      return `For the reward${called} that the customer redeemed (${id}).`;
    case 'loyalty-tier':
      return `For coming into the tier${called} (change ${id}).`;
    case 'loyalty-expiry': {
      const ends = /(\d{4}-\d{2}-\d{2})$/.exec(id)?.[1];
      return ends === undefined
        ? 'For points that end.'
        : `For points that end on ${day(ends)}, ${purpose} days before.`;
    }
    case 'referral':
      return `For the friend’s order ${cause ?? id} (${id}): ${friendNews[purpose] ?? purpose}.`;
    case 'confirm':
      return 'For the customer’s own wish to get offers, which takes a confirmation.';
    case 'test':
      return 'For you: it was a test.';
    default:
      return `For ${kind} ${id}.`;
  }
}

const friendNews: Readonly<Record<string, string>> = {
  pending: 'a reward is on its way',
  given: 'the reward is there',
  welcome: 'a welcome to the friend',
};

/** What a mail that went out rested on: one sentence. */
export function consentSentence({ topic, consent }: Pick<LogRow, 'topic' | 'consent'>, timeZone: string): string {
  if (topic !== 'offers')
    return topic === 'service'
      ? 'It answers what was asked for and needs no consent.'
      : 'It tells of what is the customer’s own and needs no consent; they had not switched it off.';
  if (consent === null) return 'Marketing; which consent it rested on was not noted then.';
  const at = consent.at === null ? '' : ` ${formatMoment(consent.at, timeZone)}`;
  return consent.by === 'store'
    ? `Marketing: your store has the customer as subscribed${at === '' ? '' : `, as it said of the record of${at}`}.`
    : `Marketing: the customer agreed by a click in an e-mail${at === '' ? '' : ` on${at}`}.`;
}

/** Why a mail was sent, was not, or waits: one sentence. */
export function reasonSentence(
  mail: Pick<LogRow, 'reported' | 'dueAt' | 'detail' | 'reason' | 'state' | 'topic' | 'consent'>,
  timeZone: string,
): string {
  if (mail.reported === 'bounced') return 'Sent, and came back later: the address gets no mails any more.';
  if (mail.reported === 'complained') return 'Sent, and was marked as spam: the address gets no mails any more.';
  const until = mail.dueAt ? ` Next try: ${formatMoment(mail.dueAt, timeZone)}.` : '';
  const said = mail.detail ? ` It said: ${mail.detail}` : '';
  switch (mail.reason) {
    case null:
      return mail.state === 'sent' ? consentSentence(mail, timeZone) : 'It is its turn soon.';
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
        ? `The customer has had as many e-mails that can wait as your cap allows.${until}${mail.topic === 'offers' ? '' : ' It waits a while, but is not dropped for the cap.'}`
        : 'The customer had as many e-mails that can wait as your cap allows, and later it would have been out of date.';
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
