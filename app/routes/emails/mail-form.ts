import type { MailSettings } from '#app/domains/notifications/index.ts';
import { typedNumber } from '../../ui/typed.ts';
import { isLanguage } from './mail-words.ts';

/** The settings of mails as typed. */
export interface MailForm {
  readonly senderName: string;
  readonly replyTo: string;
  readonly logoUrl: string;
  readonly colour: string;
  readonly background: string;
  readonly footerAddress: string;
  /** '' = the store's own */
  readonly language: string;
  readonly quiet: boolean;
  readonly from: string;
  readonly to: string;
  readonly capped: boolean;
  readonly mails: string;
  readonly days: string;
}

export function toMailForm({ quietHours, cap, language, ...settings }: MailSettings): MailForm {
  return {
    ...settings,
    language: language ?? '',
    quiet: quietHours.active,
    from: String(quietHours.from),
    to: String(quietHours.to),
    capped: cap.active,
    mails: String(cap.mails),
    days: String(cap.days),
  };
}

/** What is wrong with the typed texts, by field; the server checks again. */
export function checkMailForm(form: MailForm): Partial<Record<keyof MailForm, string>> {
  const problems: Partial<Record<keyof MailForm, string>> = {};
  if (form.replyTo.trim() !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(form.replyTo.trim()))
    problems.replyTo = 'Enter an e-mail address, or nothing';
  if (form.logoUrl.trim() !== '' && !/^https?:\/\/\S+$/.test(form.logoUrl.trim()))
    problems.logoUrl = 'Enter an address that begins with https://, or nothing';
  for (const name of ['colour', 'background'] as const)
    if (!/^#[0-9a-f]{6}$/i.test(form[name].trim())) problems[name] = 'Enter a colour such as #1A1A1A';
  const count = (name: 'mails' | 'days', most: number): void => {
    const value = typedNumber(form[name]);
    if (form.capped && !(value >= 1 && value <= most)) problems[name] = `Enter a number from 1 to ${String(most)}`;
  };
  count('mails', 100);
  count('days', 90);
  return problems;
}

/** What is sent to the server; numbers that are none become usual ones where the cap is off. */
export function toMailSettings(form: MailForm): MailSettings {
  const number = (text: string, usual: number): number => typedNumber(text) || usual;
  return {
    senderName: form.senderName.trim(),
    replyTo: form.replyTo.trim(),
    logoUrl: form.logoUrl.trim(),
    colour: form.colour.trim(),
    background: form.background.trim(),
    footerAddress: form.footerAddress.trim(),
    language: isLanguage(form.language) ? form.language : null,
    quietHours: { active: form.quiet, from: Number(form.from), to: Number(form.to) },
    cap: { active: form.capped, mails: number(form.mails, 3), days: number(form.days, 7) },
  };
}
