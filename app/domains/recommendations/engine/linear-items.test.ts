import { describe, expect, it } from 'vitest';
import { startCrew } from './crew.ts';
import { addLinear, linearWeight, trainLinear } from './ease.ts';
import { createHistoryBuilder } from './history.ts';
import { chooseLinearItems, rowsOf } from './linear-items.ts';

/** So many products, each in as many baskets as told, with its neighbour of the same number of baskets. */
function shopOf(products: number, basketsOf: (product: number) => number) {
  const builder = createHistoryBuilder();
  for (let product = 0; product < products; product += 1)
    for (let basket = 0; basket < basketsOf(product); basket += 1)
      builder.add(`o${product >> 1}/${basket}`, null, new Date(Date.UTC(2020, 0, 1 + basket)), `p${product}`);
  return builder.build();
}

describe('the products of the linear model', () => {
  it('are all of a small catalogue, in their order', () => {
    const history = shopOf(40, (product) => 1 + product);
    const { items, rowOf } = chooseLinearItems(history);
    expect([...items]).toEqual(history.items.map((_, item) => item));
    expect([...rowOf]).toEqual([...items]);
  });

  it('are without the least bought ones in a large catalogue, as far as these make one line in a hundred', () => {
    // 3,300 products of 30 baskets and 200 of one: 200 of 99,200 lines.
    const history = shopOf(3_500, (product) => (product < 3_300 ? 30 : 1));
    const { items, rowOf } = chooseLinearItems(history);
    const rare = new Set(history.items.map((_, item) => item).filter((item) => (rowOf[item] ?? 0) < 0));
    const boughtOnce = [...rare].map((item) => Number(history.items[item]?.slice(1)) >= 3_300);
    // One in a hundred of the lines is 992: these 200, and 26 of 30 lines each.
    expect(rare.size).toBe(226);
    expect(boughtOnce.filter(Boolean)).toHaveLength(200);
    expect(items).toHaveLength(3_500 - 226);
    items.forEach((item, row) => expect(rowOf[item]).toBe(row));
    const some = [5, ...rare, 9].slice(0, 4);
    expect([...rowsOf(some, rowOf)]).toEqual(some.map((item) => rowOf[item]).filter((row) => (row ?? -1) >= 0));
  });

  it('are never fewer than are quickly solved', () => {
    const history = shopOf(3_100, (product) => (product < 3_000 ? 40 : 1));
    expect(chooseLinearItems(history).items).toHaveLength(3_072);
  });
});

describe('the products of the linear model in a large catalogue', () => {
  /** 20,000 products, of which every nth is sold, beside the next one that is. */
  function largeShop(nth: number) {
    const [large, sold] = [createHistoryBuilder(), createHistoryBuilder()];
    const name = (product: number) => `p${String(product).padStart(5, '0')}`;
    for (let product = 0; product < 20_000; product += nth)
      for (let basket = 0; basket <= product % 3; basket += 1)
        for (const builder of [large, sold])
          builder.add(
            `o${String(Math.floor(product / nth / 2))}/${String(basket)}`,
            `c${String(product % 70)}`,
            new Date(Date.UTC(2020, 0, 1 + basket)),
            name(product),
          );
    for (let product = 0; product < 20_000; product += 1) large.addItem(name(product));
    return { whole: large.build(), sold: sold.build() };
  }

  it('are those that were bought, however many are listed beside them', () => {
    const { items } = chooseLinearItems(largeShop(10).whole);
    expect(items).toHaveLength(2_000);
    expect([...items].every((item) => item % 10 === 0)).toBe(true);
  });

  it('make the model that they make alone', () => {
    const { whole, sold } = largeShop(50);
    const [model, alone] = [whole, sold].map((history) => trainLinear(history, 3, startCrew(1)));
    if (!model || !alone) throw new Error('what was bought is few enough');
    expect(model.items).toHaveLength(400);
    const bytesOf = ({ inverse: { values } }: typeof model) => Buffer.from(values.buffer);
    expect(bytesOf(model).equals(bytesOf(alone))).toBe(true);
  });

  it('are the most bought ones where more were bought than have room', () => {
    const history = shopOf(8_200, (product) => (product % 4 === 0 ? 5 : 4));
    const { items, rowOf } = chooseLinearItems(history);
    expect(items).toHaveLength(4_096);
    const left = history.items.filter((_, item) => (rowOf[item] ?? -1) < 0);
    expect(left).toHaveLength(8_200 - 4_096);
    expect(left.every((id) => Number(id.slice(1)) % 4 !== 0)).toBe(true);
  });
});

describe('a product without a row', () => {
  it('asks for nothing, and nothing asks for it', () => {
    const history = shopOf(8, (product) => (product < 6 ? 9 : 1));
    const whole = trainLinear(history, 3, startCrew(1));
    if (whole === null) throw new Error('a small shop has a linear model');
    // The rows of the last two products are not read any more.
    const rowOf = whole.rowOf.map((row, item) =>
      history.items[item] === 'p6' || history.items[item] === 'p7' ? -1 : row,
    );
    const model = { ...whole, rowOf };
    const rare = history.itemIndex.get('p6') ?? -1;
    const common = history.itemIndex.get('p0') ?? -1;
    expect(linearWeight(model, common, rare)).toBe(0);
    expect(linearWeight(model, rare, common)).toBe(0);
    const scores = new Float32Array(8);
    addLinear(model, [rare], [1], scores);
    expect([...scores].map(Math.abs)).toEqual(new Array(8).fill(0));
    const [with6, without6] = [new Float32Array(8), new Float32Array(8)];
    addLinear(model, [common, rare], [1, 1], with6);
    addLinear(model, [common], [1], without6);
    expect([...with6]).toEqual([...without6]);
  });
});
