import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attached,
  complaint,
  failed,
  headerOf,
  mailOf,
  partsOf,
  reportOf,
  status,
  wholeOf,
  words,
} from '#tests/factories/bounce-mails.ts';
import { message } from './message.ts';

const mark = '7.0b3d1c52-7a5e-4a57-9d8e-0c1f4c0a9d11.0123456789abcdef';
const messageId = `<${mark}@trellis.example>`;
const read = (mail: string | Buffer) => message.read(Buffer.from(mail));

/** As these servers write them, shortened to what says something. */
const postfix = reportOf([
  { type: 'text/plain; charset=us-ascii', lines: ['This is the mail system at host mail.trellis.example.'] },
  status(
    'Reporting-MTA: dns; mail.trellis.example',
    'X-Postfix-Queue-ID: 4F2Zx01QzZz1',
    'X-Postfix-Sender: rfc822; mails@trellis.example',
    'Arrival-Date: Fri, 20 Nov 2026 12:00:00 +0000 (UTC)',
    '',
    'Final-Recipient: rfc822; jane@example.com',
    'Original-Recipient: rfc822;jane@example.com',
    'Action: failed',
    'Status: 5.1.1',
    'Remote-MTA: dns; mx.example.com',
    'Diagnostic-Code: smtp; 550 5.1.1 <jane@example.com>: Recipient address',
    '    rejected: User unknown in virtual mailbox table',
  ),
  wholeOf(messageId),
]);
const exim = reportOf(
  [
    words,
    status(
      'Reporting-MTA: dns; exim.example',
      '',
      'Action: failed',
      'Final-Recipient: rfc822;jane@example.com',
      'Status: 5.0.0',
      'Remote-MTA: dns; mx.example.com',
      'Diagnostic-Code: smtp; 550 No Such User Here',
    ),
    {
      type: 'message/rfc822',
      lines: ['Return-path: <mails@trellis.example>', `Message-ID:`, ` ${messageId}`, '', 'Dear customer'],
    },
  ],
  ['X-Failed-Recipients: jane@example.com', 'From: Mail Delivery System <Mailer-Daemon@exim.example>'],
);
const exchange = reportOf(
  [
    { type: 'text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64', lines: ['PGI+amFuZTwvYj4='] },
    status(
      'Reporting-MTA: dns;AM0PR01MB0001.eurprd01.prod.exchangelabs.com',
      'Received-From-MTA: dns;mail.trellis.example',
      'Arrival-Date: Fri, 20 Nov 2026 12:00:00 +0000',
      '',
      'Final-Recipient: rfc822;jane@example.com',
      'Action: failed',
      'Status: 5.1.10',
      'Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient jane@example.com not found by SMTP address lookup',
      'X-Display-Name: jane@example.com',
    ),
    wholeOf('<rewritten@eurprd01.prod.exchangelabs.com>'),
  ],
  ['From: "Microsoft Outlook" <postmaster@example.com>', `In-Reply-To: ${messageId}`, `References: ${messageId}`],
);
const gmail = reportOf([
  {
    type: 'multipart/related; boundary="inner"',
    lines: ['--inner', 'Content-Type: text/plain; charset="UTF-8"', '', 'Address not found', '', '--inner--'],
  },
  status(
    'Reporting-MTA: dns; googlemail.com',
    'Arrival-Date: Fri, 20 Nov 2026 04:00:00 -0800 (PST)',
    `X-Original-Message-ID: ${messageId}`,
    '',
    'Final-Recipient: rfc822; jane@example.com',
    'Action: failed',
    'Status: 5.1.1',
    'Remote-MTA: dns; gmail-smtp-in.l.google.com',
    'Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try',
    ' 550-5.1.1 double-checking the recipient. For more information, go to',
    ' 550 5.1.1  https://support.google.com/mail/?p=NoSuchUser a1-20020a05sm2 - gsmtp',
    'Last-Attempt-Date: Fri, 20 Nov 2026 04:00:01 -0800 (PST)',
  ),
  wholeOf(messageId),
]);
const qmail = [
  'From: MAILER-DAEMON@qmail.example',
  'Subject: failure notice',
  '',
  'Hi. This is the qmail-send program at qmail.example.',
  '<jane@example.com>:',
  'Sorry, no mailbox here by that name. (#5.1.1)',
  '--- Below this line is a copy of the message.',
  `Message-ID: ${messageId}`,
].join('\n');

