import { describe, expect, it } from 'vitest';
import { askSources } from '../engine/blend.ts';
import { createHistoryBuilder } from '../engine/history.ts';
import { suggest } from '../engine/suggest.ts';
import { type Model, trainModel } from '../engine/train-model.ts';
import type { CatalogItem } from '../model.ts';
import { cartGround } from './cart-ground.ts';
import { type CustomerVoice, customerVoiceSchema } from './customer-voice.ts';
import { headSchema } from './head.ts';
import { makeCustomerVoice } from './make-customer-voice.ts';
import { makeVoices } from './make-voices.ts';
import { prepareRanking, rankCart } from './rank-cart.ts';
import { type SpokenVoice, unpackSpoken, unpackVoice, type Voice } from './voice.ts';

/** A shop of shelves whose products are bought together; seeded, so that it is always the same. */
function generate(products: number, orders: number, hoursApart = 1): Model {
  let seed = 7;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const skewed = (n: number) => Math.floor(n * random() ** 2);
  const shelves = Math.max(2, Math.round(products / 12));
  const builder = createHistoryBuilder();
  const id = (item: number) => String(1_000 + item);
  for (let order = 0; order < orders; order += 1) {
    const shelf = skewed(shelves);
    const at = new Date(Date.UTC(2026, 0, 1) + order * hoursApart * 3_600_000);
    const size = 2 + skewed(4);
    for (let line = 0; line < size; line += 1) {
      const item = random() < 0.75 ? shelf + shelves * skewed(Math.floor(products / shelves)) : skewed(products);
      builder.add(`o${String(order).padStart(6, '0')}`, `c${skewed(orders / 4)}`, at, id(item % products));
    }
  }
  const catalog = Array.from({ length: products }, (_, item): CatalogItem => ({
    productId: id(item),
    title: `Thing ${item}`,
    productType: `Shelf ${item % shelves}`,
    vendor: `Maker ${item % 7}`,
    tags: [],
    priceMinor: 500 + item * 10,
    sellable: item % 29 !== 3,
  }));
  for (const item of catalog) builder.addItem(item.productId);
  return trainModel(builder.build(), catalog, { offerUnknown: false });
}

function serve(model: Model) {
  const rows = [
    ...makeVoices(
      model,
      model.parts.history.items.map((_, item) => item),
    ),
  ];
  const head = headSchema.parse(JSON.parse(Buffer.from(rows[0]?.data ?? []).toString()));
  const voices = new Map(rows.slice(1).map((row): [string, Voice] => [row.subjectId, unpackVoice(row.data)]));
  const spoken = new Map(rows.slice(1).map((row) => [row.subjectId, unpackSpoken(Uint8Array.from(row.data ?? []))]));
  const rankings = { guest: prepareRanking(head), customer: prepareRanking(head, 'customer') };
  const { alone } = cartGround(model, 'cart');
  const { history } = model.parts;
  /** As the training stores it. */
  const heard = new Map<string, CustomerVoice>();
  const voiceOf = (customerId: string) => {
    const known = heard.get(customerId);
    if (known) return known;
    const customer = history.customerIndex.get(customerId) ?? -1;
    const question = { surface: 'next', moment: moment(model).getTime(), customer, basket: [] } as const;
    const stored = JSON.stringify(makeCustomerVoice(model, alone, askSources(model.parts, question)));
    const voice = customerVoiceSchema.parse(JSON.parse(stored));
    heard.set(customerId, voice);
    return voice;
  };
  const rank = (
    from: ReadonlyMap<string, SpokenVoice>,
    cart: readonly string[],
    limit: number,
    customerId: string | null,
  ) => {
    const said = cart.flatMap((id) => {
      const voice = from.get(id);
      return voice === undefined ? [] : [[id, voice] as const];
    });
    const own = customerId === null ? undefined : voiceOf(customerId);
    return rankCart(rankings[own ? 'customer' : 'guest'], new Map(said), new Set(cart), limit, own);
  };
  return (cart: readonly string[], limit: number, customerId: string | null = null) => {
    const answer = rank(voices, cart, limit, customerId);
    // Whether ids are read as texts or as the halves of numbers.
    expect(rank(spoken, cart, limit, customerId)).toEqual(answer);
    return answer;
  };
}

