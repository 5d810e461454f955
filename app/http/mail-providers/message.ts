import PostalMime, { type Attachment, decodeWords, type Email } from 'postal-mime';
import { namesMail } from '#app/domains/notifications/index.ts';
import { readDeliveryStatus, readFeedback, readGroups } from './delivery-status.ts';
import type { MailProvider, MailReport } from './provider.ts';

/**
 * Anybody can write to the address that mails come back to, and the parser takes a minute for a megabyte of empty lines. A
 * report stands before the mail that it returns, whose header is all that is needed of it.
 */
const mostBytes = 256 * 1024;
const mostLines = 8_000;
const bounds = { forceRfc822Attachments: true, maxHeadersSize: 64 * 1024, maxNestingDepth: 20 };
const mostParts = 10;
/** A report may come as an attachment of who passes it on. */
const deepest = 1;

/** The beginning of a message. */
function beginning(bytes: Buffer): Buffer {
  let end = -1;
  for (let line = 0; line < mostLines; line += 1) {
    const next = bytes.indexOf('\n', end + 1);
    if (next < 0 || next >= mostBytes) return bytes.subarray(0, mostBytes);
    end = next;
  }
  return bytes.subarray(0, end + 1);
}

async function parse(bytes: Buffer): Promise<Email | null> {
  try {
    return await PostalMime.parse(beginning(bytes), bounds);
  } catch {
    // It throws beyond its bounds alone: parts in parts, headers without end.
    return null;
  }
}

const bytesOf = ({ content }: Attachment): Buffer =>
  typeof content === 'string'
    ? Buffer.from(content)
    : content instanceof ArrayBuffer
      ? Buffer.from(content)
      : Buffer.from(content.buffer, content.byteOffset, content.byteLength);

/** Types of RFC 3464 and 5965, and those with addresses in UTF-8 of RFC 6533. */
const statuses: ReadonlySet<string> = new Set(['message/delivery-status', 'message/global-delivery-status']);
const returned: ReadonlySet<string> = new Set([
  'message/rfc822',
  'message/global',
  'text/rfc822-headers',
  'message/rfc822-headers',
  'message/global-headers',
]);

/** Addresses are kept sealed only, and a mailbox that forwards names another's. */
const withoutAddresses = (words: string): string => words.replace(/[^\s<>()"']+@[^\s<>()"',;]+/g, '…');

/** Which mail a report is about: by the header of the mail that came back, else by what the report answers to. */
function nameOf(report: Email, original: Attachment | undefined): string {
  const header = original === undefined ? undefined : readGroups(bytesOf(original).toString('utf8'))[0];
  const answered = report.headers.filter(({ key }) => key === 'in-reply-to' || key === 'references');
  const names = [
    ...['message-id', 'x-pm-metadata-trellis', 'x-mailin-custom'].map((name) => header?.get(name) ?? ''),
    ...answered.flatMap(({ value }) => value.split(/\s+/, 10)),
  ];
  return names.find(namesMail) ?? '';
}

async function reportsOf(mail: Email, depth: number): Promise<MailReport[]> {
  const parts = mail.attachments.slice(0, mostParts);
  const reports: MailReport[] = [];
  let isReport = false;
  for (const [at, part] of parts.entries()) {
    const isStatus = statuses.has(part.mimeType);
    if (!isStatus && part.mimeType !== 'message/feedback-report') continue;
    isReport = true;
    const text = bytesOf(part).toString('utf8');
    const words = isStatus ? readDeliveryStatus(text) : readFeedback(text);
    if (words === null) continue;
    const original = parts.slice(at + 1).find(({ mimeType }) => returned.has(mimeType));
    reports.push({
      messageId: nameOf(mail, original),
      type: isStatus ? 'bounced' : 'complained',
      words: withoutAddresses(decodeWords(words)),
    });
  }
  if (isReport || depth >= deepest) return reports;
  for (const part of parts.filter(({ mimeType }) => mimeType === 'message/rfc822')) {
    const inner = await parse(bytesOf(part));
    if (inner !== null) reports.push(...(await reportsOf(inner, depth + 1)));
  }
  return reports;
}

/** A header without any of these is that of no mail. */
const ofMails: ReadonlySet<string> = new Set(['from', 'date', 'received', 'return-path', 'message-id', 'mime-version']);

/**
 * A mail as a mail server hands it over, for who sends without a provider: delivery status notifications (RFC 3464) and
 * complaints (RFC 5965). One that is no report (an answer of somebody's, spam) tells nothing.
 */
export const message: MailProvider = {
  id: 'mail',
  format: 'message',
  proof: 'secret',
  async read(body) {
    const mail = Buffer.isBuffer(body) ? await parse(body) : null;
    if (!mail?.headers.some(({ key }) => ofMails.has(key))) return null;
    return { reports: await reportsOf(mail, 0) };
  },
};
