import { z } from 'zod';
import type { ShopScope } from '#app/infra/database.ts';
import { type Language, languages, type MailSettings, mailSettings } from './model.ts';
import type { Values } from './template.ts';

/** What the merchant decided about mails, or what is usual. */
export async function readMailSettings(scope: ShopScope): Promise<MailSettings> {
  const row = await scope.tx.mailSetting.findUnique({ where: { shopId: scope.shopId }, select: { settings: true } });
  return mailSettings.parse(row?.settings ?? {});
}

export async function saveMailSettings(scope: ShopScope, settings: MailSettings): Promise<void> {
  const { shopId } = scope;
  await scope.tx.mailSetting.upsert({ where: { shopId }, create: { shopId, settings }, update: { settings } });
}

/** What the merchant changed of a template. */
export interface TemplateChange {
  readonly active: boolean;
  readonly words: Readonly<Partial<Record<Language, Values>>>;
}

/** Languages in which the merchant has words of their own for a mail. */
export const wordedIn = ({ words }: Pick<TemplateChange, 'words'>): Language[] =>
  languages.filter((language) => Object.keys(words[language] ?? {}).length > 0);

export const unchanged: TemplateChange = { active: true, words: {} };
const wordsShape = z.partialRecord(z.enum(languages), z.record(z.string(), z.string()));

/** The templates that the merchant changed, by id. */
export async function readTemplateChanges(scope: ShopScope): Promise<Map<string, TemplateChange>> {
  const rows = await scope.tx.mailTemplate.findMany({ where: { shopId: scope.shopId } });
  return new Map(rows.map(({ template, active, words }) => [template, { active, words: wordsShape.parse(words) }]));
}

export async function saveTemplateChange(scope: ShopScope, template: string, change: TemplateChange): Promise<void> {
  const { shopId } = scope;
  const values = { active: change.active, words: change.words as Readonly<Record<string, Record<string, string>>> };
  await scope.tx.mailTemplate.upsert({
    where: { shopId_template: { shopId, template } },
    create: { shopId, template, ...values },
    update: values,
  });
}
