import type { PageLanguage } from '../bundle-page-words.ts';

/** Words of points beside other things of the store; the page of rewards has its own. */
interface PlaceWords {
  readonly earned: (points: string) => string;
  readonly counting: string;
  readonly balance: (points: string) => string;
  readonly look: string;
}

export const placeWords: Readonly<Record<PageLanguage, PlaceWords>> = {
  en: {
    earned: (points) => `You earn ${points} with this order.`,
    counting: 'You collect points with this order. They are on your page in a moment.',
    balance: (points) => `You have ${points}.`,
    look: 'See your rewards',
  },
  de: {
    earned: (points) => `Diese Bestellung bringt Ihnen ${points}.`,
    counting: 'Mit dieser Bestellung sammeln Sie Punkte. Gleich stehen sie auf Ihrer Seite.',
    balance: (points) => `Sie haben ${points}.`,
    look: 'Prämien ansehen',
  },
  fr: {
    earned: (points) => `Cette commande vous rapporte ${points}.`,
    counting: 'Cette commande vous rapporte des points. Ils seront sur votre page dans un instant.',
    balance: (points) => `Vous avez ${points}.`,
    look: 'Voir vos récompenses',
  },
  es: {
    earned: (points) => `Con este pedido consigues ${points}.`,
    counting: 'Con este pedido consigues puntos. Estarán en tu página en un momento.',
    balance: (points) => `Tienes ${points}.`,
    look: 'Ver tus recompensas',
  },
  ja: {
    earned: (points) => `このご注文で${points}たまります。`,
    counting: 'このご注文でポイントがたまります。まもなく特典ページに表示されます。',
    balance: (points) => `残高：${points}`,
    look: '特典を見る',
  },
};
