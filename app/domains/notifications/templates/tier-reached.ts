import { z } from 'zod';
import { defineTemplate } from '../template.ts';

/** Tells a member that they came into a higher tier. */
export const tierReached = defineTemplate({
  id: 'loyalty.tier-reached',
  title: 'New tier',
  when: 'Within the hour after a member reached a higher tier of the loyalty programme.',
  topic: 'points',
  schema: z.object({ tier: z.string(), brings: z.array(z.string()), url: z.url() }),
  sample: { tier: 'Gold', brings: ['Early access to new products'], url: 'https://example.com/' },
  words: {
    en: {
      subject: 'You have reached {tier}',
      title: 'Welcome to {tier}',
      text: 'Thank you for your loyalty: you are now a {tier} member at {shop}.',
      button: 'See what it brings',
    },
    de: {
      subject: 'Sie haben {tier} erreicht',
      title: 'Willkommen bei {tier}',
      text: 'Danke für Ihre Treue: Bei {shop} haben Sie jetzt den Status {tier}.',
      button: 'Ihre Vorteile ansehen',
    },
    fr: {
      subject: 'Vous avez atteint le niveau {tier}',
      title: 'Bienvenue au niveau {tier}',
      text: 'Merci de votre fidélité : vous êtes désormais membre {tier} chez {shop}.',
      button: 'Voir vos avantages',
    },
    es: {
      subject: 'Ha alcanzado el nivel {tier}',
      title: 'Le damos la bienvenida a {tier}',
      text: 'Gracias por su fidelidad: ahora es miembro {tier} en {shop}.',
      button: 'Ver sus ventajas',
    },
    ja: {
      subject: '{tier} になりました',
      title: '{tier} へようこそ',
      text: 'いつもありがとうございます。{shop} の {tier} 会員になりました。',
      button: '特典を見る',
    },
  },
  values: ({ tier }) => ({ tier }),
  body: ({ kit, data, say }) => [
    kit.heading(say('title')),
    kit.text(say('text')),
    ...data.brings.map((line) => kit.text(`• ${line}`)),
    kit.button(say('button'), data.url),
  ],
});
