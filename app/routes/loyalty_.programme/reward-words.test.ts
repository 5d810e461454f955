import { expect, it } from 'vitest';
import { rewardTitle } from '#app/domains/loyalty/index.ts';
import { firstReward, kindsOf } from './reward-words.ts';

it('fills in titles that shoppers read in their own language until the merchant writes another', () => {
  const kinds = kindsOf({ giftCards: true, storeCredit: true });
  const titles = kinds.map((kind) => {
    const one = { minor: null, basisPoints: null, ...firstReward(kind, 100) };
    return rewardTitle(one, 'de', { money: () => '5 €', stored: String });
  });
  expect(titles.map((title) => title.replaceAll('\u00a0', ' '))).toEqual([
    '5 € Rabatt',
    '10 % Rabatt',
    'Ein Artikel gratis',
    'Kostenloser Versand',
    'Geschenkkarte über 5 €',
    '5 € Guthaben im Shop',
  ]);
});
