import type { PageLanguage } from './bundle-page-words.ts';

/** Words of the numbers that the companion's page in a store's admin shows. */
export interface NumberWords {
  /** how numbers are written */
  readonly locale: string;
  readonly revenue: string;
  readonly orders: string;
  readonly attributed: string;
  readonly suggestions: string;
  readonly incremental: string;
  readonly lastDays: (days: number) => string;
  /** `count` as it is written, `one` where it is a single order */
  readonly ordersInDays: (count: string, one: boolean, days: number) => string;
  readonly interval: (low: string, high: string) => string;
  /** why there is no number of what Trellis adds */
  readonly unknown: Readonly<Record<'off' | 'not-enough-data' | 'sample-ratio-mismatch', string>>;
}

const en: NumberWords = {
  locale: 'en-US',
  revenue: 'Revenue',
  orders: 'Orders',
  attributed: 'Sold through Trellis',
  suggestions: 'Suggestions bought',
  incremental: 'Because of Trellis',
  lastDays: (days) => `Last ${String(days)} days`,
  ordersInDays: (count, one, days) => `${count} ${one ? 'order' : 'orders'} in the last ${String(days)} days`,
  interval: (low, high) => `Profit beside visitors without it, most likely between ${low} and ${high}.`,
  unknown: {
    off: 'The measurement is off.',
    'not-enough-data': 'Too early to tell.',
    'sample-ratio-mismatch': 'The groups with and without Trellis do not match.',
  },
};

const de: NumberWords = {
  locale: 'de-DE',
  revenue: 'Umsatz',
  orders: 'Bestellungen',
  attributed: 'Über Trellis verkauft',
  suggestions: 'Gekaufte Vorschläge',
  incremental: 'Durch Trellis',
  lastDays: (days) => `Letzte ${String(days)} Tage`,
  ordersInDays: (count, one, days) =>
    `${count} ${one ? 'Bestellung' : 'Bestellungen'} in den letzten ${String(days)} Tagen`,
  interval: (low, high) => `Gewinn gegenüber Besuchern ohne Trellis, höchstwahrscheinlich zwischen ${low} und ${high}.`,
  unknown: {
    off: 'Die Messung ist ausgeschaltet.',
    'not-enough-data': 'Für eine Aussage ist es zu früh.',
    'sample-ratio-mismatch': 'Die Gruppen mit und ohne Trellis passen nicht zueinander.',
  },
};

const es: NumberWords = {
  locale: 'es-ES',
  revenue: 'Ingresos',
  orders: 'Pedidos',
  attributed: 'Vendido con Trellis',
  suggestions: 'Sugerencias compradas',
  incremental: 'Gracias a Trellis',
  lastDays: (days) => `Últimos ${String(days)} días`,
  ordersInDays: (count, one, days) => `${count} ${one ? 'pedido' : 'pedidos'} en los últimos ${String(days)} días`,
  interval: (low, high) => `Beneficio frente a visitantes sin Trellis, muy probablemente entre ${low} y ${high}.`,
  unknown: {
    off: 'La medición está desactivada.',
    'not-enough-data': 'Aún es pronto para saberlo.',
    'sample-ratio-mismatch': 'Los grupos con y sin Trellis no cuadran.',
  },
};

const fr: NumberWords = {
  locale: 'fr-FR',
  revenue: 'Chiffre d’affaires',
  orders: 'Commandes',
  attributed: 'Vendu grâce à Trellis',
  suggestions: 'Suggestions achetées',
  incremental: 'Apporté par Trellis',
  lastDays: (days) => `${String(days)} derniers jours`,
  ordersInDays: (count, one, days) =>
    `${count} ${one ? 'commande' : 'commandes'} au cours des ${String(days)} derniers jours`,
  interval: (low, high) =>
    `Bénéfice par rapport aux visiteurs sans Trellis, très probablement entre ${low} et ${high}.`,
  unknown: {
    off: 'La mesure est désactivée.',
    'not-enough-data': 'Il est trop tôt pour le dire.',
    'sample-ratio-mismatch': 'Les groupes avec et sans Trellis ne correspondent pas.',
  },
};

const ja: NumberWords = {
  locale: 'ja-JP',
  revenue: '売上',
  orders: '注文数',
  attributed: 'Trellis経由の売上',
  suggestions: '購入されたおすすめ',
  incremental: 'Trellisによる増加',
  lastDays: (days) => `過去${String(days)}日間`,
  ordersInDays: (count, _one, days) => `過去${String(days)}日間で${count}件の注文`,
  interval: (low, high) => `Trellisを表示しない訪問者と比べた利益。おそらく${low}から${high}の間です。`,
  unknown: {
    off: '計測はオフです。',
    'not-enough-data': 'まだ判断できません。',
    'sample-ratio-mismatch': 'Trellisありとなしのグループの割合が合いません。',
  },
};

/** In the languages that the companion in the store speaks. */
export const numberWords: Readonly<Record<PageLanguage, NumberWords>> = { en, de, es, fr, ja };
