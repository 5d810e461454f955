import { describe, expect, it } from 'vitest';
import { pageLanguages } from '../bundle-page-words.ts';
import { sayHours, sayTerms, sayTitles } from './earn-words.ts';

const hours = (weekdays: number[], from: number, to: number) => ({ kind: 'happy-hours', weekdays, from, to }) as const;
/** CLDR puts a narrow space before AM and PM. */
const plain = (text: string) => text.replaceAll('\u202f', ' ');

describe('what has to be done for points', () => {
  it.each([
    ['an order soon', { kind: 'recent-order', days: 30 }, 'For ordering again within 30 days'],
    ['one day', { kind: 'recent-order', days: 1 }, 'For ordering again within a day'],
    ['a new account', { kind: 'new-customer', days: 14 }, 'For each order within 14 days of creating your account'],
    ['the second order', { kind: 'order-count', count: 2, repeats: false }, 'For your 2nd order'],
    ['every third order', { kind: 'order-count', count: 3, repeats: true }, 'For every 3rd order'],
    ['the eleventh', { kind: 'order-count', count: 11, repeats: false }, 'For your 11th order'],
    ['the twenty-first', { kind: 'order-count', count: 21, repeats: false }, 'For your 21st order'],
    ['a thousand', { kind: 'order-count', count: 1000, repeats: true }, 'For every 1,000th order'],
  ] as const)('is said of %s', (_what, terms, text) => {
    expect(sayTerms(terms, null, 'en')).toBe(text);
  });

  it.each([
    [20_000, 'More points on chosen products'],
    [5_000, 'Fewer points on some products'],
    [0, 'No points on some products'],
  ])('does not promise more where the multiplier is %s', (bps, text) => {
    expect(sayTerms({ kind: 'product-multiplier', productIds: [], collectionIds: [] }, bps, 'en')).toBe(text);
  });

  it.each([
    ['en', 'For every 3rd order', 'For ordering again within 30 days'],
    ['de', 'Für jede 3. Bestellung', 'Für eine weitere Bestellung innerhalb von 30 Tagen'],
    ['fr', 'Toutes les 3 commandes', 'Pour une nouvelle commande sous 30 jours'],
    ['es', 'Por cada 3 pedidos', 'Por volver a pedir en 30 días'],
    ['ja', 'ご注文3回ごとに', '30日以内の再注文で'],
  ] as const)('is said in the reader’s language: %s', (language, every, soon) => {
    expect(sayTerms({ kind: 'order-count', count: 3, repeats: true }, null, language)).toBe(every);
    expect(sayTerms({ kind: 'recent-order', days: 30 }, null, language)).toBe(soon);
  });
});

describe('happy hours', () => {
  const berlin = 'Central European Time';
  it.each([
    ['an evening', hours([5], 1020, 1260), `Friday, from 5:00 PM to 9:00 PM (the store’s time: ${berlin})`],
    [
      'a night',
      hours([6, 5], 1320, 120),
      `Friday and Saturday, from 10:00 PM to 2:00 AM on the next day (the store’s time: ${berlin})`,
    ],
    ['until midnight', hours([1], 1200, 0), `Monday, from 8:00 PM to midnight (the store’s time: ${berlin})`],
    [
      'days in a row',
      hours([1, 2, 3, 4, 5], 540, 570),
      `Monday to Friday, from 9:00 AM to 9:30 AM (the store’s time: ${berlin})`,
    ],
    [
      'days apart',
      hours([1, 3, 7], 540, 570),
      `Monday, Wednesday, and Sunday, from 9:00 AM to 9:30 AM (the store’s time: ${berlin})`,
    ],
    ['always', hours([1, 2, 3, 4, 5, 6, 7], 0, 0), `Every day, all day (the store’s time: ${berlin})`],
    ['24 hours', hours([1], 480, 480), `Monday, from 8:00 AM to 8:00 AM on the next day (the store’s time: ${berlin})`],
  ])('are told: %s', (_what, terms, text) => {
    expect(plain(sayHours(terms, 'Europe/Berlin', 'en'))).toBe(text);
  });

  it.each([
    ['de', 'Freitag, von 17:00 bis 21:00 Uhr (Ortszeit des Shops: Mitteleuropäische Zeit)'],
    ['fr', 'Vendredi, de 17:00 à 21:00 (à l’heure de la boutique : heure d’Europe centrale)'],
    ['es', 'Viernes, de 17:00 a 21:00 (hora de la tienda: hora de Europa central)'],
    ['ja', '金曜日、17:00～21:00 (ストアの現地時間：中央ヨーロッパ時間)'],
  ] as const)('are told as %s writes days and hours', (language, text) => {
    expect(sayHours(hours([5], 1020, 1260), 'Europe/Berlin', language)).toBe(text);
  });

  it('know every zone by some name', () => {
    for (const zone of ['Asia/Kolkata', 'America/New_York', 'Pacific/Auckland'])
      for (const language of pageLanguages) expect(sayHours(hours([1], 0, 60), zone, language)).not.toContain(zone);
  });
});

describe('what more points are for', () => {
  it.each([
    ['en', ['Tea'], 0, 'Tea'],
    ['en', ['Tea', 'Cups'], 0, 'Tea and Cups'],
    ['en', ['Tea', 'Cups', 'Pots'], 1_200, 'Tea, Cups, Pots, and 1,200 more'],
    ['de', ['Tee', 'Tassen', 'Kannen'], 2, 'Tee, Tassen, Kannen und 2 weitere'],
    ['fr', ['Thé'], 1, 'Thé et 1 autre'],
    ['es', ['Té'], 2, 'Té y 2 más'],
    ['ja', ['お茶', '茶碗'], 2, 'お茶、茶碗、ほか2件'],
  ] as const)('is named in %s: %j and %i', (language, titles, more, text) => {
    expect(sayTitles({ titles, more }, language)).toBe(text);
  });
});
