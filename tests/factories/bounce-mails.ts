/** A part of a report: its type, and its lines. */
export interface Part {
  readonly type: string;
  readonly lines: readonly string[];
}

/** Parts with their boundary around them, to be a part themselves. */
export const partsOf = (type: string, parts: readonly Part[], boundary = 'part'): Part => ({
  type: `${type};\r\n\tboundary="${boundary}"`,
  lines: [
    'This is a MIME-encapsulated message.',
    ...parts.flatMap((part) => ['', `--${boundary}`, `Content-Type: ${part.type}`, '', ...part.lines]),
    `--${boundary}--`,
    '',
  ],
});

/** A mail of parts, as mail servers write them. */
export function mailOf(
  type: string,
  parts: readonly Part[],
  header: readonly string[] = ['From: MAILER-DAEMON@mx.example', 'To: mails@trellis.example', 'Subject: returned'],
  boundary = 'part',
): string {
  const { type: around, lines } = partsOf(type, parts, boundary);
  return [...header, 'MIME-Version: 1.0', `Content-Type: ${around}`, '', ...lines].join('\r\n');
}

const delivery = 'multipart/report; report-type=delivery-status';
export const reportOf = (parts: readonly Part[], header?: readonly string[]): string => mailOf(delivery, parts, header);
/** As an attachment of another mail. */
export const attached = (mail: string): Part => ({ type: 'message/rfc822', lines: mail.split('\r\n') });

export const words: Part = { type: 'text/plain; charset=us-ascii', lines: ['Your message could not be delivered.'] };
export const status = (...lines: readonly string[]): Part => ({ type: 'message/delivery-status', lines });
export const headerOf = (messageId: string): Part => ({
  type: 'text/rfc822-headers',
  lines: ['From: Shop <mails@trellis.example>', `Message-ID: ${messageId}`, 'Subject: Your points'],
});
export const wholeOf = (messageId: string): Part => ({
  type: 'message/rfc822',
  lines: [...headerOf(messageId).lines, '', 'Dear customer', '', 'Message-ID: <1@elsewhere>'],
});
/** One address and what was said of it. */
export const failed = (code: string, said?: string, action = 'failed'): Part =>
  status(
    'Reporting-MTA: dns; mx.example',
    '',
    'Final-Recipient: rfc822; jane@example.com',
    `Action: ${action}`,
    `Status: ${code}`,
    ...(said === undefined ? [] : [`Diagnostic-Code: smtp; ${said}`]),
  );
export const complaint = (type: string): Part => ({
  type: 'message/feedback-report',
  lines: [`Feedback-Type: ${type}`, 'User-Agent: SomeGenerator/1.0', 'Version: 1'],
});
