import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { z } from 'zod';

const storedShape = z.object({
  id: z.string(),
  at: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  raw: z.string(),
});
/** A mail as it came in; `raw` is base64 of its bytes. */
export type StoredMail = z.infer<typeof storedShape>;

export interface Mailbox {
  readonly port: number;
  /** newest first */
  list(): readonly StoredMail[];
  read(id: string): Promise<Email | null>;
  close(): Promise<void>;
}

const kept = 500;
const sizeLimit = 10_000_000;

/** An SMTP server that takes every mail and delivers none. Mails are kept in a file of `folder`, if there is one. */
export async function startMailbox(options: {
  port: number;
  host: string;
  folder: string | null;
  clock: () => Date;
}): Promise<Mailbox> {
  const path = options.folder === null ? null : join(options.folder, 'mails.jsonl');
  if (options.folder !== null) mkdirSync(options.folder, { recursive: true });
  const mails: StoredMail[] =
    path === null || !existsSync(path) ? [] : readFileSync(path, 'utf8').split('\n').flatMap(readLine).slice(-kept);
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: sizeLimit,
    logger: false,
    onAuth: (_auth, _session, done) => {
      done(null, { user: 'anyone' });
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const mail: StoredMail = {
          id: randomUUID(),
          at: options.clock().toISOString(),
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map((to) => to.address),
          raw: Buffer.concat(chunks).toString('base64'),
        };
        mails.push(mail);
        if (mails.length > kept) mails.shift();
        if (path !== null) appendFileSync(path, `${JSON.stringify(mail)}\n`);
        done();
      });
    },
  });
  server.on('error', (error) => void process.stderr.write(`mailbox: ${error.message}\n`));
  await new Promise<void>((ready, fail) => {
    server.server.once('error', fail);
    server.listen(options.port, options.host, () => {
      server.server.off('error', fail);
      ready();
    });
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    list: () => [...mails].reverse(),
    read: async (id) => {
      const mail = mails.find((candidate) => candidate.id === id);
      return mail === undefined ? null : PostalMime.parse(Buffer.from(mail.raw, 'base64'));
    },
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
      }),
  };
}

/** A line that a kill tore says nothing; what is before it stands. */
function readLine(line: string): StoredMail[] {
  try {
    return [storedShape.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}
