export { type MailLink, mailMarkOf, messageIdOf, namesMail, openLink, readMessageId, sealLink } from './links.ts';
export {
  knownLanguage,
  type Language,
  languageOf,
  languages,
  type LoggedMail,
  mailLanguage,
  type MailReason,
  type MailSettings,
  mailSettings,
  type MailSource,
  type MailState,
  mailStates,
  type SuppressionReason,
} from './model.ts';
export { type MailRecipient, type MailRequest, requestMail, requestMails, requestSample } from './request-mail.ts';
export { basisOf, decide, deferralMs, type Facts, zoneOr } from './rules.ts';
export { textOn as contrastOf } from './render/colours.ts';
export { sealing } from './sealing.ts';
export {
  type AddressFacts,
  allowAddress,
  listSuppressions,
  type NewSuppression,
  readAddressFacts,
  savePreferences,
  suppressAddresses,
} from './store-choices.ts';
export { type Contact, findContacts, readContacts, upsertContacts } from './store-contacts.ts';
export {
  countMails,
  findLatestCustomer,
  findLatestData,
  findUnfilled,
  listMails,
  type LogAsk,
  noteReport,
} from './store-log.ts';
export {
  cancelAllMails,
  cancelMails,
  claimMails,
  type ClaimedMail,
  findShopsWithDueMails,
  insertMails,
  markHandedOver,
  putBackMails,
  readMails,
  retryMails,
  settleInterrupted,
  settleMail,
} from './store-mails.ts';
export { forgetMailsOf, forgetOldMails, joinMails, readMailsOf } from './store-persons.ts';
export {
  readMailSettings,
  readTemplateChanges,
  saveMailSettings,
  saveTemplateChange,
  type TemplateChange,
  unchanged,
  wordedIn,
} from './store-settings.ts';
export type { AnyTemplate } from './template.ts';
export { findTemplate, type TemplateId, templates } from './templates/registry.ts';
export { isTopic, optionalTopics, type TopicId, topics } from './topics.ts';

/** Fills templates; loaded where mails are made, so that asking for one stays light. */
export const loadRenderer = () => import('./render/render-mail.ts');
