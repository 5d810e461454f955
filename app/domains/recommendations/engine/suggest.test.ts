import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askingSurfaces, type CatalogItem } from '../model.ts';
import { explainInWords } from './explain.ts';
import { createHistoryBuilder } from './history.ts';
import { listRows } from './list-rows.ts';
import { suggest } from './suggest.ts';
import { trainModel } from './train-model.ts';

interface Line {
  order: number;
  customer: number;
  item: number;
}
const day = 86_400_000;
const line = fc.record({
  order: fc.integer({ min: 0, max: 25 }),
  customer: fc.integer({ min: 0, max: 5 }),
  item: fc.integer({ min: 0, max: 9 }),
});
const lines = fc.array(line, { minLength: 1, maxLength: 80 });

function train(all: readonly Line[], unsellable: readonly number[] = []) {
  const builder = createHistoryBuilder();
  // The customer and the moment belong to the order, whichever of its lines comes first.
  for (const one of all)
    builder.add(
      `o${one.order}`,
      one.order % 6 === 0 ? null : `c${one.order % 6}`,
      new Date(one.order * day),
      `p${one.item}`,
    );
  const history = builder.build();
  const catalog = history.items.map((productId): CatalogItem => ({
    productId,
    title: `Thing ${productId}`,
    productType: '',
    vendor: '',
    tags: [],
    priceMinor: null,
    sellable: !unsellable.includes(Number(productId.slice(1))),
  }));
  return trainModel(history, catalog);
}

const ask = { at: new Date(30 * day), limit: 20 } as const;

describe('suggestions', () => {
  it('never repeat the basket, hold nothing twice and nothing that is not for sale', () => {
    fc.assert(
      fc.property(lines, fc.subarray([0, 1, 2, 3, 4]), fc.subarray([5, 6, 7]), (all, basket, gone) => {
        const model = train(all, gone);
        for (const surface of ['cart', 'discover'] as const) {
          const ids = suggest(model, {
            ...ask,
            surface,
            productIds: basket.map((item) => `p${item}`),
            customerId: 'c1',
          }).map((one) => one.productId);
          expect(new Set(ids).size).toBe(ids.length);
          for (const banned of [...basket, ...gone]) expect(ids).not.toContain(`p${banned}`);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('offer everything that is left when asked for more than there is', () => {
    fc.assert(
      fc.property(lines, (all) => {
        const model = train(all);
        const { items } = model.parts.history;
        const basket = items.slice(0, 2);
        expect(suggest(model, { ...ask, surface: 'cart', productIds: basket, customerId: null })).toHaveLength(
          items.length - basket.length,
        );
        expect(suggest(model, { ...ask, surface: 'next', productIds: [], customerId: 'nobody' })).toHaveLength(
          items.length,
        );
      }),
      { numRuns: 25 },
    );
  });

  it('do not depend on the order of the lines or of the basket, and are the same every time', () => {
    fc.assert(
      fc.property(lines, (all) => {
        const answers = [all, [...all].reverse(), all].map((some) => {
          const model = train(some);
          return askingSurfaces.map((surface, turn) =>
            suggest(model, {
              ...ask,
              surface,
              productIds: turn % 2 === 0 ? ['p1', 'p2'] : ['p2', 'p1'],
              customerId: 'c2',
            }),
          );
        });
        expect(answers[1]).toEqual(answers[0]);
        expect(answers[2]).toEqual(answers[0]);
      }),
      { numRuns: 15 },
    );
  });

  it('discover nothing that the customer had, while next may', () => {
    const all = Array.from({ length: 20 }, (_, order) => ({ order, customer: 0, item: order % 3 }));
    const model = train([...all, { order: 21, customer: 0, item: 7 }]);
    const had = all.filter((one) => one.order % 6 === 1).map((one) => `p${one.item}`);
    const discovered = suggest(model, { ...ask, surface: 'discover', productIds: [], customerId: 'c1' }).map(
      (one) => one.productId,
    );
    for (const product of had) expect(discovered).not.toContain(product);
    const next = suggest(model, { ...ask, surface: 'next', productIds: [], customerId: 'c1' });
    expect(had).toContain(next[0]?.productId);
    expect(
      explainInWords(
        next[0] ?? { productId: '', score: 0, source: 'popular', reason: { support: 0, lift: 1, because: null } },
      ),
    ).not.toBe('');
  });

  it('look at nothing after the moment of asking', () => {
    const model = train([
      { order: 1, customer: 0, item: 1 },
      { order: 7, customer: 0, item: 2 },
      { order: 13, customer: 0, item: 3 },
    ]);
    const early = suggest(model, {
      surface: 'discover',
      productIds: [],
      customerId: 'c1',
      at: new Date(2 * day),
      limit: 9,
    }).map((one) => one.productId);
    expect(early).not.toContain('p1');
    expect(early).toContain('p3');
  });

  it('answer an empty history and a shop of one product with nothing rather than itself', () => {
    expect(
      suggest(trainModel(createHistoryBuilder().build()), {
        ...ask,
        surface: 'cart',
        productIds: ['x'],
        customerId: null,
      }),
    ).toEqual([]);
    const one = train([{ order: 1, customer: 0, item: 1 }]);
    expect(suggest(one, { ...ask, surface: 'cart', productIds: ['p1'], customerId: null })).toEqual([]);
  });
});

describe('stored lists', () => {
  it('never hold the product itself or what is not for sale, and are announced in number', () => {
    fc.assert(
      fc.property(lines, fc.subarray([5, 6, 7]), (all, gone) => {
        const { total, rows } = listRows(train(all, gone));
        const made = [...rows];
        expect(made).toHaveLength(total);
        for (const { surface, subjectId, suggestions } of made) {
          const ids = suggestions.map((one) => one.productId);
          expect(new Set(ids).size).toBe(ids.length);
          if (surface !== 'for-you') expect(ids).not.toContain(subjectId);
          for (const banned of gone) expect(ids).not.toContain(`p${banned}`);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('training on threads', () => {
  it('gives the same model bit for bit however many threads share the work', () => {
    const builder = createHistoryBuilder();
    let seed = 7;
    const random = (below: number) =>
      Math.floor(((seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31) * below);
    for (let order = 0; order < 900; order += 1) {
      const theme = random(70);
      for (let item = 0; item < 4; item += 1)
        builder.add(`o${order}`, `c${random(150)}`, new Date(order * 3_600_000), `p${theme * 10 + random(10)}`);
    }
    const history = builder.build();
    const [one, ...others] = [1, 2, 3].map((threads) => {
      const { parts, weights } = trainModel(history, [], { threads });
      return {
        inverse: Buffer.from(parts.linear?.inverse.values.slice() ?? []),
        weights,
        neighbours: parts.neighbours,
      };
    });
    expect(history.items.length).toBeGreaterThan(600);
    for (const other of others) expect(other).toEqual(one);
  });
});
