/** Languages of the pages; the theme says which one the shopper reads. */
export const pageLanguages = ['en', 'de', 'fr', 'es', 'ja'] as const;
export type PageLanguage = (typeof pageLanguages)[number];

export interface PageWords {
  readonly inSet: string;
  readonly before: string;
  readonly now: string;
  readonly save: (amount: string) => string;
  readonly choices: string;
  readonly choose: (number: number) => string;
  readonly option: (title: string) => string;
  readonly add: string;
  readonly soldOut: string;
  readonly soldOutPart: string;
  readonly reserved: (titles: string) => string;
  readonly yourSet: string;
  readonly description: (titles: string) => string;
  readonly notFound: string;
  readonly notFoundText: string;
  readonly malformed: string;
  readonly malformedText: string;
  readonly toShop: string;
  readonly checkout: string;
}

/** All words that shoppers read on a bundle's page. */
export const pageWords: Readonly<Record<PageLanguage, PageWords>> = {
  en: {
    inSet: 'In this set',
    before: 'Price before:',
    now: 'Price together:',
    save: (amount) => `You save ${amount}`,
    choices: 'Prices change with what you choose. The cart shows the final price.',
    choose: (number) => `Choice ${String(number)}`,
    option: (title) => `Option of ${title}`,
    add: 'Add all to cart',
    soldOut: 'Sold out',
    soldOutPart: 'A part of this set is sold out at the moment.',
    reserved: (titles) => `Only for some customers: ${titles}. The product’s page says for whom.`,
    yourSet: 'Your set',
    description: (titles) => `Buy together: ${titles}.`,
    notFound: 'This set is not available',
    notFoundText: 'It may have ended, or the address is not complete.',
    malformed: 'This address cannot be read',
    malformedText: 'A set needs 2 to 10 different products.',
    toShop: 'See all products',
    checkout: 'The saving is taken off in the cart.',
  },
  de: {
    inSet: 'In diesem Set',
    before: 'Preis vorher:',
    now: 'Preis zusammen:',
    save: (amount) => `Sie sparen ${amount}`,
    choices: 'Der Preis hängt von Ihrer Auswahl ab. Der Warenkorb zeigt den Endpreis.',
    choose: (number) => `Auswahl ${String(number)}`,
    option: (title) => `Ausführung von ${title}`,
    add: 'Alles in den Warenkorb',
    soldOut: 'Ausverkauft',
    soldOutPart: 'Ein Teil dieses Sets ist zurzeit ausverkauft.',
    reserved: (titles) => `Nur für bestimmte Kunden: ${titles}. Die Seite des Produkts sagt, für wen.`,
    yourSet: 'Ihr Set',
    description: (titles) => `Zusammen kaufen: ${titles}.`,
    notFound: 'Dieses Set ist nicht erhältlich',
    notFoundText: 'Vielleicht ist das Angebot beendet oder die Adresse nicht vollständig.',
    malformed: 'Diese Adresse ist nicht lesbar',
    malformedText: 'Ein Set braucht 2 bis 10 verschiedene Artikel.',
    toShop: 'Alle Artikel ansehen',
    checkout: 'Die Ersparnis wird im Warenkorb abgezogen.',
  },
  fr: {
    inSet: 'Dans ce lot',
    before: 'Prix avant :',
    now: 'Prix ensemble :',
    save: (amount) => `Vous économisez ${amount}`,
    choices: 'Le prix dépend de votre choix. Le panier affiche le prix final.',
    choose: (number) => `Choix ${String(number)}`,
    option: (title) => `Option de ${title}`,
    add: 'Tout ajouter au panier',
    soldOut: 'Épuisé',
    soldOutPart: 'Un article de ce lot est épuisé pour le moment.',
    reserved: (titles) => `Réservé à certains clients : ${titles}. La page du produit précise lesquels.`,
    yourSet: 'Votre lot',
    description: (titles) => `À acheter ensemble : ${titles}.`,
    notFound: 'Ce lot n’est pas disponible',
    notFoundText: 'L’offre est peut-être terminée, ou l’adresse est incomplète.',
    malformed: 'Cette adresse est illisible',
    malformedText: 'Un lot comprend de 2 à 10 articles différents.',
    toShop: 'Voir tous les articles',
    checkout: 'La remise est déduite dans le panier.',
  },
  es: {
    inSet: 'En este conjunto',
    before: 'Precio antes:',
    now: 'Precio junto:',
    save: (amount) => `Ahorras ${amount}`,
    choices: 'El precio depende de tu elección. El carrito muestra el precio final.',
    choose: (number) => `Elección ${String(number)}`,
    option: (title) => `Opción de ${title}`,
    add: 'Añadir todo al carrito',
    soldOut: 'Agotado',
    soldOutPart: 'Una parte de este conjunto está agotada en este momento.',
    reserved: (titles) => `Solo para algunos clientes: ${titles}. La página del producto dice para quiénes.`,
    yourSet: 'Tu conjunto',
    description: (titles) => `Compra junto: ${titles}.`,
    notFound: 'Este conjunto no está disponible',
    notFoundText: 'Puede que la oferta haya terminado o que la dirección esté incompleta.',
    malformed: 'Esta dirección no se puede leer',
    malformedText: 'Un conjunto necesita de 2 a 10 productos distintos.',
    toShop: 'Ver todos los productos',
    checkout: 'El ahorro se descuenta en el carrito.',
  },
  ja: {
    inSet: 'セット内容',
    before: '通常価格:',
    now: 'セット価格:',
    save: (amount) => `${amount}お得`,
    choices: '選択により価格が変わります。最終価格はカートに表示されます。',
    choose: (number) => `選択 ${String(number)}`,
    option: (title) => `${title}のオプション`,
    add: 'まとめてカートに入れる',
    soldOut: '売り切れ',
    soldOutPart: 'このセットの一部が現在売り切れです。',
    reserved: (titles) => `一部のお客様限定：${titles}。対象は商品ページをご覧ください。`,
    yourSet: 'お客様のセット',
    description: (titles) => `一緒に購入：${titles}`,
    notFound: 'このセットはご利用いただけません',
    notFoundText: '終了したか、アドレスが完全ではない可能性があります。',
    malformed: 'このアドレスを読み取れません',
    malformedText: 'セットには2～10種類の商品が必要です。',
    toShop: 'すべての商品を見る',
    checkout: '割引はカートで適用されます。',
  },
};
