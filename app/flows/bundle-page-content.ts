import { absenceBody, escapeText, pageBody, type PageFrame, pageHead, pageTexts } from './bundle-page-html.ts';
import type { PageView } from './bundle-page-view.ts';
import { type PageLanguage, pageLanguages, pageWords } from './bundle-page-words.ts';

/** A page in parts, for a store that puts its own theme around them. Texts are plain, the others HTML. */
export interface PageContent {
  readonly title: string;
  readonly description: string;
  readonly head: string;
  readonly html: string;
}

/** `de_DE` and `de-AT` → `de`; what we have no words for → English. */
export const pageLanguageOf = (locale: string): PageLanguage =>
  pageLanguages.find((language) => language === locale.slice(0, 2).toLowerCase()) ?? 'en';

/**
 * @param storefrontUrl where the store is, without a slash at the end; forms post to the store's own `?trellis=add`,
 * which our plugin answers there
 */
function frameOf(storefrontUrl: string, language: PageLanguage): PageFrame {
  return { print: (say) => escapeText(say(pageWords[language], language)), urls: addressesIn(storefrontUrl) };
}

/** Where forms and links lead in a store that has our plugin. */
export function addressesIn(storefrontUrl: string): PageFrame['urls'] {
  const store = escapeText(storefrontUrl);
  return {
    shop: store,
    addToCart: `${store}/?trellis=add`,
    cart: null,
    allProducts: `${store}/?post_type=product`,
    // WordPress leads from the id to the page's address, whatever permalinks it has.
    product: ({ productId }) => `${store}/?p=${encodeURIComponent(productId)}`,
  };
}

/** Writes a page in one language as HTML. */
export function contentOf(view: PageView, storefrontUrl: string, language: PageLanguage): PageContent {
  const frame = frameOf(storefrontUrl, language);
  return { ...pageTexts(view), head: pageHead(view, frame), html: pageBody(view, frame) };
}

/** What a shopper sees whose address leads nowhere, or cannot be read. */
export function absenceOf(kind: 'not-found' | 'malformed', storefrontUrl: string, language: PageLanguage): PageContent {
  const words = pageWords[language];
  return {
    title: kind === 'not-found' ? words.notFound : words.malformed,
    description: '',
    head: '<meta name="robots" content="noindex">',
    html: absenceBody(kind, frameOf(storefrontUrl, language)),
  };
}
