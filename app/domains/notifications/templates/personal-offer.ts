import { z } from 'zod';
import { defineTemplate } from '../template.ts';

/** Tells a customer of an offer that is theirs alone, with its code where it has one. */
export const personalOffer = defineTemplate({
  id: 'offers.personal',
  title: 'Personal offer',
  when: 'When a customer is given a personal offer and can use it.',
  topic: 'offers',
  schema: z.object({
    kind: z.enum(['percentage', 'amount', 'free-shipping', 'free-product', 'early-access']),
    size: z.number().int(),
    mostMinor: z.number().int().optional(),
    currency: z.string().length(3),
    minSubtotalMinor: z.number().int().nullable(),
    /** '' where there is nothing to type in */
    code: z.string(),
    note: z.string(),
    product: z.string(),
    endsAt: z.iso.datetime(),
    url: z.url(),
  }),
  sample: {
    kind: 'percentage',
    size: 1000,
    currency: 'EUR',
    minSubtotalMinor: 3000,
    code: 'K7QZ-4MPX',
    note: '',
    product: '',
    endsAt: '2027-03-01T22:59:59.000Z',
    url: 'https://example.com/',
  },
  words: {
    en: {
      subject: 'An offer for you alone from {shop}',
      title: 'An offer for you alone',
      off: '{size} off',
      offProduct: '{size} off {product}',
      shipping: 'free shipping',
      free: 'a product for free',
      early:
        'At {shop} you may buy {product} before everybody else, from now until {day}. Log in with your account to do so.',
      some: 'selected products',
      text: 'At {shop} you get {gift}. Use this code at the checkout until {day}:',
      most: 'At most {most} off.',
      minimum: 'For orders from {least}.',
      once: 'It works once, and for your account only.',
      button: 'To the shop',
    },
    de: {
      subject: 'Ein Angebot von {shop} nur für Sie',
      title: 'Ein Angebot nur für Sie',
      off: '{size} Rabatt',
      offProduct: '{size} Rabatt auf {product}',
      shipping: 'kostenloser Versand',
      free: 'ein Produkt gratis',
      early:
        'Bei {shop} dürfen Sie {product} vor allen anderen kaufen, ab jetzt und bis {day}. Melden Sie sich dafür mit Ihrem Konto an.',
      some: 'ausgewählte Artikel',
      text: 'Bei {shop} wartet auf Sie: {gift}. Geben Sie diesen Code bis {day} an der Kasse ein:',
      most: 'Höchstens {most} Rabatt.',
      minimum: 'Für Bestellungen ab {least}.',
      once: 'Er gilt einmal und nur für Ihr Konto.',
      button: 'Zum Shop',
    },
    fr: {
      subject: 'Une offre de {shop} rien que pour vous',
      title: 'Une offre rien que pour vous',
      off: '{size} de réduction',
      offProduct: '{size} de réduction sur {product}',
      shipping: 'la livraison offerte',
      free: 'un produit offert',
      early:
        'Chez {shop}, vous pouvez acheter {product} avant tout le monde, dès maintenant et jusqu’au {day}. Connectez-vous à votre compte.',
      some: 'certains produits',
      text: 'Chez {shop}, vous recevez : {gift}. Saisissez ce code au paiement avant le {day} :',
      most: '{most} de réduction au maximum.',
      minimum: 'Pour les commandes à partir de {least}.',
      once: 'Il est valable une fois, pour votre compte uniquement.',
      button: 'Voir la boutique',
    },
    es: {
      subject: 'Una oferta de {shop} solo para usted',
      title: 'Una oferta solo para usted',
      off: '{size} de descuento',
      offProduct: '{size} de descuento en {product}',
      shipping: 'envío gratis',
      free: 'un producto gratis',
      early:
        'En {shop} puede comprar {product} antes que nadie, desde ahora y hasta el {day}. Inicie sesión con su cuenta.',
      some: 'productos seleccionados',
      text: 'En {shop} tiene: {gift}. Use este código al pagar hasta el {day}:',
      most: 'Como máximo {most} de descuento.',
      minimum: 'Para pedidos desde {least}.',
      once: 'Vale una vez y solo para su cuenta.',
      button: 'Ir a la tienda',
    },
    ja: {
      subject: '{shop} からあなただけの特典',
      title: 'あなただけの特典です',
      off: '{size} オフ',
      offProduct: '{product} が {size} オフ',
      shipping: '送料無料',
      free: '商品を 1 点無料',
      early: '{shop} では、{day} まで {product} を先行して購入いただけます。アカウントにログインしてください。',
      some: '対象商品',
      text: '{shop} からの特典：{gift}。{day} までに、お支払い時に次のコードを入力してください。',
      most: '割引額の上限は {most} です。',
      minimum: '{least} 以上のご注文が対象です。',
      once: 'ご本人のアカウントで 1 回限り有効です。',
      button: 'ショップへ',
    },
  },
  values: ({ kind, size, mostMinor, currency, minSubtotalMinor, product, endsAt }, { language, money, date }) => ({
    size:
      kind === 'percentage'
        ? new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(size / 10_000)
        : money(size, currency),
    product,
    most: mostMinor === undefined ? '' : money(mostMinor, currency),
    least: minSubtotalMinor === null ? '' : money(minSubtotalMinor, currency),
    day: date(endsAt),
  }),
  body: ({ kit, data, say }) => {
    const note = data.note === '' ? [] : [kit.text(data.note)];
    if (data.kind === 'early-access') {
      const product = data.product === '' ? say('some') : data.product;
      return [
        kit.heading(say('title')),
        ...note,
        kit.text(say('early', { product })),
        kit.button(say('button'), data.url),
      ];
    }
    const gift =
      data.kind === 'free-shipping'
        ? say('shipping')
        : data.kind === 'free-product'
          ? say('free')
          : data.product === ''
            ? say('off')
            : say('offProduct');
    return [
      kit.heading(say('title')),
      ...note,
      kit.text(say('text', { gift })),
      kit.code(data.code),
      ...(data.mostMinor === undefined ? [] : [kit.text(say('most'))]),
      ...(data.minSubtotalMinor === null ? [] : [kit.text(say('minimum'))]),
      kit.button(say('button'), data.url),
      kit.small(say('once')),
    ];
  },
});
