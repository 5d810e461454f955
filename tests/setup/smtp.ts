import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** How the mail server takes the next mails. */
export type Mood = 'accepts' | 'defers' | 'refuses-recipient' | 'refuses-content' | 'hangs-up-after-content';

export interface TestMailServer {
  readonly url: string;
  readonly mails: Email[];
  mood: Mood;
  /** the raw mails, also those whose answer was lost */
  readonly taken: string[];
  stop(): Promise<void>;
  /** on the same port */
  start(): Promise<void>;
}

/** A mail server on this machine that fails as it is told. */
export async function startMailServer(): Promise<TestMailServer> {
  let server: SMTPServer | null = null;
  let port = 0;
  const state: TestMailServer = {
    get url() {
      return `smtp://127.0.0.1:${String(port)}`;
    },
    mails: [],
    taken: [],
    mood: 'accepts',
    async stop() {
      await new Promise<void>((resolve) => (server ? server.close(resolve) : resolve()));
      server = null;
    },
    async start() {
      const next = new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS'],
        logger: false,
        closeTimeout: 100,
        onRcptTo: (_address, _session, done) => {
          if (state.mood === 'refuses-recipient')
            done(Object.assign(new Error('5.1.1 no such user'), { responseCode: 550 }));
          else if (state.mood === 'defers') done(Object.assign(new Error('4.2.1 later'), { responseCode: 451 }));
          else done();
        },
        onData: (stream, session, done) => {
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
          stream.on('end', () => {
            const raw = Buffer.concat(chunks);
            state.taken.push(raw.toString('utf8'));
            if (state.mood === 'hangs-up-after-content') {
              for (const connection of next.connections)
                if (connection.id === session.id)
                  (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
              return;
            }
            if (state.mood === 'refuses-content') {
              done(Object.assign(new Error('5.7.1 looks like spam'), { responseCode: 554 }));
              return;
            }
            void PostalMime.parse(raw).then((mail) => {
              state.mails.push(mail);
              done();
            }, done);
          });
        },
      });
      next.on('error', () => undefined);
      await new Promise<void>((resolve, reject) => {
        next.server.once('error', reject);
        next.listen(port, '127.0.0.1', resolve);
      });
      port = (next.server.address() as AddressInfo).port;
      server = next;
    },
  };
  await state.start();
  return state;
}
