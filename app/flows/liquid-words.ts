import { escapeText } from './bundle-page-html.ts';
import { type PageLanguage, pageLanguages } from './bundle-page-words.ts';

/** Collects texts that differ by language as Liquid variables, so that the page itself is written once. */
export interface LiquidWords<Words> {
  /** prints what `say` gives in the shopper's language */
  readonly print: (say: (words: Words, language: PageLanguage) => string) => string;
  /** the name of the variable that holds it */
  readonly name: (say: (words: Words, language: PageLanguage) => string) => string;
  readonly definitions: () => string;
}

export function liquidWords<Words>(table: Readonly<Record<PageLanguage, Words>>): LiquidWords<Words> {
  const texts: ((language: PageLanguage) => string)[] = [];
  const known = new Map<string, number>();
  const name: LiquidWords<Words>['name'] = (say) => {
    const inLanguage = (language: PageLanguage): string => escapeText(say(table[language], language));
    const key = pageLanguages.map(inLanguage).join('\n');
    const at = known.get(key) ?? texts.push(inLanguage) - 1;
    known.set(key, at);
    return `trellis_${String(at)}`;
  };
  return {
    name,
    print: (say) => `{{ ${name(say)} }}`,
    definitions() {
      const [, ...others] = pageLanguages;
      const define = (language: PageLanguage): string =>
        texts.map((text, at) => `{%- capture trellis_${String(at)} -%}${text(language)}{%- endcapture -%}`).join('');
      return [
        `{%- assign trellis_language = request.locale.iso_code | slice: 0, 2 -%}{%- case trellis_language -%}`,
        ...others.map((language) => `{%- when '${language}' -%}${define(language)}`),
        `{%- else -%}${define('en')}{%- endcase -%}`,
      ].join('\n');
    },
  };
}
