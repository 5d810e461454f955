import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { tokenOf } from './mailgun.ts';
import { findMailProvider } from './registry.ts';
import { confirmationOf } from './ses.ts';

const mark = '7.0b3d1c52-7a5e-4a57-9d8e-0c1f4c0a9d11';
const messageId = `<${mark}@trellis.example>`;

/** As the providers' documentation shows them, shortened to what says something. */
const sesMail = {
  timestamp: '2016-01-27T14:59:38.237Z',
  messageId: '00000138111222aa-33322211-cccc-cccc-cccc-ddddaaaa0680-000000',
  destination: ['jane@example.com'],
  headersTruncated: false,
  headers: [
    { name: 'From', value: '"John Doe" <john@example.com>' },
    { name: 'Message-ID', value: messageId },
  ],
  commonHeaders: { from: ['John Doe <john@example.com>'], messageId },
};
const sesBounce = (bounceType: string) => ({
  notificationType: 'Bounce',
  bounce: {
    bounceType,
    bounceSubType: 'General',
    reportingMTA: 'dns; email.example.com',
    bouncedRecipients: [
      {
        emailAddress: 'jane@example.com',
        status: '5.1.1',
        action: 'failed',
        diagnosticCode: 'smtp; 550 5.1.1 <jane@example.com>... User',
      },
    ],
  },
  mail: sesMail,
});
const sns = (message: unknown) => ({
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: 'arn:aws:sns:us-west-2:123456789012:MyTopic',
  Message: typeof message === 'string' ? message : JSON.stringify(message),
  SignatureVersion: '1',
});
const postmark = (change: object) => ({
  RecordType: 'Bounce',
  MessageStream: 'outbound',
  ID: 42,
  Type: 'HardBounce',
  TypeCode: 1,
  MessageID: '00000000-0000-0000-0000-000000000000',
  Metadata: { trellis: mark },
  Description: 'The server was unable to deliver your message (ex: unknown user, mailbox not found).',
  Details: 'Test bounce details',
  Email: 'john@example.com',
  Inactive: true,
  ...change,
});
const mailgun = (change: object) => ({
  signature: { timestamp: '1529006854', token: 'a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0', signature: '' },
  'event-data': {
    event: 'failed',
    severity: 'permanent',
    reason: 'bounce',
    'delivery-status': { code: 550, message: '5.1.1 no such user', description: '' },
    message: { headers: { to: 'alice@example.com', 'message-id': messageId.slice(1, -1), from: 'bob@example.com' } },
    recipient: 'alice@example.com',
    ...change,
  },
});
const sendgrid = (change: object) => [
  {
    email: 'example@test.com',
    timestamp: 1513299569,
    'smtp-id': messageId,
    event: 'bounce',
    type: 'bounce',
    reason: '500 unknown recipient',
    status: '5.0.0',
    sg_message_id: 'sg',
    ...change,
  },
];
const brevo = (change: object) => ({
  event: 'hard_bounce',
  email: 'example@example.com',
  id: 1,
  'message-id': '<201798300811.5787683@relay.domain.com>',
  'X-Mailin-custom': mark,
  reason: 'server is down',
  ...change,
});

