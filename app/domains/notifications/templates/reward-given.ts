import { z } from 'zod';
import { defineTemplate } from '../template.ts';

/** Brings a member the code that their points became. */
export const rewardGiven = defineTemplate({
  id: 'loyalty.reward-given',
  title: 'Reward',
  when: 'At once, when a member turned points into a code.',
  topic: 'service',
  schema: z.object({
    reward: z.string(),
    points: z.number().int(),
    code: z.string(),
    endsAt: z.iso.datetime().nullable(),
    url: z.url(),
  }),
  sample: {
    reward: '5 € off',
    points: 500,
    code: 'AB12-CD34',
    endsAt: '2027-03-01T00:00:00.000Z',
    url: 'https://example.com/',
  },
  words: {
    en: {
      subject: 'Your reward: {reward}',
      title: 'Here is your reward',
      text: 'You turned {points} points at {shop} into “{reward}”. Enter this code at the checkout:',
      until: 'It is good until {day}, for you alone.',
      always: 'It is for you alone.',
      button: 'Go to the shop',
    },
    de: {
      subject: 'Ihre Prämie: {reward}',
      title: 'Hier ist Ihre Prämie',
      text: 'Sie haben bei {shop} {points} Punkte gegen „{reward}“ getauscht. Geben Sie an der Kasse diesen Code ein:',
      until: 'Er gilt bis {day} und nur für Sie.',
      always: 'Er gilt nur für Sie.',
      button: 'Zum Shop',
    },
    fr: {
      subject: 'Votre récompense : {reward}',
      title: 'Voici votre récompense',
      text: 'Vous avez échangé {points} points chez {shop} contre « {reward} ». Saisissez ce code lors du paiement :',
      until: 'Il est valable jusqu’au {day}, pour vous seul.',
      always: 'Il est valable pour vous seul.',
      button: 'Aller à la boutique',
    },
    es: {
      subject: 'Su recompensa: {reward}',
      title: 'Aquí tiene su recompensa',
      text: 'Ha cambiado {points} puntos en {shop} por «{reward}». Introduzca este código al pagar:',
      until: 'Es válido hasta el {day} y solo para usted.',
      always: 'Es válido solo para usted.',
      button: 'Ir a la tienda',
    },
    ja: {
      subject: '特典のお届け: {reward}',
      title: '特典をお届けします',
      text: '{shop} の {points} ポイントを「{reward}」と交換しました。お支払いの際に次のコードを入力してください。',
      until: '有効期限は {day} です。ご本人のみ利用できます。',
      always: 'ご本人のみ利用できます。',
      button: 'ショップへ',
    },
  },
  values: ({ reward, points, endsAt }, { number, date }) => ({
    reward,
    points: number(points),
    // The end is the first moment at which the code is no longer good.
    day: endsAt === null ? '' : date(new Date(Date.parse(endsAt) - 1)),
  }),
  body: ({ kit, data, say }) => [
    kit.heading(say('title')),
    kit.text(say('text')),
    kit.code(data.code),
    kit.small(say(data.endsAt === null ? 'always' : 'until')),
    kit.button(say('button'), data.url),
  ],
});
