import type { PageLanguage } from '#app/flows/bundle-page-words.ts';

/** What whoever opens an advocate's link reads. */
export interface InvitationWords {
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

const english: InvitationWords = {
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
export const invitationWords: Readonly<Record<PageLanguage, InvitationWords>> = {
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

/** `10%`, as each language writes it. */
export const percentOff = (basisPoints: number, language: PageLanguage): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);
