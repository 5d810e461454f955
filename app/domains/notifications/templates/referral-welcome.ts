import { z } from 'zod';
import { defineTemplate } from '../template.ts';
import { rewardData, writeReward } from './referral-reward.ts';

/** Welcomes a friend after the first order and tells what recommending the store brings. */
export const referralWelcome = defineTemplate({
  id: 'referrals.friend-welcome',
  title: 'Welcome to a friend',
  when: 'After the first order of a friend who has agreed to marketing: how to recommend the store in turn.',
  topic: 'offers',
  schema: z.object({ reward: rewardData, url: z.url() }),
  sample: { reward: { type: 'points', points: 500 }, url: 'https://example.com/' },
  words: {
    en: {
      subject: 'Welcome to {shop}',
      title: 'Nice that you are here',
      text: 'A friend told you about {shop}. You can pass it on: your reward for the first friend who orders is {reward}.',
      button: 'Get your link',
    },
    de: {
      subject: 'Willkommen bei {shop}',
      title: 'Schön, dass Sie da sind',
      text: 'Sie kennen {shop} durch eine Empfehlung. Geben Sie sie weiter: Ihre Belohnung für die erste Bestellung auf Ihre Empfehlung ist {reward}.',
      button: 'Zu Ihrem Link',
    },
    fr: {
      subject: 'Bienvenue chez {shop}',
      title: 'Ravis de vous accueillir',
      text: 'Un proche vous a recommandé {shop}. À votre tour : votre récompense pour le premier proche qui commande est {reward}.',
      button: 'Obtenir votre lien',
    },
    es: {
      subject: 'Le damos la bienvenida a {shop}',
      title: 'Nos alegra que esté aquí',
      text: 'Alguien le recomendó {shop}. Recomiéndenos también: su recompensa por la primera persona que compre es {reward}.',
      button: 'Obtener su enlace',
    },
    ja: {
      subject: '{shop} へようこそ',
      title: 'ご利用ありがとうございます',
      text: 'お友達のご紹介で {shop} をご利用いただきました。今度はお客様からご紹介ください。最初のお友達のご注文で{reward}を差し上げます。',
      button: 'リンクを受け取る',
    },
  },
  values: ({ reward }, writer) => ({ reward: writeReward(reward, writer) }),
  body: ({ kit, data, say }) => [kit.heading(say('title')), kit.text(say('text')), kit.button(say('button'), data.url)],
});
