import { z } from 'zod';
import { defineTemplate } from '../template.ts';
import { rewardData, writeReward } from './referral-reward.ts';

/** Tells an advocate that a reward is theirs. */
export const referralGiven = defineTemplate({
  id: 'referrals.reward-given',
  title: 'The reward for a friend is there',
  when: 'When your return window of a friend’s order has ended and the reward is handed out.',
  topic: 'referrals',
  schema: z.object({ reward: rewardData, code: z.string().nullable(), url: z.url() }),
  sample: {
    reward: { type: 'money', minor: 1_000, currency: 'EUR' },
    code: 'THANKS-K7QZ4MPX',
    url: 'https://example.com/',
  },
  words: {
    en: {
      subject: 'Your reward from {shop}: {reward}',
      title: 'Your reward is there',
      text: 'Thank you for recommending {shop} to a friend. Your reward: {reward}.',
      code: 'Use this code at the checkout. It works once, and for your account only:',
      button: 'See your rewards',
    },
    de: {
      subject: 'Ihre Belohnung von {shop}: {reward}',
      title: 'Ihre Belohnung ist da',
      text: 'Danke, dass Sie {shop} weiterempfohlen haben. Ihre Belohnung: {reward}.',
      code: 'Geben Sie diesen Code an der Kasse ein. Er gilt einmal und nur für Ihr Konto:',
      button: 'Zu Ihren Prämien',
    },
    fr: {
      subject: 'Votre récompense de {shop} : {reward}',
      title: 'Votre récompense est arrivée',
      text: 'Merci d’avoir recommandé {shop}. Votre récompense : {reward}.',
      code: 'Saisissez ce code au paiement. Il est valable une fois, pour votre compte uniquement :',
      button: 'Voir vos récompenses',
    },
    es: {
      subject: 'Su recompensa de {shop}: {reward}',
      title: 'Su recompensa ya está aquí',
      text: 'Gracias por recomendar {shop}. Su recompensa: {reward}.',
      code: 'Use este código al pagar. Vale una vez y solo para su cuenta:',
      button: 'Ver sus recompensas',
    },
    ja: {
      subject: '{shop} からの特典：{reward}',
      title: '特典をお届けします',
      text: '{shop} をご紹介いただきありがとうございます。特典：{reward}。',
      code: 'お会計時にこのコードをご入力ください。お客様のアカウントで一度だけご利用いただけます：',
      button: '特典を見る',
    },
  },
  values: ({ reward }, writer) => ({ reward: writeReward(reward, writer) }),
  body: ({ kit, data, say }) => [
    kit.heading(say('title')),
    kit.text(say('text')),
    ...(data.code === null ? [] : [kit.text(say('code')), kit.code(data.code)]),
    kit.button(say('button'), data.url),
  ],
});
