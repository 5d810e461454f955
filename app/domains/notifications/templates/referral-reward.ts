import { z } from 'zod';
import type { Language } from '../model.ts';
import type { Writer } from '../template.ts';

/** What an advocate or a friend gets; one of the three. */
export const rewardData = z.discriminatedUnion('type', [
  z.object({ type: z.literal('points'), points: z.number().int() }),
  z.object({ type: z.literal('money'), minor: z.number().int(), currency: z.string().length(3) }),
  z.object({ type: z.literal('percentage'), basisPoints: z.number().int() }),
  z.object({ type: z.literal('free-shipping') }),
]);
type RewardData = z.infer<typeof rewardData>;

interface Words {
  readonly points: (count: string) => string;
  readonly off: (percent: string) => string;
  readonly shipping: string;
}

const words: Readonly<Record<Language, Words>> = {
  en: { points: (count) => `${count} points`, off: (percent) => `${percent} off`, shipping: 'free shipping' },
  de: { points: (count) => `${count} Punkte`, off: (percent) => `${percent} Rabatt`, shipping: 'kostenloser Versand' },
  fr: {
    points: (count) => `${count} points`,
    off: (percent) => `${percent} de réduction`,
    shipping: 'la livraison gratuite',
  },
  es: { points: (count) => `${count} puntos`, off: (percent) => `${percent} de descuento`, shipping: 'envío gratis' },
  ja: { points: (count) => `${count} ポイント`, off: (percent) => `${percent} オフ`, shipping: '送料無料' },
};

/** The reward as the reader's language writes it. */
export function writeReward(reward: RewardData, { language, number, money }: Writer): string {
  const own = words[language];
  if (reward.type === 'points') return own.points(number(reward.points));
  if (reward.type === 'money') return money(reward.minor, reward.currency);
  if (reward.type === 'free-shipping') return own.shipping;
  return own.off(
    new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(reward.basisPoints / 10_000),
  );
}
