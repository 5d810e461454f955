/** What shoppers read of a programme that the merchant has not reworded. */
export interface DefaultWords {
  readonly points: string;
  /** one of them */
  readonly point: string;
  readonly off: (amount: string) => string;
  /** the lowest first */
  readonly tiers: readonly [string, string, string];
  /** rewards that are not money off an order */
  readonly freeShipping: string;
  readonly freeProduct: string;
  readonly giftCard: (amount: string) => string;
  readonly storeCredit: (amount: string) => string;
  /** the code that frees the orders of a tier from shipping costs */
  readonly tierShipping: (tier: string) => string;
}

/** Ids of the tiers that a programme begins with, the lowest first. */
export const defaultTierIds = ['bronze', 'silver', 'gold'] as const;

/** By ISO 639-1. */
export const defaultWords = {
  en: {
    points: 'points',
    point: 'point',
    off: (amount) => `${amount} off`,
    tiers: ['Bronze', 'Silver', 'Gold'],
    freeShipping: 'Free shipping',
    freeProduct: 'A free product',
    giftCard: (amount) => `Gift card of ${amount}`,
    storeCredit: (amount) => `${amount} of store credit`,
    tierShipping: (tier) => `${tier}: free shipping`,
  },
  de: {
    points: 'Punkte',
    point: 'Punkt',
    off: (amount) => `${amount} Rabatt`,
    tiers: ['Bronze', 'Silber', 'Gold'],
    freeShipping: 'Kostenloser Versand',
    freeProduct: 'Ein Artikel gratis',
    giftCard: (amount) => `Geschenkkarte über ${amount}`,
    storeCredit: (amount) => `${amount} Guthaben im Shop`,
    tierShipping: (tier) => `${tier}: kostenloser Versand`,
  },
  fr: {
    points: 'points',
    point: 'point',
    off: (amount) => `${amount} de réduction`,
    tiers: ['Bronze', 'Argent', 'Or'],
    freeShipping: 'Livraison gratuite',
    freeProduct: 'Un article offert',
    giftCard: (amount) => `Carte cadeau de ${amount}`,
    storeCredit: (amount) => `${amount} d’avoir dans la boutique`,
    tierShipping: (tier) => `${tier} : livraison gratuite`,
  },
  es: {
    points: 'puntos',
    point: 'punto',
    off: (amount) => `${amount} de descuento`,
    tiers: ['Bronce', 'Plata', 'Oro'],
    freeShipping: 'Envío gratis',
    freeProduct: 'Un producto gratis',
    giftCard: (amount) => `Tarjeta regalo de ${amount}`,
    storeCredit: (amount) => `${amount} de saldo en la tienda`,
    tierShipping: (tier) => `${tier}: envío gratis`,
  },
  ja: {
    points: 'ポイント',
    point: 'ポイント',
    off: (amount) => `${amount} オフ`,
    tiers: ['ブロンズ', 'シルバー', 'ゴールド'],
    freeShipping: '送料無料',
    freeProduct: '商品1点プレゼント',
    giftCard: (amount) => `${amount}分のギフトカード`,
    storeCredit: (amount) => `${amount}分のストアクレジット`,
    tierShipping: (tier) => `${tier}：送料無料`,
  },
} as const satisfies Record<string, DefaultWords>;

export type DefaultLanguage = keyof typeof defaultWords;

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
  return first ? defaultWords[first.language as DefaultLanguage] : defaultWords.en;
}
