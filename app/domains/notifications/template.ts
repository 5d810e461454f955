import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { Language } from './model.ts';
import type { TopicId } from './topics.ts';

export type Values = Readonly<Record<string, string>>;

/** Parts of a mail, in the merchant's branding; each makes React Email components. */
export interface Kit {
  heading(text: string): ReactNode;
  text(text: string): ReactNode;
  small(text: string): ReactNode;
  button(label: string, url: string): ReactNode;
  image(url: string, alt: string): ReactNode;
  /** something to be copied, such as a discount code */
  code(text: string): ReactNode;
  figures(rows: readonly { readonly label: string; readonly value: string }[]): ReactNode;
  product(product: {
    readonly title: string;
    readonly imageUrl: string | null;
    readonly url: string;
    readonly price: string | null;
  }): ReactNode;
  divider(): ReactNode;
}

/** Writes in the language and zone of whoever gets the mail. */
export interface Writer {
  readonly language: Language;
  number(this: void, value: number): string;
  money(this: void, minor: number, currency: string): string;
  date(this: void, value: Date | string): string;
}

export interface TemplateTools<Data, Key extends string> extends Writer {
  readonly kit: Kit;
  readonly data: Data;
  /** '' where it is not known */
  readonly firstName: string;
  readonly shop: string;
  /** The words of this key; `{name}` in them is replaced by the values, by those of the template, `{firstName}` and `{shop}`. */
  say(this: void, key: Key, values?: Values): string;
}

/** A kind of mail. Methods, so that templates of any data fit in one list. */
export interface Template<Id extends string, Schema extends z.ZodType, Key extends string> {
  /** final: mails that wait name it */
  readonly id: Id;
  /** what the merchant reads in the list */
  readonly title: string;
  /** when it is sent, one sentence */
  readonly when: string;
  readonly topic: TopicId;
  readonly schema: Schema;
  readonly sample: z.input<Schema>;
  readonly words: Readonly<Record<Language, Readonly<Record<Key, string>>>>;
  /** what every text of the mail, the subject too, may name */
  values?(data: z.output<Schema>, writer: Writer): Values;
  body(tools: TemplateTools<z.output<Schema>, Key>): readonly ReactNode[];
}

type Words = Readonly<Record<'subject', string>> & Readonly<Record<string, string>>;

/** Declares a template; its texts need the same keys in each language, `subject` among them. */
export function defineTemplate<const Id extends string, Schema extends z.ZodType, English extends Words>(
  template: Omit<Template<Id, Schema, Extract<keyof English, string>>, 'words'> & {
    readonly words: { readonly en: English } & {
      readonly [L in Exclude<Language, 'en'>]: { readonly [K in keyof NoInfer<English>]: string };
    };
  },
): Template<Id, Schema, Extract<keyof English, string>> {
  return template;
}

/** A template of any data. */
export type AnyTemplate = Template<string, z.ZodType, string>;
