import type { FriendState, MyReferrals } from '#app/flows/referrals/shopper.ts';
import { escapeText } from '#app/flows/bundle-page-html.ts';

interface Words {
  readonly title: string;
  readonly share: string;
  readonly code: string;
  readonly logIn: string;
  readonly off: string;
  readonly friends: string;
  readonly none: string;
  /** `{no}` */
  readonly friend: string;
  /** button of an advocate who does not agree */
  readonly appeal: string;
  readonly states: Readonly<Record<FriendState['state'], string>>;
}

const english: Words = {
  title: 'Recommend us to your friends',
  share: 'Your link to share',
  code: 'Or your friends type this code at the checkout:',
  logIn: 'Log in to see your link',
  off: 'There is no programme at the moment',
  friends: 'Your friends',
  none: 'None of your friends has ordered yet.',
  friend: 'Friend {no}',
  appeal: 'Tell us why it should count',
  states: {
    waiting: 'just ordered',
    pending: 'reward pending',
    rewarded: 'rewarded',
    'under-review': 'being looked at',
    'not-counted': 'not counted',
  },
};

const words: Readonly<Record<'en' | 'de' | 'fr' | 'es' | 'ja', Words>> = {
  en: english,
  de: {
    title: 'Empfiehl uns deinen Freunden',
    share: 'Dein Link zum Teilen',
    code: 'Oder deine Freunde geben an der Kasse diesen Code ein:',
    logIn: 'Melde dich an, um deinen Link zu sehen',
    off: 'Zurzeit gibt es kein Programm',
    friends: 'Deine Freunde',
    none: 'Noch hat keiner deiner Freunde bestellt.',
    friend: 'Freund {no}',
    appeal: 'Sag uns, warum er zählen soll',
    states: {
      waiting: 'hat gerade bestellt',
      pending: 'Prämie vorgemerkt',
      rewarded: 'Prämie erhalten',
      'under-review': 'wird geprüft',
      'not-counted': 'zählt nicht',
    },
  },
  fr: {
    title: 'Recommandez-nous à vos proches',
    share: 'Votre lien à partager',
    code: 'Ou vos proches saisissent ce code au moment du paiement :',
    logIn: 'Connectez-vous pour voir votre lien',
    off: 'Il n’y a pas de programme pour le moment',
    friends: 'Vos proches',
    none: 'Aucun de vos proches n’a encore commandé.',
    friend: 'Proche {no}',
    appeal: 'Dites-nous pourquoi il devrait compter',
    states: {
      waiting: 'vient de commander',
      pending: 'récompense en attente',
      rewarded: 'récompense reçue',
      'under-review': 'en cours d’examen',
      'not-counted': 'non pris en compte',
    },
  },
  es: {
    title: 'Recomiéndanos a tus amistades',
    share: 'Tu enlace para compartir',
    code: 'O tus amistades escriben este código al pagar:',
    logIn: 'Inicia sesión para ver tu enlace',
    off: 'Ahora mismo no hay ningún programa',
    friends: 'Tus amistades',
    none: 'Ninguna de tus amistades ha comprado todavía.',
    friend: 'Amistad {no}',
    appeal: 'Cuéntanos por qué debería contar',
    states: {
      waiting: 'acaba de comprar',
      pending: 'recompensa pendiente',
      rewarded: 'recompensa recibida',
      'under-review': 'en revisión',
      'not-counted': 'no cuenta',
    },
  },
  ja: {
    title: 'お友達に紹介する',
    share: '共有用のリンク',
    code: 'または、お会計時にこのコードを入力していただきます：',
    logIn: 'リンクを見るにはログインしてください',
    off: '現在、紹介プログラムは行っておりません',
    friends: 'ご紹介したお友達',
    none: 'ご注文されたお友達はまだいません。',
    friend: 'お友達{no}',
    appeal: '対象となる理由を伝える',
    states: {
      waiting: '注文済み',
      pending: '特典は確定待ち',
      rewarded: '特典獲得済み',
      'under-review': '確認中',
      'not-counted': '対象外',
    },
  },
};

function inLanguages(say: (words: Words) => string): string {
  const [, ...others] = Object.entries(words);
  return `{%- case trellis_language -%}${others
    .map(([language, theirs]) => `{%- when '${language}' -%}${say(theirs)}`)
    .join('')}{%- else -%}${say(english)}{%- endcase -%}`;
}

/** Where the page stands below the store's address. */
export const myReferralsPath = '/apps/trellis/refer';

const appealForm = (no: number): string =>
  `<form action="${myReferralsPath}" method="post"><input type="hidden" name="no" value="${String(no)}">` +
  `<label>${inLanguages(({ appeal }) => appeal)} <textarea name="text" required maxlength="1000" style="width:100%"></textarea></label>` +
  `<button class="button">${inLanguages(({ appeal }) => appeal)}</button></form>`;

/** Whoever copies the link is about to share it. */
const script = `<script>document.querySelector('.trellis-referrals input').addEventListener('copy',()=>fetch('${myReferralsPath}',{method:'POST'}).catch(()=>0),{once:true})</script>`;

function friendsList(friends: MyReferrals['friends']): string {
  if (friends.length === 0) return `<p>${inLanguages(({ none }) => none)}</p>`;
  const item = ({ no, on, state, why, mayAppeal }: FriendState): string =>
    `<li>${inLanguages((each) => `${each.friend.replace('{no}', String(no))}: ${each.states[state]}`)} (${on})${
      why === null ? '' : ` <small>${escapeText(why)}</small>`
    }${mayAppeal ? appealForm(no) : ''}</li>`;
  return `<ol style="list-style:none;padding:0">${friends.map(item).join('')}</ol>`;
}

/** The page of a logged-in customer who recommends the store, as Liquid; null = the programme is off. */
export function myReferralsPage(mine: MyReferrals | null, loggedIn: boolean): string {
  const link = mine ? `{{ shop.url }}${mine.path}` : '';
  return [
    `{%- assign trellis_language = request.locale.iso_code | slice: 0, 2 -%}`,
    `<div class="trellis-referrals page-width" style="max-width:40rem;margin:3rem auto;padding:0 1rem">`,
    `<h1>${inLanguages(({ title }) => title)}</h1>`,
    mine
      ? [
          `<label>${inLanguages(({ share }) => share)} <input type="text" readonly value="${link}" style="width:100%"></label>`,
          mine.offer.type === 'none' ? '' : `<p>${inLanguages(({ code }) => code)} <strong>${mine.code}</strong></p>`,
          `<h2>${inLanguages(({ friends }) => friends)}</h2>`,
          friendsList(mine.friends),
          script,
        ].join('\n')
      : loggedIn
        ? `<p>${inLanguages(({ off }) => off)}</p>`
        : `<p><a href="{{ routes.account_login_url }}">${inLanguages(({ logIn }) => logIn)}</a></p>`,
    '</div>',
  ].join('\n');
}
