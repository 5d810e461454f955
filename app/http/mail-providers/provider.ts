import { z } from 'zod';

/** What a provider says of a mail that it had taken, in our words. */
export interface MailReport {
  /** a Message-ID, or the mark that mails carry for providers that write their own */
  readonly messageId: string;
  /** for good, or by a person who called it spam; whatever passes is no report */
  readonly type: 'bounced' | 'complained';
  /** what the receiving side said */
  readonly words: string;
}

/** What came in one call. */
export interface Reading {
  readonly reports: readonly MailReport[];
  /** an address at which the provider wants to see that we listen */
  readonly confirm?: string;
}

/** A provider is a file with one of these and a line in the registry. */
export interface MailProvider {
  readonly id: string;
  /** json: `read` gets what was parsed · message: it gets the bytes of a mail, which anybody may have written */
  readonly format: 'json' | 'message';
  /** secret: in the address, or as the password of basic authentication · mailgun: by a signature in the body */
  readonly proof: 'secret' | 'mailgun';
  /** Reads a call; null where it is none of the provider's. */
  read(body: unknown): Reading | null | Promise<Reading | null>;
}

const mostWords = 1_000;

/** A sentence out of what the provider says, some of which may be missing. */
export const sentence = (...parts: readonly (string | number | null | undefined)[]): string =>
  parts
    .filter((part) => part !== null && part !== undefined && part !== '')
    .join(' ')
    .slice(0, mostWords);

/** Text that may be missing. */
export const maybe = z.string().nullish();

export const nothingToTell: Reading = { reports: [] };
