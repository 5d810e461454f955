import { render } from '@react-email/render';
import type { Language, MailSettings } from '../model.ts';
import type { AnyTemplate, Values } from '../template.ts';
import { createKit } from './kit.ts';
import { layout, type LayoutProps } from './layout.ts';
import { createWriter, fill } from './writer.ts';

export interface RenderContext {
  readonly language: Language;
  /** IANA */
  readonly zone: string;
  /** '' where it is not known */
  readonly firstName: string;
  readonly shop: LayoutProps['shop'];
  readonly settings: MailSettings;
  /** what the merchant wrote in place of the template's words, in this language */
  readonly words: Values;
  readonly links: LayoutProps['links'];
}

export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/**
 * Fills a template.
 * @throws when the data do not fit it, or it throws itself
 */
export async function renderMail(template: AnyTemplate, data: unknown, context: RenderContext): Promise<RenderedMail> {
  const parsed = template.schema.parse(data);
  const { language, firstName, settings } = context;
  const shop = context.shop.name;
  const writer = createWriter(language, context.zone);
  const own = { ...template.values?.(parsed, writer), firstName, shop };
  const say = (key: string, values: Values = {}): string =>
    fill(context.words[key] || (template.words[language][key] ?? ''), { ...own, ...values });
  const subject = say('subject').replace(/\s+/g, ' ').trim();
  const kit = createKit(settings.colour);
  const children = template.body({ ...writer, kit, data: parsed, firstName, shop, say });
  const page = layout({ language, subject, shop: context.shop, settings, links: context.links, children });
  return { subject, html: await render(page), text: await render(page, { plainText: true }) };
}
