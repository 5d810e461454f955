import { storeMoney } from '#app/shared/money-format.ts';
import { formatDecimal } from '#app/shared/money.ts';
import type { PageSlot } from './bundle-page-slots.ts';
import type { PageView } from './bundle-page-view.ts';
import { type PageLanguage, type PageWords, pageWords } from './bundle-page-words.ts';

/** The store around a page: what it puts into the page itself, and where its forms and links lead. */
export interface PageFrame {
  /** writes what `say` gives in the shopper's language, escaped */
  readonly print: (say: (words: PageWords, language: PageLanguage) => string) => string;
  /** addresses as they stand in an attribute */
  readonly urls: {
    readonly shop: string;
    readonly addToCart: string;
    /** where the form leads to afterwards; null = the store knows */
    readonly cart: string | null;
    readonly allProducts: string;
    readonly product: (product: Pick<PageSlot, 'handle' | 'productId'>) => string;
  };
  /** left out where everybody who gets the page pays in its currency */
  readonly presented?: Presented;
}

/** Prices that the store writes itself, for shoppers who pay in another currency than the page's. */
export interface Presented {
  /** `own` for who pays in the page's currency, `theirs` for all others */
  readonly either: (own: string, theirs: string) => string;
  /** the price of a variant behind `lead`; nothing where the store does not tell it */
  readonly option: (variantId: string, lead: string) => string;
  /** prices of what is chosen at first, as version `arm` has them; 0 = of who is in no price test */
  readonly sum: (arm: number) => string;
}

/**
 * Text for Liquid that becomes HTML: nothing of it is markup for the browser, and nothing of it is code for
 * Liquid, whatever a merchant calls a product.
 */
