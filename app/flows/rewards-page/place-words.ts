import type { PageLanguage } from '../bundle-page-words.ts';

/** Words of points beside other things of the store; the page of rewards has its own. */
interface PlaceWords {
  readonly earned: (points: string) => string;
  readonly counting: string;
  readonly balance: (points: string) => string;
  readonly look: string;
  /** at the checkout: a reward was used, its code was not taken, or it is not made yet */
  readonly applied: string;
  readonly notTaken: (code: string) => string;
  readonly making: string;
}

export const placeWords: Readonly<Record<PageLanguage, PlaceWords>> = {
  en: {
    earned: (points) => `You earn ${points} with this order.`,
    counting: 'You collect points with this order. They are on your page in a moment.',
    balance: (points) => `You have ${points}.`,
    look: 'See your rewards',
    applied: 'Your reward is in the order.',
    notTaken: (code) => `The store did not take the code ${code} for this order. It stays yours.`,
    making: 'Your code is being made. Load the page again in a moment.',
  },
  de: {
    earned: (points) => `Diese Bestellung bringt Ihnen ${points}.`,
    counting: 'Mit dieser Bestellung sammeln Sie Punkte. Gleich stehen sie auf Ihrer Seite.',
    balance: (points) => `Sie haben ${points}.`,
    look: 'Prämien ansehen',
    applied: 'Ihre Prämie ist in der Bestellung.',
    notTaken: (code) =>
      `Der Shop hat den Code ${code} für diese Bestellung nicht angenommen. Er bleibt Ihnen erhalten.`,
    making: 'Ihr Code wird gerade erstellt. Laden Sie die Seite gleich noch einmal.',
  },
  fr: {
    earned: (points) => `Cette commande vous rapporte ${points}.`,
    counting: 'Cette commande vous rapporte des points. Ils seront sur votre page dans un instant.',
    balance: (points) => `Vous avez ${points}.`,
    look: 'Voir vos récompenses',
    applied: 'Votre récompense est dans la commande.',
    notTaken: (code) => `La boutique n’a pas accepté le code ${code} pour cette commande. Il reste à vous.`,
    making: 'Votre code est en cours de création. Rechargez la page dans un instant.',
  },
  es: {
    earned: (points) => `Con este pedido consigues ${points}.`,
    counting: 'Con este pedido consigues puntos. Estarán en tu página en un momento.',
    balance: (points) => `Tienes ${points}.`,
    look: 'Ver tus recompensas',
    applied: 'Tu recompensa está en el pedido.',
    notTaken: (code) => `La tienda no ha aceptado el código ${code} para este pedido. Sigue siendo tuyo.`,
    making: 'Estamos creando tu código. Vuelve a cargar la página en un momento.',
  },
  ja: {
    earned: (points) => `このご注文で${points}たまります。`,
    counting: 'このご注文でポイントがたまります。まもなく特典ページに表示されます。',
    balance: (points) => `残高：${points}`,
    look: '特典を見る',
    applied: '特典をご注文に適用しました。',
    notTaken: (code) => `コード${code}はこのご注文では使えませんでした。引き続きお持ちいただけます。`,
    making: 'コードを作成しています。少ししてからページを再読み込みしてください。',
  },
};
