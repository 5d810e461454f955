import type { Invitation } from '#app/flows/referrals/shopper.ts';
import { marks } from '#app/platforms/marks.ts';
import { minorUnitDigits } from '#app/shared/money.ts';

interface Words {
  readonly title: string;
  /** `{off}` is what the friend gets */
  readonly offer: string;
  readonly shipping: string;
  readonly none: string;
  /** `{code}` */
  readonly code: string;
  /** `{minimum}` */
  readonly from: string;
  readonly button: string;
  readonly absent: string;
}

const english: Words = {
  title: 'A friend recommends this store',
  offer: '{off} off your first order',
  shipping: 'Free shipping on your first order',
  none: 'Have a look around',
  code: 'Your code is {code}. It is applied when you start here.',
  from: 'For orders from {minimum}.',
  button: 'Start shopping',
  absent: 'This invitation does not work any more',
};

/** In the languages that the theme blocks speak. */
const words: Readonly<Record<'en' | 'de' | 'fr' | 'es' | 'ja', Words>> = {
  en: english,
  de: {
    title: 'Eine Empfehlung für dich',
    offer: '{off} Rabatt auf deine erste Bestellung',
    shipping: 'Versandkostenfreie erste Bestellung',
    none: 'Sieh dich um',
    code: 'Dein Code ist {code}. Er wird eingelöst, wenn du hier beginnst.',
    from: 'Für Bestellungen ab {minimum}.',
    button: 'Jetzt einkaufen',
    absent: 'Diese Einladung gilt nicht mehr',
  },
  fr: {
    title: 'Un proche vous recommande cette boutique',
    offer: '{off} de réduction sur votre première commande',
    shipping: 'Livraison gratuite pour votre première commande',
    none: 'Découvrez la boutique',
    code: 'Votre code est {code}. Il s’applique si vous commencez ici.',
    from: 'Pour les commandes à partir de {minimum}.',
    button: 'Commencer mes achats',
    absent: 'Cette invitation n’est plus valable',
  },
  es: {
    title: 'Alguien te recomienda esta tienda',
    offer: '{off} de descuento en tu primer pedido',
    shipping: 'Envío gratis en tu primer pedido',
    none: 'Echa un vistazo',
    code: 'Tu código es {code}. Se aplica si empiezas aquí.',
    from: 'En pedidos desde {minimum}.',
    button: 'Empezar a comprar',
    absent: 'Esta invitación ya no es válida',
  },
  ja: {
    title: 'お友達からのご紹介です',
    offer: '初回のご注文が{off}オフ',
    shipping: '初回のご注文は送料無料',
    none: 'どうぞご覧ください',
    code: 'クーポンコードは{code}です。ここから始めると適用されます。',
    from: '{minimum}以上のご注文が対象です。',
    button: 'お買い物を始める',
    absent: 'この招待は現在ご利用いただけません',
  },
};

/** The store writes amounts in its own way: Liquid's filter takes hundredths of the main unit. */
const money = (minor: number, currency: string): string =>
  `{{ ${String(minor * 10 ** (2 - minorUnitDigits(currency)))} | money }}`;

/** What `say` gives in the shopper's language. */
function inLanguages(say: (words: Words) => string): string {
  const [, ...others] = Object.entries(words);
  return `{%- case trellis_language -%}${others
    .map(([language, theirs]) => `{%- when '${language}' -%}${say(theirs)}`)
    .join('')}{%- else -%}${say(english)}{%- endcase -%}`;
}

const language = `{%- assign trellis_language = request.locale.iso_code | slice: 0, 2 -%}`;

function promise({ offer, currency }: Invitation): string {
  if (offer.type === 'none') return inLanguages(({ none }) => none);
  if (offer.type === 'free-shipping') return inLanguages(({ shipping }) => shipping);
  const off = offer.type === 'percentage' ? `${String(offer.basisPoints / 100)} %` : money(offer.minor, currency);
  return inLanguages(({ offer: text }) => text.replace('{off}', off));
}

/** Writes the code into the cart, and tells which browser came where it may be told. It reads what the pixel keeps. */
const script = (code: string): string => `<script>(()=>{
const code='${code}',head={'content-type':'application/json'};
fetch({{ routes.cart_url | append: '/update.js' | json }},{method:'POST',headers:head,body:JSON.stringify({attributes:{${marks.referral}:code}})}).catch(()=>0);
let visitor=null;try{visitor=localStorage.getItem('${marks.visitor}')}catch{}
if(visitor)fetch(location.pathname+'?visitor='+encodeURIComponent(visitor),{method:'POST'}).catch(()=>0);
})()</script>`;

/**
 * The page of an invitation as Liquid. The code is of our own signs, so nothing in it needs to be escaped. Its button
 * works without the script: the store keeps the code of the discount, by which the order is told.
 */
export function invitationPage(invitation: Invitation): string {
  const { code, offer, minOrderMinor, currency } = invitation;
  const codeLine = inLanguages((each) => each.code.replace('{code}', `<strong>${code}</strong>`));
  const from = inLanguages((each) => each.from.replace('{minimum}', money(minOrderMinor, currency)));
  const start =
    offer.type === 'none'
      ? '{{ routes.all_products_collection_url }}'
      : `{{ routes.root_url | append: '/' | replace: '//', '/' }}discount/${code}?redirect={{ routes.all_products_collection_url | url_encode }}`;
  return [
    language,
    `<div class="trellis-invitation page-width" style="max-width:40rem;margin:3rem auto;padding:0 1rem;text-align:center">`,
    `<h1>${inLanguages(({ title }) => title)}</h1>`,
    `<p style="font-size:1.5em">${promise(invitation)}</p>`,
    offer.type === 'none' ? '' : `<p>${codeLine}</p>`,
    minOrderMinor > 0 && offer.type !== 'none' ? `<p>${from}</p>` : '',
    `<p><a class="button" href="${start}">${inLanguages(({ button }) => button)}</a></p>`,
    '</div>',
    script(code),
  ].join('\n');
}

/** What stands under a code that is nobody's. */
export const noInvitation = (): string =>
  [
    language,
    `<div class="page-width" style="max-width:40rem;margin:3rem auto;padding:0 1rem;text-align:center">`,
    `<h1>${inLanguages(({ absent }) => absent)}</h1>`,
    `<p><a class="button" href="{{ routes.all_products_collection_url }}">${inLanguages(({ button }) => button)}</a></p>`,
    '</div>',
  ].join('\n');
