import { z } from 'zod';
import { defineTemplate } from '../template.ts';
import { rewardData, writeReward } from './referral-reward.ts';

/** Tells an advocate that a friend has ordered. */
export const referralPending = defineTemplate({
  id: 'referrals.reward-pending',
  title: 'A friend has ordered',
  when: 'After the first order of a friend, while the reward waits for the end of your return window.',
  topic: 'referrals',
  schema: z.object({ reward: rewardData, dueAt: z.iso.datetime(), url: z.url() }),
  sample: {
    reward: { type: 'points', points: 500 },
    dueAt: '2027-03-01T00:00:00.000Z',
    url: 'https://example.com/',
  },
  words: {
    en: {
      subject: 'A friend has ordered at {shop}: thank you',
      title: 'Thank you for recommending us',
      text: 'A friend of yours has ordered at {shop}. Your reward: {reward}. It is yours on {day}, when the order can no longer be returned.',
      button: 'See your rewards',
    },
    de: {
      subject: 'Auf Ihre Empfehlung wurde bei {shop} bestellt: danke',
      title: 'Danke für Ihre Empfehlung',
      text: 'Auf Ihre Empfehlung wurde bei {shop} bestellt. Ihre Belohnung: {reward}. Sie gehört Ihnen am {day}, wenn die Bestellung nicht mehr zurückgegeben werden kann.',
      button: 'Zu Ihren Prämien',
    },
    fr: {
      subject: 'Un proche a commandé chez {shop} : merci',
      title: 'Merci de votre recommandation',
      text: 'Un proche a commandé chez {shop} grâce à vous. Votre récompense : {reward}. Elle sera à vous le {day}, une fois le délai de retour passé.',
      button: 'Voir vos récompenses',
    },
    es: {
      subject: 'Alguien ha comprado en {shop} gracias a usted',
      title: 'Gracias por recomendarnos',
      text: 'Alguien ha comprado en {shop} gracias a usted. Su recompensa: {reward}. Será suya el {day}, cuando el pedido ya no pueda devolverse.',
      button: 'Ver sus recompensas',
    },
    ja: {
      subject: 'お友達が {shop} でご注文されました',
      title: 'ご紹介ありがとうございます',
      text: 'お友達が {shop} でご注文されました。特典：{reward}。返品期間が終わる {day} にお受け取りいただけます。',
      button: '特典を見る',
    },
  },
  values: ({ reward, dueAt }, writer) => ({
    reward: writeReward(reward, writer),
    day: writer.date(new Date(dueAt)),
  }),
  body: ({ kit, data, say }) => [kit.heading(say('title')), kit.text(say('text')), kit.button(say('button'), data.url)],
});