describe('what providers report', () => {
  it.each([
    ['ses', 'a permanent bounce', sns(sesBounce('Permanent')), 'bounced', messageId],
    [
      'ses',
      'an event, raw, its header alone',
      { ...sesBounce('Permanent'), notificationType: null, eventType: 'Bounce', mail: { headers: sesMail.headers } },
      'bounced',
      messageId,
    ],
    [
      'ses',
      'a complaint',
      sns({ notificationType: 'Complaint', complaint: { complaintFeedbackType: 'abuse' }, mail: sesMail }),
      'complained',
      messageId,
    ],
    ['postmark', 'a hard bounce', postmark({}), 'bounced', mark],
    ['postmark', 'an address that is none', postmark({ Type: 'BadEmailAddress' }), 'bounced', mark],
    ['postmark', 'a complaint', postmark({ RecordType: 'SpamComplaint', Type: 'SpamComplaint' }), 'complained', mark],
    ['mailgun', 'a permanent failure', mailgun({}), 'bounced', messageId.slice(1, -1)],
    [
      'mailgun',
      'a complaint',
      mailgun({ event: 'complained', severity: null, reason: null }),
      'complained',
      messageId.slice(1, -1),
    ],
    ['sendgrid', 'a bounce', sendgrid({}), 'bounced', messageId],
    [
      'sendgrid',
      'one that was dropped for an earlier bounce',
      sendgrid({ event: 'dropped', type: null, reason: 'Bounced Address' }),
      'bounced',
      messageId,
    ],
    ['sendgrid', 'a complaint', sendgrid({ event: 'spamreport', type: null }), 'complained', messageId],
    ['brevo', 'a hard bounce', brevo({}), 'bounced', mark],
    ['brevo', 'a complaint', brevo({ event: 'spam' }), 'complained', mark],
  ])('%s: %s', (id, _what, body, type, named) => {
    expect(findMailProvider(id)?.read(body)).toMatchObject({ reports: [{ messageId: named, type }] });
  });

  it.each([
    ['ses', 'a full mailbox', sns(sesBounce('Transient'))],
    ['ses', 'a bounce of which nobody knows why', sns(sesBounce('Undetermined'))],
    ['ses', 'a delivery', sns({ notificationType: 'Delivery', mail: sesMail })],
    ['ses', 'words about the topic', sns('Successfully validated SNS topic for Amazon SES event publishing.')],
    ['ses', 'a topic that ends', { Type: 'UnsubscribeConfirmation' }],
    ['postmark', 'a full mailbox', postmark({ Type: 'SoftBounce' })],
    ['postmark', 'a delivery', postmark({ RecordType: 'Delivery', Type: null })],
    ['mailgun', 'a failure that passes', mailgun({ severity: 'temporary' })],
    ['mailgun', 'one that was tried for too long', mailgun({ reason: 'old' })],
    ['sendgrid', 'one that was blocked', sendgrid({ type: 'blocked' })],
    ['sendgrid', 'one that is put off', sendgrid({ event: 'deferred', type: null })],
    ['brevo', 'a soft bounce', brevo({ event: 'soft_bounce' })],
  ])('%s: %s silences nobody', (id, _what, body) => {
    expect(findMailProvider(id)?.read(body)).toEqual({ reports: [] });
  });

  it.each(['ses', 'postmark', 'mailgun', 'sendgrid', 'brevo'])('%s: what is none of its reports is refused', (id) => {
    for (const body of [null, 'text', 7, {}, [1], { reports: [] }]) expect(findMailProvider(id)?.read(body)).toBeNull();
  });
});

describe('the address that confirms a topic', () => {
  const real =
    'https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:us-west-2:1:t&Token=2336';
  it('is one of SNS', () => {
    for (const text of [real, real.replace('us-west-2.amazonaws.com/', 'cn-north-1.amazonaws.com.cn/')])
      expect(confirmationOf(text)?.href).toBe(text);
    expect(findMailProvider('ses')?.read({ Type: 'SubscriptionConfirmation', SubscribeURL: real })).toEqual({
      reports: [],
      confirm: real,
    });
  });

  it.each([
    real.replace('https', 'http'),
    real.replace('sns.us-west-2.amazonaws.com', 'evil.example'),
    real.replace('sns.us-west-2.amazonaws.com', 'sns.us-west-2.amazonaws.com.evil.example'),
    real.replace('sns.us-west-2.amazonaws.com', 'evil.example#sns.us-west-2.amazonaws.com'),
    real.replace('sns.', 's3.'),
    real.replace('https://', 'https://user@'),
    real.replace('.com/', '.com:8443/'),
    real.replace('/?', '/latest/meta-data?'),
    real.replace('ConfirmSubscription', 'Publish'),
    'https://169.254.169.254/?Action=ConfirmSubscription',
    'file:///etc/passwd',
    'nonsense',
  ])('is not %s', (text) => {
    expect(confirmationOf(text)).toBeNull();
  });
});

describe('a signature of Mailgun', () => {
  const key = 'key-of-a-mailgun-account';
  const at = new Date('2026-11-20T12:00:00Z');
  const timestamp = String(at.getTime() / 1000);
  const token = 'b'.repeat(50);
  const signed = (change: object = {}) => ({
    signature: {
      timestamp,
      token,
      signature: createHmac('sha256', key).update(`${timestamp}${token}`).digest('hex'),
      ...change,
    },
  });

  it('is good for half a day', () => {
    expect(tokenOf(key, signed(), at)).toBe(token);
    expect(tokenOf(key, signed(), new Date(at.getTime() + 13 * 3_600_000))).toBeNull();
  });

  it.each([
    ['another key', 'another-key-of-another', {}],
    ['another token', key, { token: 'c'.repeat(50) }],
    ['no signature', key, { signature: '' }],
    ['zeros', key, { signature: '0'.repeat(64) }],
    ['another time', key, { timestamp: String(Number(timestamp) + 1) }],
  ])('is none with %s', (_what, by, change) => {
    expect(tokenOf(by, signed(change), at)).toBeNull();
  });
});
