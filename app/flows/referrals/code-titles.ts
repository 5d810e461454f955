import type { Language } from '#app/domains/notifications/index.ts';

/** What names codes of friends and of advocates. */
interface CodeTitles {
  /** a friend's, for the first order */
  readonly friend: string;
  /** an advocate's reward */
  readonly thanks: string;
}

export const codeTitles: Readonly<Record<Language, CodeTitles>> = {
  en: { friend: 'A friend recommends us', thanks: 'Thank you for your recommendation' },
  de: { friend: 'Von Freunden empfohlen', thanks: 'Danke für Ihre Empfehlung' },
  fr: { friend: 'Recommandé par un proche', thanks: 'Merci pour votre recommandation' },
  es: { friend: 'Recomendado por un amigo', thanks: 'Gracias por tu recomendación' },
  ja: { friend: 'お友達からのご紹介', thanks: 'ご紹介ありがとうございます' },
};
