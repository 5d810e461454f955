import { absenceBody, pageBody, type PageFrame, pageHead, pageTexts } from './bundle-page-html.ts';
import type { PageView } from './bundle-page-view.ts';
import { presentedByStore } from './bundle-page-presented.ts';
import { pageWords } from './bundle-page-words.ts';
import { liquidWords } from './liquid-words.ts';

/** A title for the theme's own head: themes print it escaped or not, so that it must hold nothing to escape. */
const headText = (text: string): string =>
  text
    .replace(/["<>{}\\]/g, (character) => ({ '"': '”', '<': '‹', '>': '›', '{': '(', '}': ')' })[character] ?? '/')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);

/** Addresses that the store fills in. */
export const liquidAddresses: PageFrame['urls'] = {
  shop: '{{ shop.url }}',
  addToCart: '{{ routes.cart_add_url }}',
  cart: '{{ routes.cart_url }}',
  allProducts: '{{ routes.all_products_collection_url }}',
  product: ({ handle }) =>
    `{{ routes.root_url | append: '/' | replace: '//', '/' }}products/${encodeURIComponent(handle)}`,
};

/** Writes a page as Liquid for the app proxy: the store's theme goes around it and says the shopper's language. */
export function renderPage(view: PageView): string {
  const local = liquidWords(pageWords);
  const { presented, definitions } = presentedByStore(view, local);
  const frame: PageFrame = { print: local.print, urls: liquidAddresses, presented };
  const { title, description } = pageTexts(view);
  const [head, body] = [pageHead(view, frame), pageBody(view, frame)];
  return [
    // The theme's layout, rendered after the page, takes title and description from these names.
    `{%- assign page_title = "${headText(title)}" -%}{%- assign page_description = "${headText(description)}" -%}`,
    local.definitions(),
    definitions,
    head,
    body,
  ].join('\n');
}

/** What a shopper sees whose address leads nowhere, or cannot be read. */
export function renderAbsence(kind: 'not-found' | 'malformed'): string {
  const local = liquidWords(pageWords);
  const body = absenceBody(kind, { print: local.print, urls: liquidAddresses });
  return [local.definitions(), '<meta name="robots" content="noindex">', body].join('\n');
}
