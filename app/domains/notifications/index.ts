export { cancelMails, readMails } from './store-mails.ts';
export { type MailRecipient, type MailRequest, requestMail, requestMails } from './request-mail.ts';
export type { MailSource } from './model.ts';
