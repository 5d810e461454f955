import { expect, it } from 'vitest';
import { wordsFor } from './default-words.ts';

it.each([
  ['nothing', null, 'points'],
  ['an empty header', '', 'points'],
  ['a region', 'de-AT', 'Punkte'],
  ['weights', 'en;q=0.5, es;q=0.9', 'puntos'],
  ['one that we do not know first', 'pt-BR,pt;q=0.9,ja;q=0.8,en;q=0.7', 'ポイント'],
  ['one that is refused', 'de;q=0, en', 'points'],
  ['rubbish', ';;;,q=', 'points'],
])('understands %s', (_what, header, points) => {
  expect(wordsFor(header).points).toBe(points);
});

it('names one point', () => {
  expect(wordsFor('de').point).toBe('Punkt');
  expect(wordsFor('de').off('5,00 €')).toBe('5,00 € Rabatt');
});
