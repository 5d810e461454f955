import { z } from 'zod';
import { defineTemplate } from '../template.ts';

/** Tells a member that points end soon. */
export const pointsExpire = defineTemplate({
  id: 'loyalty.points-expire',
  title: 'Points end soon',
  when: 'Before points end, on the days that the loyalty programme says.',
  topic: 'points',
  schema: z.object({ points: z.number().int(), endsAt: z.iso.datetime(), url: z.url() }),
  sample: { points: 120, endsAt: '2027-03-01T00:00:00.000Z', url: 'https://example.com/' },
  words: {
    en: {
      subject: '{points} points end on {day}',
      title: 'Use your points in time',
      text: '{points} of your points at {shop} end on {day}. Turn them into a reward before.',
      button: 'See your rewards',
    },
    de: {
      subject: '{points} Punkte verfallen am {day}',
      title: 'Lösen Sie Ihre Punkte rechtzeitig ein',
      text: '{points} Ihrer Punkte bei {shop} verfallen am {day}. Tauschen Sie sie vorher gegen eine Prämie.',
      button: 'Zu Ihren Prämien',
    },
    fr: {
      subject: '{points} points expirent le {day}',
      title: 'Utilisez vos points à temps',
      text: '{points} de vos points chez {shop} expirent le {day}. Échangez-les avant contre une récompense.',
      button: 'Voir vos récompenses',
    },
    es: {
      subject: '{points} puntos caducan el {day}',
      title: 'Use sus puntos a tiempo',
      text: '{points} de sus puntos en {shop} caducan el {day}. Cámbielos antes por una recompensa.',
      button: 'Ver sus recompensas',
    },
    ja: {
      subject: '{points} ポイントの有効期限は {day} です',
      title: 'ポイントをお早めにご利用ください',
      text: '{shop} の {points} ポイントは {day} に失効します。その前に特典と交換してください。',
      button: '特典を見る',
    },
  },
  values: ({ points, endsAt }, { number, date }) => ({ points: number(points), day: date(new Date(endsAt)) }),
  body: ({ kit, data, say }) => [kit.heading(say('title')), kit.text(say('text')), kit.button(say('button'), data.url)],
});
