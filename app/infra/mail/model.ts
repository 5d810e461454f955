/** A mail as the mail server gets it. */
export interface OutgoingMail {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  readonly replyTo: string | null;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** with its angle brackets */
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What came of handing a mail to the mail server; `words` are the server's, without the recipient's address. */
export type MailAnswer =
  | { readonly code: 'accepted' }
  /** for good: this address (`recipient`), or this mail */
  | { readonly code: 'refused'; readonly recipient: boolean; readonly words: string }
  /** the server wants this mail later */
  | { readonly code: 'deferred'; readonly words: string }
  /** the mail did not reach the server, which is down or lets nobody in */
  | { readonly code: 'server-away'; readonly words: string }
  /** the mail reached the server whole, its answer did not reach us: it may have been sent */
  | { readonly code: 'no-answer'; readonly words: string };

/** A line to a mail server; one mail after the other. */
export interface MailConnection {
  send(mail: OutgoingMail): Promise<MailAnswer>;
  close(): void;
}