export function escapeText(text: string): string {
  return text.replace(/[&<>"'{}]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

/** Text inside JSON inside Liquid: without braces, so that only the structure has some, which never open an output. */
const plainJson = (text: string): string => text.replaceAll('{', '(').replaceAll('}', ')');

/** JSON for a script element: escapes what could end the element. */
function escapeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const style = `<style>
.trellis-page{display:grid;gap:1.5rem;max-width:60rem;margin:2rem auto;padding:0 1rem}
.trellis-page form{display:grid;gap:1.25rem}
.trellis-page ul{list-style:none;margin:0;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr))}
.trellis-page li{display:flex;flex-direction:column;gap:.5rem}
.trellis-page img{inline-size:100%;block-size:auto;aspect-ratio:1;object-fit:cover}
.trellis-page select{inline-size:100%;max-inline-size:100%;min-block-size:2.75rem}
.trellis-page-sum{display:flex;flex-wrap:wrap;gap:1rem;align-items:center;justify-content:space-between}
.trellis-page-sum strong{font-size:1.4em}
.trellis-page button{min-block-size:2.75rem;padding:.6rem 1.4rem}
</style>`;

/**
 * Each visitor sees the price of their own version although all get the same page: the embed marks it with the
 * versions of the browser's visitor before anything is laid out. Without the embed no cart names a visitor, and
 * everybody is charged what stands.
 */
function versionStyle(versions: PageView['versions']): string {
  const rules = versions.map(({ marks }, at) => {
    const mine = `${marks.map((mark) => `[data-trellis-arms~="${mark}"]`).join('')}:has(#trellis-config) .trellis-page-sum [data-arm`;
    return `${mine}]{display:none}${mine}="${String(at + 1)}"]{display:contents}`;
  });
  return `<style>.trellis-page-sum [data-arm]{display:none}.trellis-page-sum [data-arm="0"]{display:contents}${rules.join('')}</style>`;
}

function slotHtml(slot: PageSlot, index: number, view: PageView, frame: PageFrame): string {
  const price = ({ variantId, priceMinor }: PageSlot['options'][number], lead: string): string => {
    const own = `${lead}${frame.print((_, language) => storeMoney(priceMinor, view, language))}`;
    return frame.presented ? frame.presented.either(own, frame.presented.option(variantId, lead)) : own;
  };
  const field = `items[${String(index)}]`;
  const times = slot.quantity > 1 ? `${String(slot.quantity)} × ` : '';
  const option = (each: PageSlot['options'][number]): string =>
    `<option value="${each.variantId}"${each.variantId === slot.chosen ? ' selected' : ''}${each.available ? '' : ' disabled'}>${escapeText(each.title)}${price(each, ' · ')}${each.available ? '' : ` · ${frame.print((words) => words.soldOut)}`}</option>`;
  const [only] = slot.options;
  const label = slot.pick
    ? frame.print((words) => words.choose(index + 1))
    : frame.print((words) => words.option(slot.title));
  const choice =
    slot.options.length === 1 && only
      ? `<input type="hidden" name="${field}[id]" value="${only.variantId}"><span>${price(only, '')}${only.available ? '' : ` · ${frame.print((words) => words.soldOut)}`}</span>`
      : `<select name="${field}[id]" aria-label="${label}">${slot.options.map(option).join('')}</select>`;
  const picture = slot.imageUrl
    ? `<img src="${escapeText(slot.imageUrl)}" alt="" width="400" height="400" loading="lazy">`
    : '';
  // Where there is nothing to choose, the choice is the product.
  const name =
    slot.pick && slot.options.length > 1
      ? `<span>${times}${label}</span>`
      : `<a href="${frame.urls.product(slot)}">${escapeText(`${times}${slot.title}`)}</a>`;
  return `<li>${picture}${name}${choice}<input type="hidden" name="${field}[quantity]" value="${String(slot.quantity)}"><input type="hidden" name="${field}[properties][_trellis_source]" value="bundle"></li>`;
}

/** Title and description as plain text. */
export function pageTexts(view: PageView): { readonly title: string; readonly description: string } {
  return {
    title: view.title ?? view.productTitles.join(' + '),
    description: pageWords.en.description(view.productTitles.join(', ')).slice(0, 300),
  };
}

/** What belongs into a page's head. */
export function pageHead(view: PageView, frame: PageFrame): string {
  const { title, description } = pageTexts(view);
  const [image] = view.images;
  const address = `${frame.urls.shop}${escapeText(view.path)}`;
  const absolute = (url: string): string =>
    url.startsWith('/') ? `${frame.urls.shop}${escapeText(url)}` : escapeText(url);
  const product = {
    '@context': 'https://schema.org/',
    '@type': 'Product',
    name: plainJson(title),
    description: plainJson(description),
    ...(image !== undefined && /^https?:/.test(image) ? { image: [plainJson(image)] } : {}),
    offers: {
      '@type': 'Offer',
      price: formatDecimal(view.afterMinor, view.currency),
      priceCurrency: view.currency,
      availability: `https://schema.org/${view.soldOut ? 'OutOfStock' : 'InStock'}`,
    },
  };
  const tag = (property: string, content: string): string => `<meta property="${property}" content="${content}">`;
  return [
    `<link rel="canonical" href="${address}">`,
    // What anybody can put together is not for search engines.
    ...(view.bundleId === null ? ['<meta name="robots" content="noindex">'] : []),
    tag('og:type', 'product'),
    tag('og:title', escapeText(title)),
    tag('og:description', escapeText(description)),
    tag('og:url', address),
    ...(image === undefined ? [] : [tag('og:image', absolute(image))]),
    tag('og:price:amount', formatDecimal(view.afterMinor, view.currency)),
    tag('og:price:currency', view.currency),
    `<script type="application/ld+json">${escapeJson(product)}</script>`,
  ].join('\n');
}

/** The page itself. It works without JavaScript: one form puts everything into the cart. */
export function pageBody(view: PageView, frame: PageFrame): string {
  const { slots, beforeMinor, afterMinor } = view;
  const money = (minor: number): string => frame.print((_, language) => storeMoney(minor, view, language));
  const { versions } = view;
  const saves = [afterMinor, ...versions.map((version) => version.afterMinor)].some((after) => after < beforeMinor);
  const priceOf = (after: number, arm: number): string => {
    const saving = beforeMinor - after;
    const own =
      saving > 0
        ? `<span>${frame.print((words) => words.before)} <s>${money(beforeMinor)}</s></span><span>${frame.print((words) => words.now)} <strong>${money(after)}</strong></span><span>${frame.print((words, language) => words.save(storeMoney(saving, view, language)))}</span>`
        : `<span>${frame.print((words) => words.now)} <strong>${money(after)}</strong></span>`;
    return frame.presented ? frame.presented.either(own, frame.presented.sum(arm)) : own;
  };
  const price =
    versions.length === 0
      ? priceOf(afterMinor, 0)
      : [afterMinor, ...versions.map((version) => version.afterMinor)]
          .map((after, at) => `<span data-arm="${String(at)}">${priceOf(after, at)}</span>`)
          .join('');
  const body = `<section class="trellis-page" data-trellis-page="${view.bundleId ?? 'items'}">
<h1>${view.title === null ? frame.print((words) => words.yourSet) : escapeText(view.title)}</h1>
${view.soldOut ? `<p role="status">${frame.print((words) => words.soldOutPart)}</p>` : ''}${view.reserved.length > 0 ? `<p>${frame.print((words) => words.reserved(view.reserved.join(', ')))}</p>` : ''}
<form action="${frame.urls.addToCart}" method="post">
${
  frame.urls.cart === null
    ? ''
    : `<input type="hidden" name="return_to" value="${frame.urls.cart}">
`
}<h2>${frame.print((words) => words.inSet)}</h2>
<ul role="list">
${slots.map((slot, index) => slotHtml(slot, index, view, frame)).join('\n')}
</ul>
<div class="trellis-page-sum">${price}<button type="submit" class="button"${view.soldOut ? ' disabled' : ''}>${frame.print((words) => (view.soldOut ? words.soldOut : words.add))}</button></div>
${view.varies ? `<p>${frame.print((words) => words.choices)}</p>` : saves ? `<p>${frame.print((words) => words.checkout)}</p>` : ''}
</form>
</section>`;
  return [style, ...(versions.length === 0 ? [] : [versionStyle(versions)]), body].join('\n');
}

/** What a shopper sees whose address leads nowhere, or cannot be read. */
export function absenceBody(kind: 'not-found' | 'malformed', frame: PageFrame): string {
  const [heading, text] =
    kind === 'not-found' ? (['notFound', 'notFoundText'] as const) : (['malformed', 'malformedText'] as const);
  const body = `<section class="trellis-page"><h1>${frame.print((words) => words[heading])}</h1><p>${frame.print((words) => words[text])}</p><p><a href="${frame.urls.allProducts}">${frame.print((words) => words.toShop)}</a></p></section>`;
  return [style, body].join('\n');
}
