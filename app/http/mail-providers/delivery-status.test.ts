import { describe, expect, it } from 'vitest';
import { complaint, failed, type Part, status } from '#tests/factories/bounce-mails.ts';
import { readDeliveryStatus, readFeedback } from './delivery-status.ts';

const textOf = ({ lines }: Part, end = '\n') => lines.join(end);

const forGood: readonly [string, Part][] = [
  ['no such system', failed('5.1.2')],
  ['no address by its syntax', failed('5.1.3', '501 5.1.3 bad address syntax')],
  ['it moved', failed('5.1.6')],
  ['a domain that takes no mail', failed('5.1.10')],
  ['the same from Postfix', failed('5.1.0', 'Domain example.com does not accept mail (nullMX)')],
  [
    'a mailbox that is switched off',
    failed('5.2.1', '550 5.2.1 The email account that you tried to reach is disabled.'),
  ],
  ['a domain without a way to it', failed('5.4.4', 'Host or domain name not found.')],
  ['a code in the words alone', failed('5.0.0', '550 5.1.1 rejected')],
  ['Outlook.com', failed('5.5.0', '550 5.5.0 Requested action not taken: mailbox unavailable')],
  ['Microsoft 365', failed('5.4.1', '550 5.4.1 Recipient address rejected: Access denied. [AM0.eop 2026-11-20]')],
  ['a comment behind the code', failed('5.1.1 (bad destination mailbox address)')],
  ['in capitals', failed('5.1.1', undefined, 'FAILED')],
  [
    'each of several',
    status(...failed('5.1.1').lines, '', 'Final-Recipient: rfc822; b@example.com', 'Action: failed', 'Status: 5.1.1'),
  ],
];
const notForGood: readonly [string, Part][] = [
  ['a full mailbox', failed('5.2.2', '552 5.2.2 The email account that you tried to reach is over quota')],
  ['a full mailbox by another code', failed('5.1.1', '550 mailbox is full')],
  ['a mail too long', failed('5.3.4')],
  ['spam', failed('5.7.1', '550 5.7.1 Message rejected as spam')],
  ['DMARC', failed('5.7.26', '550-5.7.26 Unauthenticated email from trellis.example is not accepted')],
  ['spam under the name of another', failed('5.1.1', '554 5.7.1 blocked')],
  ['our address', failed('5.1.8', '501 5.1.8 sender domain not found')],
  ['a loop', failed('5.4.6')],
  ['days without success', failed('4.4.7', '450 4.4.7 delivery expired')],
  ['such days at Exchange', failed('5.4.7')],
  ['another 5.4.1', failed('5.4.1', '550 5.4.1 no answer from host')],
  [
    'a mailbox that gets too many',
    failed('5.2.1', '550 5.2.1 The user is receiving mail at a rate that prevents more'),
  ],
  ['nothing said', failed('5.0.0')],
  ['a refusal without a code', failed('5.0.0', '550 Access denied, see 5.1.1.10')],
  ['delayed', failed('5.1.1', undefined, 'delayed')],
  ['relayed', failed('5.1.1', undefined, 'relayed')],
  ['delivered', failed('2.1.5', undefined, 'delivered')],
  ['expanded', failed('2.0.0', undefined, 'expanded')],
  ['no action', status('Reporting-MTA: dns; mx.example', '', 'Final-Recipient: rfc822; a@b.example', 'Status: 5.1.1')],
  ['no status', status('Final-Recipient: rfc822; a@b.example', 'Action: failed')],
  ['nothing at all', status('')],
  [
    'a list of which one left',
    status(
      ...failed('5.1.1').lines,
      '',
      'Final-Recipient: rfc822; b@example.com',
      'Action: delivered',
      'Status: 2.0.0',
    ),
  ],
];

describe('what a mail came back for', () => {
  it.each(forGood)('%s: for good', (_what, part) => {
    for (const end of ['\n', '\r\n', '\r']) expect(readDeliveryStatus(textOf(part, end))).toMatch(/^5\./);
  });

  it.each(notForGood)('%s: says nothing about the address', (_what, part) => {
    expect(readDeliveryStatus(textOf(part))).toBeNull();
  });

  it('is kept in the words of the receiving side', () => {
    expect(readDeliveryStatus(textOf(failed('5.1.1', '550 5.1.1 no such\n   user')))).toBe(
      '5.1.1 550 5.1.1 no such user',
    );
    expect(readDeliveryStatus(textOf(failed('5.1.1', 'x'.repeat(5_000))))).toHaveLength(1_000);
  });

  it.each(['user ', 'user', '5.1.1 ', '5.', '\n', '\n\n', ' \n', 'a: b\n', 'a: b\n\n'])(
    'is found out at once in a megabyte of %j',
    (piece) => {
      const before = performance.now();
      const much = piece.repeat(1_000_000 / piece.length);
      readDeliveryStatus(much);
      readDeliveryStatus(textOf(failed('5.0.0', much)));
      readFeedback(much);
      expect(performance.now() - before).toBeLessThan(2_000);
    },
  );
});

it.each([
  ['abuse', 'abuse'],
  ['Fraud', 'fraud'],
  ['not-spam', null],
  ['auth-failure', null],
  ['virus', null],
  ['other', null],
  ['', null],
])('a complaint “%s” is %s', (type, read) => {
  expect(readFeedback(textOf(complaint(type)))).toBe(read);
});
