import type { LoyaltyView } from '#app/domains/loyalty/index.ts';
import type { PageLanguage } from '../bundle-page-words.ts';

type Terms = NonNullable<LoyaltyView['earn'][number]['terms']>;
type HappyHours = Extract<Terms, { kind: 'happy-hours' }>;

/** What has to be done for points, where a rule has terms of its own. */
interface EarnWords {
  readonly recentOrder: (days: number) => string;
  readonly newCustomer: (days: number) => string;
  /** @param number in figures, as a place in English */
  readonly orderNumber: (number: string) => string;
  readonly everyOrder: (number: string) => string;
  readonly happyHours: string;
  readonly everyDay: string;
  /** three days and more that follow each other */
  readonly dayToDay: (from: string, to: string) => string;
  readonly allDay: string;
  readonly hours: (from: string, to: string) => string;
  /** the end is on the day after */
  readonly overnight: (from: string, to: string) => string;
  readonly midnight: string;
  /** the hours are those of the shop's clocks */
  readonly clock: (zone: string) => string;
  /** by what the multiplier does */
  readonly products: Readonly<Record<'more' | 'fewer' | 'none', string>>;
  readonly others: (count: string) => string;
}

export const earnWords: Readonly<Record<PageLanguage, EarnWords>> = {
  en: {
    recentOrder: (days) => `For ordering again within ${days === 1 ? 'a day' : `${String(days)} days`}`,
    newCustomer: (days) =>
      `For each order within ${days === 1 ? 'a day' : `${String(days)} days`} of creating your account`,
    orderNumber: (place) => `For your ${place} order`,
    everyOrder: (place) => `For every ${place} order`,
    happyHours: 'More points at certain hours',
    everyDay: 'every day',
    dayToDay: (from, to) => `${from} to ${to}`,
    allDay: 'all day',
    hours: (from, to) => `from ${from} to ${to}`,
    overnight: (from, to) => `from ${from} to ${to} on the next day`,
    midnight: 'midnight',
    clock: (zone) => `the store’s time: ${zone}`,
    products: {
      more: 'More points on chosen products',
      fewer: 'Fewer points on some products',
      none: 'No points on some products',
    },
    others: (count) => `${count} more`,
  },
  de: {
    recentOrder: (days) =>
      `Für eine weitere Bestellung innerhalb von ${days === 1 ? 'einem Tag' : `${String(days)} Tagen`}`,
    newCustomer: (days) =>
      `Für jede Bestellung innerhalb von ${days === 1 ? 'einem Tag' : `${String(days)} Tagen`} nach dem Anlegen Ihres Kontos`,
    orderNumber: (number) => `Für Ihre ${number}. Bestellung`,
    everyOrder: (number) => `Für jede ${number}. Bestellung`,
    happyHours: 'Mehr Punkte zu bestimmten Zeiten',
    everyDay: 'täglich',
    dayToDay: (from, to) => `${from} bis ${to}`,
    allDay: 'ganztägig',
    hours: (from, to) => `von ${from} bis ${to} Uhr`,
    overnight: (from, to) => `von ${from} bis ${to} Uhr am nächsten Tag`,
    midnight: '24:00',
    clock: (zone) => `Ortszeit des Shops: ${zone}`,
    products: {
      more: 'Mehr Punkte auf ausgewählte Artikel',
      fewer: 'Weniger Punkte auf einige Artikel',
      none: 'Keine Punkte auf einige Artikel',
    },
    others: (count) => `${count} weitere`,
  },
  fr: {
    recentOrder: (days) => `Pour une nouvelle commande sous ${days === 1 ? '1 jour' : `${String(days)} jours`}`,
    newCustomer: (days) =>
      `Pour chaque commande dans ${days === 1 ? 'le jour suivant' : `les ${String(days)} jours suivant`} la création de votre compte`,
    orderNumber: (number) => `Pour votre ${number}e commande`,
    everyOrder: (number) => `Toutes les ${number} commandes`,
    happyHours: 'Plus de points à certaines heures',
    everyDay: 'tous les jours',
    dayToDay: (from, to) => `du ${from} au ${to}`,
    allDay: 'toute la journée',
    hours: (from, to) => `de ${from} à ${to}`,
    overnight: (from, to) => `de ${from} à ${to} le lendemain`,
    midnight: 'minuit',
    clock: (zone) => `à l’heure de la boutique : ${zone}`,
    products: {
      more: 'Plus de points sur certains articles',
      fewer: 'Moins de points sur certains articles',
      none: 'Pas de points sur certains articles',
    },
    others: (count) => (count === '1' ? '1 autre' : `${count} autres`),
  },
  es: {
    recentOrder: (days) => `Por volver a pedir en ${days === 1 ? '1 día' : `${String(days)} días`}`,
    newCustomer: (days) =>
      `Por cada pedido en ${days === 1 ? 'el día siguiente' : `los ${String(days)} días siguientes`} a la creación de tu cuenta`,
    orderNumber: (number) => `Por tu pedido número ${number}`,
    everyOrder: (number) => `Por cada ${number} pedidos`,
    happyHours: 'Más puntos a ciertas horas',
    everyDay: 'todos los días',
    dayToDay: (from, to) => `de ${from} a ${to}`,
    allDay: 'todo el día',
    hours: (from, to) => `de ${from} a ${to}`,
    overnight: (from, to) => `de ${from} a ${to} del día siguiente`,
    midnight: 'medianoche',
    clock: (zone) => `hora de la tienda: ${zone}`,
    products: {
      more: 'Más puntos en productos elegidos',
      fewer: 'Menos puntos en algunos productos',
      none: 'Sin puntos en algunos productos',
    },
    others: (count) => `${count} más`,
  },
  ja: {
    recentOrder: (days) => `${String(days)}日以内の再注文で`,
    newCustomer: (days) => `アカウント作成から${String(days)}日以内のご注文ごとに`,
    orderNumber: (number) => `${number}回目のご注文で`,
    everyOrder: (number) => `ご注文${number}回ごとに`,
    happyHours: '時間帯限定でポイントアップ',
    everyDay: '毎日',
    dayToDay: (from, to) => `${from}から${to}まで`,
    allDay: '終日',
    hours: (from, to) => `${from}～${to}`,
    overnight: (from, to) => `${from}～翌日${to}`,
    midnight: '24:00',
    clock: (zone) => `ストアの現地時間：${zone}`,
    products: {
      more: '対象商品でポイントアップ',
      fewer: '一部の商品はポイントが少なくなります',
      none: '一部の商品はポイント対象外です',
    },
    others: (count) => `ほか${count}件`,
  },
};

