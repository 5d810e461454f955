import type { Invitation } from '#app/flows/referrals/shopper.ts';
import { marks } from '#app/platforms/marks.ts';
import { minorUnitDigits } from '#app/shared/money.ts';
import type { PageLanguage } from '#app/flows/bundle-page-words.ts';
import { type InvitationWords, invitationWords, percentOff } from './invitation-words.ts';

/** The store writes amounts in its own way: Liquid's filter takes hundredths of the main unit. */
const money = (minor: number, currency: string): string =>
  `{{ ${String(minor * 10 ** (2 - minorUnitDigits(currency)))} | money }}`;

/** What `say` gives in the shopper's language. */
function inLanguages(say: (words: InvitationWords, language: PageLanguage) => string): string {
  const { en, ...others } = invitationWords;
  const branches = Object.entries(others) as [PageLanguage, InvitationWords][];
  return `{%- case trellis_language -%}${branches
    .map(([language, theirs]) => `{%- when '${language}' -%}${say(theirs, language)}`)
    .join('')}{%- else -%}${say(en, 'en')}{%- endcase -%}`;
}

const language = `{%- assign trellis_language = request.locale.iso_code | slice: 0, 2 -%}`;

function promise({ offer, currency }: Invitation): string {
  if (offer.type === 'none') return inLanguages(({ none }) => none);
  if (offer.type === 'free-shipping') return inLanguages(({ shipping }) => shipping);
  return inLanguages(({ offer: text }, shown) =>
    text.replace(
      '{off}',
      offer.type === 'percentage' ? percentOff(offer.basisPoints, shown) : money(offer.minor, currency),
    ),
  );
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
