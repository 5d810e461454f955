import { describe, expect, it } from 'vitest';
import { createBasketReader, mostProductsPerBasket } from './baskets.ts';
import { findIdeas } from './find-ideas.ts';
import type { IdeaProduct } from './model.ts';

const start = Date.UTC(2026, 0, 1);
const day = 86_400_000;

interface Order {
  readonly customer?: string | null;
  readonly at?: number;
  readonly lines: Readonly<Record<string, number>>;
}

function basketsOf(orders: readonly Order[]) {
  const reader = createBasketReader();
  [...orders]
    .map((order, index) => ({ ...order, id: String(index), at: order.at ?? start + index * (day / 4) }))
    .sort((a, b) => a.at - b.at)
    .forEach(({ id, at, customer = null, lines }) => {
      for (const [productId, quantity] of Object.entries(lines))
        reader.add({ orderId: id, customerId: customer, placedAt: new Date(at), productId, quantity });
    });
  return reader.build();
}

const product = (id: string, title = `Thing ${id}`, productType = id, sellable = true): IdeaProduct => ({
  id,
  title,
  productType,
  imageUrl: null,
  sellable,
  variants: [{ id: `${id}1`, priceMinor: 1000, costMinor: 400, stock: null, sellWhenOutOfStock: false }],
});

function find(orders: readonly Order[], products: readonly IdeaProduct[]) {
  const work = findIdeas(basketsOf(orders), new Map(products.map((one) => [one.id, one])));
  let next = work.next();
  while (!next.done) next = work.next();
  return next.value.ideas;
}

const times = (count: number, order: Order): Order[] => Array.from({ length: count }, () => order);
const partsOf = (idea: { evidence: { parts: readonly { productId: string }[] } }): string =>
  idea.evidence.parts
    .map(({ productId }) => productId)
    .sort()
    .join();

/** 20 orders with tea and pot, and 180 with one of many other things. */
const teaTime: Order[] = [
  ...times(20, { lines: { tea: 1, pot: 1 } }),
  ...times(5, { lines: { tea: 1 } }),
  ...Array.from({ length: 175 }, (_, index) => ({ lines: { [`other${String(index % 20)}`]: 1 } })),
];

describe('findIdeas', () => {
  it('finds what is bought together, with the counts of the baskets', () => {
    const [idea, ...rest] = find(teaTime, [product('tea'), product('pot')]);
    expect(rest).toEqual([]);
    expect(idea).toMatchObject({
      kind: 'fixed',
      evidence: {
        orders: 200,
        support: 20,
        chances: 25,
        buyers: 20,
        attach: { value: 0.8 },
        given: { productId: 'pot', orders: 20, confidence: { value: 1 } },
        lift: { value: 8 },
      },
    });
    expect(idea?.evidence.lift?.low).toBeGreaterThan(1.2);
    expect(idea?.evidence.lift?.low).toBeLessThan(8);
  });

  it('finds nothing where products meet as often as by chance', () => {
    const orders = Array.from({ length: 400 }, (_, index) => ({
      lines: { ...(index % 2 === 0 ? { a: 1 } : {}), ...(index % 4 < 2 ? { b: 1 } : {}), c: 1 },
    }));
    expect(
      find(
        orders,
        ['a', 'b', 'c'].map((id) => product(id)),
      ),
    ).toEqual([]);
  });

  it('lets no single buyer speak for all: the same 1,000 baskets of one bot are one', () => {
    const bot = times(1000, { customer: 'bot', lines: { x: 1, y: 1 } });
    const mill = Array.from({ length: 1000 }, (_, index) => ({ customer: 'mill', lines: { x: 1, y: index + 1 } }));
    const baskets = basketsOf([...teaTime, ...bot, ...mill]);
    expect(baskets.at.length).toBe(200 + 1 + 12);
    expect(baskets.capped).toBe(999 + 988);
    const ideas = find(
      [...teaTime, ...bot, ...mill],
      ['tea', 'pot', 'x', 'y'].map((id) => product(id)),
    );
    expect(ideas.map(partsOf)).toEqual(['pot,tea']);
  });

  it('looks at the bestsellers only of a basket of 500 things', () => {
    const huge = { lines: Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`h${String(index)}`, 1])) };
    const baskets = basketsOf([...teaTime, { lines: { ...huge.lines, tea: 1, pot: 1 } }]);
    const [from = 0, to = 0] = baskets.start.slice(-2);
    expect(to - from).toBe(mostProductsPerBasket);
    const names = [...baskets.item.slice(from, to)].map((index) => baskets.products[index]);
    expect(names.slice(0, 2)).toEqual(['tea', 'pot']);
  });

  it('grows a triple where the third follows from the pair', () => {
    const orders = [...times(20, { lines: { tea: 1, pot: 1, cup: 1 } }), ...teaTime.slice(20)];
    expect(
      find(
        orders,
        ['tea', 'pot', 'cup'].map((id) => product(id)),
      ).map(partsOf),
    ).toContain('cup,pot,tea');
  });

  it('offers colours of one thing to mix and match, and counts a dozen of each as a dozen bundles', () => {
    const orders = [...times(20, { lines: { red: 12, blue: 12 } }), ...teaTime.slice(20)];
    const [idea, ...rest] = find(orders, [
      product('red', 'Enamel mug red', 'Mugs'),
      product('blue', 'Enamel mug blue', 'Mugs'),
    ]);
    expect(rest).toEqual([]);
    expect(idea).toMatchObject({ kind: 'mix-and-match', evidence: { pickCount: 2, bundlesPerOrder: 12 } });
  });

  it('finds what is bought several at a time', () => {
    const orders = [...times(12, { lines: { soap: 3 } }), ...times(20, { lines: { soap: 1 } }), ...teaTime.slice(25)];
    const [idea] = find(orders, [product('soap')]);
    expect(idea).toMatchObject({
      kind: 'quantity-breaks',
      evidence: {
        parts: [{ productId: 'soap', quantity: 2 }],
        support: 12,
        chances: 32,
        partUnits: 1,
        bundlesPerOrder: 1.5,
      },
    });
  });

  it('says when a pair is on the rise', () => {
    const orders = [
      ...times(60, { at: start, lines: { tea: 1 } }),
      ...times(3, { at: start, lines: { tea: 1, pot: 1 } }),
      ...times(20, { at: start + 300 * day, lines: { tea: 1, pot: 1 } }),
      ...Array.from({ length: 200 }, (_, index) => ({ at: start + day, lines: { [`o${String(index % 9)}`]: 1 } })),
    ];
    const [idea] = find(orders, [product('tea'), product('pot')]);
    expect(idea?.evidence).toMatchObject({ trend: 'rising', recent: { days: 90, support: 20, chances: 20 } });
  });

  it.each([
    ['hidden', product('pot', 'Pot', 'Pots', false)],
    ['without variants', { ...product('pot'), variants: [] }],
  ])('never proposes a product that is %s', (_name, pot) => {
    expect(find(teaTime, [product('tea'), pot])).toEqual([]);
  });

  it.each([
    ['no orders', []],
    ['a catalog of one', times(60, { lines: { tea: 1 } })],
  ])('bears %s', (_name, orders) => {
    expect(find(orders, [product('tea')])).toEqual([]);
  });
});
