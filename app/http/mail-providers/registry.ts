import { brevo } from './brevo.ts';
import { mailgun } from './mailgun.ts';
import { message } from './message.ts';
import { postmark } from './postmark.ts';
import type { MailProvider } from './provider.ts';
import { sendgrid } from './sendgrid.ts';
import { ses } from './ses.ts';

/** Providers whose webhooks are read as they are, and mails that come back, for a mail server without any. */
export const mailProviders: readonly MailProvider[] = [ses, postmark, mailgun, sendgrid, brevo, message];

export const findMailProvider = (id: string): MailProvider | null => mailProviders.find((one) => one.id === id) ?? null;
