import { sentence } from './provider.ts';

/** More than the fields of a report that came of one mail to one address. */
const mostGroups = 50;
const mostWords = 2_000;

type Fields = ReadonlyMap<string, string>;

/**
 * Groups of fields with empty lines between them; a field may go on in the next line. The header of a mail is the first of
 * such groups. Source: RFC 3464, section 2.1; RFC 5322, section 2.2.
 */
export function readGroups(text: string): Fields[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/, mostGroups)
    .map((group) => {
      const fields = new Map<string, string>();
      for (const line of group.replace(/\n[ \t]+/g, ' ').split('\n')) {
        const at = line.indexOf(':');
        const name = line.slice(0, Math.max(at, 0)).trim().toLowerCase();
        if (name !== '' && !fields.has(name)) fields.set(name, line.slice(at + 1).trim());
      }
      return fields;
    })
    .filter((fields) => fields.size > 0);
}

/**
 * What says that an address does not exist or takes no mail. Source: RFC 3463, section 3: no such mailbox (1.1) or system
 * (1.2), no address by its syntax (1.3), moved without a trace (1.6), a mailbox that is switched off (2.1), a domain without
 * a way to it (4.4); RFC 7505: a domain that says it takes none (1.10).
 *
 * Everything else says nothing about the address for good: a full mailbox (2.2), a mail that is too long (2.3, 3.4), a system
 * or a way that is broken (3.x, 4.x), what was said wrong (5.x, 6.x), and what our mail, server or name is refused for:
 * spam, policy, DMARC (7.x), the sender (1.7, 1.8).
 */
const gone: ReadonlySet<string> = new Set(['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1', '5.4.4']);

/** Codes that say no more than that it failed; Exim and Outlook.com have no other. */
const undefinedCode = /^5\.[0125]\.0$/;

/** What servers without a code of their own say of an address that is gone. */
const goneWords =
  /\b(?:no such|unknown|invalid|non-?existent) (?:local )?(?:user|recipient|mailbox|address|account)\b|\b(?:user|recipient|mailbox|address|account)\b.{0,60}\b(?:unknown|unavailable|not found|(?:does not|doesn't) exist|disabled|inactive|no longer)\b|\bdoes not accept mail\b/i;

/** Microsoft 365 says by 5.4.1 that its directory has no such address ("Directory-based edge blocking"). */
const notInDirectory = /\brecipient address rejected: access denied\b/i;

/** Said beside a code that would be for good: Gmail's 5.2.1 of a mailbox that gets too many at once, and full ones. */
const passingWords = /\brate that prevents\b|\bquota\b|\bmailbox (?:is )?full\b|\btry again\b|\btemporar/i;

/** The code as digits; null where there is none. A diagnostic has it after the reply: `550 5.1.1 …`, `550-5.1.1 …`. */
const codeOf = (text: string): string | null => /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)/.exec(text)?.[0] ?? null;

/** Whether the address of a group gets nothing any more. */
function isGone(fields: Fields): boolean {
  const status = codeOf(fields.get('status') ?? '');
  const words = (fields.get('diagnostic-code') ?? '').slice(0, mostWords);
  if (!/^failed\b/i.test(fields.get('action') ?? '') || !status?.startsWith('5.') || passingWords.test(words))
    return false;
  const codes = [status, codeOf(words)].filter((code) => code !== null && !undefinedCode.test(code));
  if (codes.length === 0) return goneWords.test(words);
  return codes.every((code) => gone.has(code ?? '') || (code === '5.4.1' && notInDirectory.test(words)));
}

/**
 * What a delivery status says where its mail will never be taken; null where that is not said. Of several recipients (we
 * write to one, behind which a list may stand) each must be gone: a list of which one left takes mails.
 * @param text a part `message/delivery-status`, RFC 3464
 */
export function readDeliveryStatus(text: string): string | null {
  const recipients = readGroups(text).filter((fields) => fields.has('action') || fields.has('final-recipient'));
  const [first] = recipients;
  if (first === undefined || !recipients.every(isGone)) return null;
  return sentence(first.get('status'), first.get('diagnostic-code')?.replace(/^[\w-]+;\s*/, ''));
}

/**
 * What a reader's complaint was; null for reports that are none: not-spam, auth-failure, a virus that a filter found.
 * @param text a part `message/feedback-report`, RFC 5965
 */
export function readFeedback(text: string): string | null {
  const type = readGroups(text)[0]?.get('feedback-type')?.toLowerCase() ?? '';
  return type === 'abuse' || type === 'fraud' ? type : null;
}