describe('a mail that came back', () => {
  it.each<[string, string]>([
    ['Postfix', postfix],
    ['Exim, whose code says nothing', exim],
    ['Exchange, by what it answers to', exchange],
    ['Gmail', gmail],
    ['lines of Unix', postfix.replaceAll('\r\n', '\n')],
    ['a mailbox file’s first line', `From MAILER-DAEMON  Fri Nov 20 12:00:00 2026\n${gmail}`],
    ['its header alone', reportOf([words, failed('5.1.1'), headerOf(messageId)])],
    [
      'the mark, where a relay wrote its own Message-ID',
      reportOf([words, failed('5.1.1'), headerOf(`<1@relay>\r\nX-Mailin-custom: ${mark}`)]),
    ],
    [
      'a footer around it',
      mailOf('multipart/mixed', [partsOf('multipart/report', [failed('5.1.1'), headerOf(messageId)], 'in'), words]),
    ],
    ['passed on as an attachment', mailOf('multipart/mixed', [words, attached(postfix)], undefined, 'out')],
    [
      'a status in base64',
      reportOf([
        {
          type: 'message/delivery-status\r\nContent-Transfer-Encoding: base64',
          lines: [Buffer.from(failed('5.1.1').lines.join('\n')).toString('base64')],
        },
        headerOf(messageId),
      ]),
    ],
    [
      'addresses in UTF-8',
      reportOf([
        { ...failed('5.1.1'), type: 'message/global-delivery-status' },
        { ...headerOf(messageId), type: 'message/global-headers' },
      ]),
    ],
    ['cut off in the mail that it returns', postfix.slice(0, postfix.indexOf('Dear'))],
  ])('%s', async (_what, mail) => {
    const told = { messageId: _what.startsWith('the mark') ? mark : messageId, type: 'bounced' };
    expect(await read(mail)).toMatchObject({ reports: [told] });
  });

  it('says what the receiving side said, without addresses', async () => {
    const said = async (mail: string) => (await read(mail))?.reports[0]?.words;
    expect(await said(postfix)).toBe(
      '5.1.1 550 5.1.1 <…>: Recipient address rejected: User unknown in virtual mailbox table',
    );
    const encoded = failed('5.1.1', '=?utf-8?Q?550_5.1.1_Empf=C3=A4nger_jo@b.example_unbekannt?=');
    expect(await said(reportOf([encoded, headerOf(messageId)]))).toBe('5.1.1 550 5.1.1 Empfänger … unbekannt');
  });
});

describe('a complaint', () => {
  const of = (type: string) =>
    mailOf('multipart/report; report-type=feedback-report', [words, complaint(type), wholeOf(messageId)]);
  it('comes with the mail that it is about', async () => {
    expect(await read(of('abuse'))).toEqual({ reports: [{ messageId, type: 'complained', words: 'abuse' }] });
    expect(await read(of('not-spam'))).toEqual({ reports: [] });
  });
});

const deep = (levels: number) =>
  Array.from(
    { length: levels },
    (_none, at) => `Content-Type: multipart/mixed; boundary=b${String(at)}\n\n--b${String(at)}\n`,
  ).join('');
const inEachOther = (levels: number): string =>
  levels === 0
    ? postfix
    : mailOf('multipart/mixed', [attached(inEachOther(levels - 1))], undefined, `b${String(levels)}`);

describe('other mails', () => {
  it.each([
    ['qmail, whose bounces are words', qmail],
    [
      'an answer of somebody who is away',
      'From: jane@example.com\nAuto-Submitted: auto-replied\nSubject: Away\n\nBack soon.',
    ],
    [
      'one that quotes a report',
      `From: a@b.example\n\n> Content-Type: message/delivery-status\n> Status: 5.1.1\n> ${messageId}`,
    ],
    ['a mail of ours, passed on', mailOf('multipart/mixed', [words, wholeOf(messageId)])],
    ['reports in more mails than anybody passes on', inEachOther(2)],
    ['a header of one field', 'From: a@b.example'],
    ['a megabyte of lines', `From: a@b.example\n\n${'\n'.repeat(1_000_000)}`],
    [
      'a megabyte of parts',
      `From: a@b.example\nContent-Type: multipart/report; boundary=x\n\n${'--x\n'.repeat(250_000)}`,
    ],
    ['a megabyte of a tag', `From: a@b.example\nContent-Type: text/html\n\n${'<'.repeat(1_000_000)}`],
  ])('%s: nothing', async (_what, mail) => {
    expect(await read(mail)).toEqual({ reports: [] });
  });

  it('a report about a mail that nobody knows is one of none', async () => {
    for (const last of [[], [headerOf('<1@elsewhere>')], [headerOf(`${messageId}${'a'.repeat(400)}`)]])
      expect(await read(reportOf([failed('5.1.1'), ...last]))).toMatchObject({ reports: [{ messageId: '' }] });
  });

  it.each([
    ['nothing', ''],
    ['JSON', JSON.stringify({ from: 'a@b.example', reports: [] })],
    ['words', 'Dear all: this is no mail'],
    ['zeros', '\0'.repeat(10_000)],
    ['a header without end', `From: a@b.example\n${'X-Fill: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n'.repeat(5_000)}\n`],
    ['parts within parts', `From: a@b.example\n${deep(60)}`],
  ])('%s is no mail', async (_what, mail) => {
    expect(await read(mail)).toBeNull();
  });

  it('whatever comes is read or refused', async () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('\r\n', '\n\n', '\0', '--part\r\n', '--part--', 'Content-Type: message/delivery-status\r\n\r\n'),
      fc.constantFrom(
        'Action: failed\n',
        'Status: 5.1.1\n',
        'Message-ID: ',
        messageId,
        '=?utf-8?B?',
        '=?utf-8?Q?=00?=',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), fc.boolean(), async (pieces, framed) => {
        const text = pieces.join('');
        const reading = await read(framed ? `${postfix.slice(0, 400)}${text}` : text);
        for (const report of reading?.reports ?? []) expect(['', messageId, mark]).toContain(report.messageId);
      }),
    );
  });
});