const moment = (model: Model) => new Date((model.parts.history.basketAt.at(-1) ?? 0) + 86_400_000);
const ask = (model: Model, cart: readonly string[], limit: number, customerId: string | null = null) =>
  suggest(model, { surface: 'cart', productIds: cart, customerId, at: moment(model), limit });

describe('a cart answered from the stored voices', () => {
  it.each([
    ['in a young shop', 1],
    ['in one that knows these weeks of last year', 12],
  ])('is the engine’s answer where all candidates are stored, %s', (_, hoursApart) => {
    const model = generate(50, 900, hoursApart);
    expect(model.parts.popularityLastYear(moment(model).getTime()) === null).toBe(hoursApart === 1);
    const answer = serve(model);
    for (const cart of [['1000'], ['1001', '1013'], ['1004', '1002', '1040'], ['1049']]) {
      const wanted = ask(model, cart, 10);
      const got = answer(cart, 10);
      expect(got.map((one) => one.productId)).toEqual(wanted.map((one) => one.productId));
      expect(got.map((one) => [one.source, one.reason])).toEqual(wanted.map((one) => [one.source, one.reason]));
      got.forEach((one, place) => expect(one.score).toBeCloseTo(wanted[place]?.score ?? 0, 3));
    }
  });

  it('is the engine’s answer for a customer whose past is known, and another one than a guest’s', () => {
    const model = generate(50, 900);
    const answer = serve(model);
    let others = 0;
    for (const customerId of ['c0', 'c1', 'c7', 'c30'])
      for (const cart of [['1000'], ['1001', '1013'], ['1049']]) {
        const wanted = ask(model, cart, 10, customerId);
        const got = answer(cart, 10, customerId);
        expect(got.map((one) => one.productId)).toEqual(wanted.map((one) => one.productId));
        got.forEach((one, place) => expect(one.score).toBeCloseTo(wanted[place]?.score ?? 0, 2));
        if (answer(cart, 10).some((one, place) => one.productId !== got[place]?.productId)) others += 1;
      }
    expect(others).toBeGreaterThan(6);
  });

  it.each([
    ['guests', false],
    ['customers whose past is known', true],
  ])('keeps the engine’s NDCG within 1 % in a shop of many candidates, for %s', (_, known) => {
    const model = generate(300, 2_500);
    const answer = serve(model);
    const { history } = model.parts;
    const gain = (list: readonly { productId: string }[], hidden: string) => {
      const place = list.slice(0, 10).findIndex((one) => one.productId === hidden);
      return place < 0 ? 0 : 1 / Math.log2(place + 2);
    };
    let [engine, served, overlap, cases] = [0, 0, 0, 0];
    for (let basket = 0; basket < history.basketAt.length; basket += 8) {
      const items = [...history.basketItem.subarray(history.basketStart[basket], history.basketStart[basket + 1])].map(
        (item) => history.items[item] ?? '',
      );
      if (items.length < 3) continue;
      const [hidden = '', ...cart] = items;
      const customerId = known ? (history.customers[history.basketCustomer[basket] ?? -1] ?? null) : null;
      const wanted = ask(model, cart, 10, customerId);
      const got = answer(cart, 10, customerId);
      engine += gain(wanted, hidden);
      served += gain(got, hidden);
      overlap += got.filter((one) => wanted.some((other) => other.productId === one.productId)).length / 10;
      cases += 1;
    }
    expect(cases).toBeGreaterThan(100);
    expect(engine / cases).toBeGreaterThan(0.05);
    expect(Math.abs(served - engine) / engine).toBeLessThan(0.01);
    expect(overlap / cases).toBeGreaterThan(0.9);
  });

  it('knows nothing of a cart of strangers but what is popular', () => {
    const model = generate(50, 300);
    expect(serve(model)(['999'], 5).map((one) => one.productId)).toEqual(
      serve(model)([], 5).map((one) => one.productId),
    );
    expect(serve(model)([], 5).every((one) => one.reason.because === null)).toBe(true);
  });
});
