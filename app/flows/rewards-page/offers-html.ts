import { escapeText } from '../bundle-page-html.ts';
import type { PageLanguage } from '../bundle-page-words.ts';
import type { MyOffer } from '../personal-offers/shopper.ts';
import type { Pen } from './html.ts';

interface OfferWords {
  readonly heading: string;
  readonly off: (size: string) => string;
  readonly shipping: string;
  readonly free: string;
  readonly early: string;
  readonly on: (products: string) => string;
  readonly most: (amount: string) => string;
}

const offerWords: Readonly<Record<PageLanguage, OfferWords>> = {
  en: {
    heading: 'Offers for you',
    off: (size) => `${size} off`,
    shipping: 'Free shipping',
    free: 'For free',
    early: 'Buy before others can',
    on: (products) => `For: ${products}`,
    most: (amount) => `At most ${amount} off`,
  },
  de: {
    heading: 'Angebote für Sie',
    off: (size) => `${size} Rabatt`,
    shipping: 'Kostenloser Versand',
    free: 'Gratis',
    early: 'Vor allen anderen kaufen',
    on: (products) => `Für: ${products}`,
    most: (amount) => `Höchstens ${amount} Rabatt`,
  },
  fr: {
    heading: 'Vos offres',
    off: (size) => `${size} de réduction`,
    shipping: 'Livraison offerte',
    free: 'Offert',
    early: 'À acheter avant tout le monde',
    on: (products) => `Pour : ${products}`,
    most: (amount) => `${amount} de réduction au maximum`,
  },
  es: {
    heading: 'Ofertas para usted',
    off: (size) => `${size} de descuento`,
    shipping: 'Envío gratis',
    free: 'Gratis',
    early: 'Compre antes que los demás',
    on: (products) => `Para: ${products}`,
    most: (amount) => `Como máximo ${amount} de descuento`,
  },
  ja: {
    heading: 'あなたへの特典',
    off: (size) => `${size} オフ`,
    shipping: '送料無料',
    free: '無料',
    early: '先行購入',
    on: (products) => `対象：${products}`,
    most: (amount) => `割引額の上限 ${amount}`,
  },
};

/** What the store offers this customer alone, with a button for each code; nothing where there is nothing. */
export function offersHtml(offers: readonly MyOffer[], { say, money, date, urls }: Pen): string {
  if (offers.length === 0) return '';
  const rows = offers.map(({ gift, code, products, endsAt }) => {
    const size = (language: PageLanguage): string =>
      gift.kind === 'percentage'
        ? new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(gift.size / 10_000)
        : money(gift.size)(language);
    const name = say((_, language) => {
      const words = offerWords[language];
      if (gift.kind === 'free-shipping') return words.shipping;
      if (gift.kind === 'early-access') return words.early;
      return gift.kind === 'free-product' ? words.free : words.off(size(language));
    });
    const { minSubtotalMinor: least, mostMinor: most } = gift;
    const named = products.map(({ title }) => title).join(', ');
    const lines = [
      named === '' ? '' : say((_, language) => offerWords[language].on(named)),
      most === undefined ? '' : say((_, language) => offerWords[language].most(money(most)(language))),
      least === null ? '' : say(({ minimum }, language) => minimum(money(least)(language))),
      say(({ until }, language) => until(date(endsAt)(language))),
    ];
    const use =
      urls.apply && code !== null
        ? `<a class="button" href="${urls.apply(code)}">${say(({ apply }) => apply)}</a>`
        : '';
    const shown = lines.filter((line) => line !== '').join(' · ');
    return `<li><span><strong>${name}</strong>${code === null ? '' : ` <code>${escapeText(code)}</code>`}<small>${shown}</small></span>${use}</li>`;
  });
  return `<section aria-labelledby="trellis-offers"><h2 id="trellis-offers">${say((_, language) => offerWords[language].heading)}</h2><ul>${rows.join('')}</ul></section>`;
}