const endings = new Map<Intl.LDMLPluralRule, string>([
  ['one', 'st'],
  ['two', 'nd'],
  ['few', 'rd'],
]);

/** `3rd` in English, `3` in the others, which write around it what makes it a place. */
function placeOf(count: number, language: PageLanguage): string {
  const figures = new Intl.NumberFormat(language).format(count);
  if (language !== 'en') return figures;
  return `${figures}${endings.get(new Intl.PluralRules('en', { type: 'ordinal' }).select(count)) ?? 'th'}`;
}

const list = (items: readonly string[], language: PageLanguage): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(items);

/** 1 = Monday, which the first day of 2001 was. */
const weekdayName = (weekday: number, language: PageLanguage): string =>
  new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2001, 0, weekday));

function weekdaysText(weekdays: readonly number[], language: PageLanguage): string {
  const days = [...new Set(weekdays)].toSorted((a, b) => a - b);
  const words = earnWords[language];
  const [first = 1, last = 7] = [days[0], days.at(-1)];
  const name = (day: number) => weekdayName(day, language);
  if (days.length === 7) return words.everyDay;
  if (days.length > 2 && last - first === days.length - 1) return words.dayToDay(name(first), name(last));
  return list(days.map(name), language);
}

function hoursText({ from, to }: HappyHours, language: PageLanguage): string {
  const words = earnWords[language];
  if (from === 0 && to === 0) return words.allDay;
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: 'UTC' });
  const time = (minute: number) => clock.format(Date.UTC(2001, 0, 1, 0, minute));
  if (to === 0) return words.hours(time(from), words.midnight);
  return (to <= from ? words.overnight : words.hours)(time(from), time(to));
}

/** The zone as people call it, whatever the season. @param timeZone IANA */
const zoneName = (timeZone: string, language: PageLanguage): string =>
  new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'longGeneric' })
    .formatToParts(Date.UTC(2001, 0, 1))
    .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;

const capital = (text: string, language: PageLanguage): string =>
  `${text.slice(0, 1).toLocaleUpperCase(language)}${text.slice(1)}`;

/** What has to be done for the points of a rule. @param multiplierBps what it multiplies points by; null = it does not */
export function sayTerms(terms: Terms, multiplierBps: number | null, language: PageLanguage): string {
  const words = earnWords[language];
  switch (terms.kind) {
    case 'recent-order':
      return words.recentOrder(terms.days);
    case 'new-customer':
      return words.newCustomer(terms.days);
    case 'order-count':
      return (terms.repeats ? words.everyOrder : words.orderNumber)(placeOf(terms.count, language));
    case 'happy-hours':
      return words.happyHours;
    case 'product-multiplier':
      return words.products[multiplierBps === 0 ? 'none' : (multiplierBps ?? 0) < 10_000 ? 'fewer' : 'more'];
  }
}

/** When more points are given, by the clocks on the shop's wall. */
export function sayHours(terms: HappyHours, timeZone: string, language: PageLanguage): string {
  const words = earnWords[language];
  const days = capital(weekdaysText(terms.weekdays, language), language);
  const parts = language === 'ja' ? '、' : ', ';
  return `${days}${parts}${hoursText(terms, language)} (${words.clock(zoneName(timeZone, language))})`;
}

/** Some titles and how many there are besides. */
export function sayTitles(
  { titles, more }: { readonly titles: readonly string[]; readonly more: number },
  language: PageLanguage,
): string {
  const count = new Intl.NumberFormat(language).format(more);
  return list(more > 0 ? [...titles, earnWords[language].others(count)] : titles, language);
}
