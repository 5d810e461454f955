/** What shoppers read of a programme that the merchant has not reworded. */
export interface DefaultWords {
  readonly points: string;
  /** one of them */
  readonly point: string;
  readonly off: (amount: string) => string;
  /** the lowest first */
  readonly tiers: readonly [string, string, string];
}

/** By ISO 639-1. */
export const defaultWords = {
  en: { points: 'points', point: 'point', off: (amount) => `${amount} off`, tiers: ['Bronze', 'Silver', 'Gold'] },
  de: { points: 'Punkte', point: 'Punkt', off: (amount) => `${amount} Rabatt`, tiers: ['Bronze', 'Silber', 'Gold'] },
  fr: {
    points: 'points',
    point: 'point',
    off: (amount) => `${amount} de réduction`,
    tiers: ['Bronze', 'Argent', 'Or'],
  },
  es: {
    points: 'puntos',
    point: 'punto',
    off: (amount) => `${amount} de descuento`,
    tiers: ['Bronce', 'Plata', 'Oro'],
  },
  ja: {
    points: 'ポイント',
    point: 'ポイント',
    off: (amount) => `${amount} オフ`,
    tiers: ['ブロンズ', 'シルバー', 'ゴールド'],
  },
} as const satisfies Record<string, DefaultWords>;

/** The words of the first language that a browser asks for and we know; English otherwise. Source: RFC 9110, 12.5.4. */
export function wordsFor(acceptLanguage: string | null): DefaultWords {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part, at) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const weight = /q=([\d.]+)/.exec(parameters.join(';'))?.[1];
      return { language: tag.slice(0, 2).toLowerCase(), weight: weight === undefined ? 1 : Number(weight), at };
    })
    .filter(({ language, weight }) => language in defaultWords && weight > 0)
    .toSorted((a, b) => b.weight - a.weight || a.at - b.at);
  const [first] = wanted;
  return first ? defaultWords[first.language as keyof typeof defaultWords] : defaultWords.en;
}
