import { absenceBody, escapeText, pageBody, type PageFrame, pageHead, pageTexts } from './bundle-page-html.ts';
import type { PageView } from './bundle-page-view.ts';
import { type PageLanguage, pageLanguages, type PageWords, pageWords } from './bundle-page-words.ts';

/** A title for the theme's own head: themes print it escaped or not, so that it must hold nothing to escape. */
const headText = (text: string): string =>
  text
    .replace(/["<>{}\\]/g, (character) => ({ '"': '”', '<': '‹', '>': '›', '{': '(', '}': ')' })[character] ?? '/')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);

/** Collects texts that differ by language as Liquid variables, so that the page itself is written once. */
interface Local {
  /** prints what `say` gives in the shopper's language */
  readonly print: (say: (words: PageWords, language: PageLanguage) => string) => string;
  readonly definitions: () => string;
}

function createLocal(): Local {
  const texts: ((language: PageLanguage) => string)[] = [];
  const known = new Map<string, number>();
  return {
    print(say) {
      const inLanguage = (language: PageLanguage): string => escapeText(say(pageWords[language], language));
      const key = pageLanguages.map(inLanguage).join('\n');
      const at = known.get(key) ?? texts.push(inLanguage) - 1;
      known.set(key, at);
      return `{{ trellis_${String(at)} }}`;
    },
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

/** Addresses that the store fills in. */
const urls: PageFrame['urls'] = {
  shop: '{{ shop.url }}',
  addToCart: '{{ routes.cart_add_url }}',
  cart: '{{ routes.cart_url }}',
  allProducts: '{{ routes.all_products_collection_url }}',
  product: ({ handle }) =>
    `{{ routes.root_url | append: '/' | replace: '//', '/' }}products/${encodeURIComponent(handle)}`,
};

/** Writes a page as Liquid for the app proxy: the store's theme goes around it and says the shopper's language. */
export function renderPage(view: PageView): string {
  const local = createLocal();
  const frame: PageFrame = { print: local.print, urls };
  const { title, description } = pageTexts(view);
  const [head, body] = [pageHead(view, frame), pageBody(view, frame)];
  return [
    // The theme's layout, rendered after the page, takes title and description from these names.
    `{%- assign page_title = "${headText(title)}" -%}{%- assign page_description = "${headText(description)}" -%}`,
    local.definitions(),
    head,
    body,
  ].join('\n');
}

/** What a shopper sees whose address leads nowhere, or cannot be read. */
export function renderAbsence(kind: 'not-found' | 'malformed'): string {
  const local = createLocal();
  const body = absenceBody(kind, { print: local.print, urls });
  return [local.definitions(), '<meta name="robots" content="noindex">', body].join('\n');
}
