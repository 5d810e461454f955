import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SmtpConnection from 'nodemailer/lib/smtp-connection';
import type { MailAnswer, MailConnection } from './model.ts';

const timeoutMs = { connect: 10_000, greeting: 10_000, socket: 30_000 };
const longestWords = 300;

/** What nodemailer's errors carry besides. */
interface SmtpDetails {
  readonly code?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
  readonly command?: string | undefined;
}

const detailsOf = (error: unknown): SmtpDetails => (error instanceof Error ? (error as Error & SmtpDetails) : {});

/**
 * A line to the mail server of `url` (`smtp://user:password@host:587`, or `smtps://` for TLS from the first byte), which
 * is opened at the first mail, and again after it broke. Written on nodemailer's connection rather than on its transport,
 * because that sends a mail again by itself when the line breaks, and does not tell how far it came.
 */
export function createMailConnection(url: string): MailConnection {
  let line: SmtpConnection | null = null;

  async function open(): Promise<SmtpConnection> {
    const { protocol, hostname, port, username, password } = new URL(url);
    const secure = protocol === 'smtps:';
    const connection = new SmtpConnection({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (secure ? 465 : 587) : Number(port),
      secure,
      connectionTimeout: timeoutMs.connect,
      greetingTimeout: timeoutMs.greeting,
      socketTimeout: timeoutMs.socket,
    });
    await new Promise<void>((resolve, reject) => {
      // Stays for the life of the line: what breaks between two mails shows at the next one.
      connection.on('error', reject);
      connection.connect((error) => {
        if (error) reject(error);
        else resolve();
      });
    });
    if (username !== '') {
      const credentials = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
      await new Promise<void>((resolve, reject) => {
        connection.login({ credentials }, (error) => {
          if (error) reject(error);
          else resolve();
        });
      }).catch((error: unknown) => {
        connection.close();
        throw error;
      });
    }
    return connection;
  }

  const drop = (): void => {
    line?.close();
    line = null;
  };

  return {
    async send(mail) {
      const message = new MailComposer({
        from: mail.from,
        to: mail.to,
        ...(mail.replyTo === null ? {} : { replyTo: mail.replyTo }),
        subject: mail.subject,
        html: mail.html,
        text: mail.text,
        messageId: mail.messageId,
        headers: { ...mail.headers },
        disableFileAccess: true,
        disableUrlAccess: true,
      }).compile();
      const bytes = await message.build();
      let connection: SmtpConnection;
      try {
        connection = line ??= await open();
      } catch (error) {
        line = null;
        return { code: 'server-away', words: wordsOf(error, mail.to.address) };
      }
      let taken = false;
      const content = new Readable({
        read() {
          // Nobody reads before the server has asked for the content.
          taken = true;
          this.push(bytes);
          this.push(null);
        },
      });
      const envelope = { from: mail.from.address, to: [mail.to.address], size: bytes.length };
      const failure = await new Promise<Error | null>((resolve) => {
        connection.send(envelope, content, (error) => {
          resolve(error ?? null);
        });
      });
      if (failure === null) return { code: 'accepted' };
      // What the session makes of the mail that failed is the server's affair: the next one gets a new line.
      drop();
      return answerOf(failure, taken, mail.to.address);
    },
    close() {
      line?.quit();
      line = null;
    },
  };
}

/** RFC 5321: 4yz may succeed later, 5yz will not. */
function answerOf(error: Error, taken: boolean, address: string): MailAnswer {
  const words = wordsOf(error, address);
  const { code, responseCode: status = 0, command } = detailsOf(error);
  if (status === 0 && (code === 'EENVELOPE' || code === 'EMESSAGE')) return answerOfOurs(error, words);
  if (status >= 500) {
    // Of the recipient where it says so; a mail refused for what it says does not make its reader unreachable.
    const recipient =
      command === 'RCPT TO' &&
      ([550, 551, 553].includes(status) || /\b5\.1\.\d/.test(words)) &&
      !/\b5\.7\.\d/.test(words);
    // 421 and 5yz before any recipient was named speak of us, not of this mail.
    if (command !== 'RCPT TO' && command !== 'DATA') return { code: 'server-away', words };
    return { code: 'refused', recipient, words };
  }
  if (status === 421) return { code: 'server-away', words };
  if (status >= 400) return { code: 'deferred', words };
  return taken ? { code: 'no-answer', words } : { code: 'server-away', words };
}

/**
 * Nodemailer itself would not send it, before the server heard of it: it never will, while the server and other mails are
 * well. Only a sender that cannot be written is every mail's, until the operator sets another.
 */
function answerOfOurs(error: Error, words: string): MailAnswer {
  if (error.message.startsWith('Invalid sender')) return { code: 'server-away', words };
  return { code: 'refused', recipient: error.message.startsWith('Invalid recipient'), words };
}

function wordsOf(error: unknown, address: string): string {
  const { response } = detailsOf(error);
  const words = response || (error instanceof Error ? error.message : String(error));
  return words
    .replaceAll(JSON.stringify(address), '…')
    .replaceAll(address, '…')
    .replace(/\s+/g, ' ')
    .slice(0, longestWords);
}
