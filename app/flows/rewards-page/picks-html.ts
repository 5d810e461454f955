import type { ProductCard } from '#app/domains/recommendations/index.ts';
import { escapeText } from '../bundle-page-html.ts';
import type { PageLanguage } from '../bundle-page-words.ts';
import type { Pen } from './html.ts';

interface PickWords {
  readonly heading: string;
  readonly add: string;
}

const pickWords: Readonly<Record<PageLanguage, PickWords>> = {
  en: { heading: 'Picked for you', add: 'Add to cart' },
  de: { heading: 'Für Sie ausgesucht', add: 'In den Warenkorb' },
  fr: { heading: 'Choisi pour vous', add: 'Ajouter au panier' },
  es: { heading: 'Elegido para ti', add: 'Añadir al carrito' },
  ja: { heading: 'あなたへのおすすめ', add: 'カートに入れる' },
};

// Who is held out of Trellis by their browser sees nothing of it, as of the widgets.
const style = `<style>
html[data-trellis-held] .trellis-rewards-picks{display:none}
.trellis-rewards .trellis-rewards-picks ul{grid-template-columns:repeat(auto-fill,minmax(10rem,1fr))}
.trellis-rewards .trellis-rewards-picks button{inline-size:100%;padding:.5rem}
.trellis-rewards .trellis-rewards-picks li{flex-direction:column;align-items:stretch;flex-wrap:nowrap}
.trellis-rewards .trellis-rewards-picks li>a{flex:1;overflow-wrap:anywhere}
.trellis-rewards-picks img{inline-size:100%;block-size:auto;aspect-ratio:1;object-fit:cover}
</style>`;

/** Products for the customer, each with a form that puts it into the cart; works without JavaScript. */
export function picksHtml(picks: readonly ProductCard[], { say, money, urls }: Pen): string {
  const cards = picks.flatMap(({ title, variant, imageUrl, handle, id }) => {
    if (variant === null) return [];
    const image = variant.imageUrl ?? imageUrl;
    const picture = image ? `<img src="${escapeText(image)}" alt="" width="300" height="300" loading="lazy">` : '';
    const back = urls.cart === null ? '' : `<input type="hidden" name="return_to" value="${urls.cart}">`;
    const marks = `<input type="hidden" name="items[0][id]" value="${escapeText(variant.id)}"><input type="hidden" name="items[0][quantity]" value="1"><input type="hidden" name="items[0][properties][_trellis_source]" value="for-you">`;
    const add = `<button class="button" aria-label="${say((_, language) => `${pickWords[language].add}: ${title}`)}">${say((_, language) => pickWords[language].add)}</button>`;
    return [
      `<li><a href="${urls.product({ handle, productId: id })}">${picture}${escapeText(title)}</a><span>${say((_, language) => money(variant.priceMinor)(language))}</span><form method="post" action="${urls.addToCart}">${back}${marks}${add}</form></li>`,
    ];
  });
  if (cards.length === 0) return '';
  return `${style}<section class="trellis-rewards-picks"><h2>${say((_, language) => pickWords[language].heading)}</h2><ul role="list">${cards.join('')}</ul></section>`;
}
