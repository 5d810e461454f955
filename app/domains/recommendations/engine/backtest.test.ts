import { describe, expect, it } from 'vitest';
import { backtest } from './backtest.ts';
import { createHistoryBuilder } from './history.ts';
import { meanOf, seeded, shareOf } from './intervals.ts';

const day = 86_400_000;

/** Couples p0+p1, p2+p3, …: whoever buys one of a couple buys the other. */
function couples(orders: number) {
  const builder = createHistoryBuilder();
  for (let order = 0; order < orders; order += 1) {
    const couple = (order * 7) % 10;
    for (const item of [couple * 2, couple * 2 + 1])
      builder.add(`o${order}`, `c${order % 8}`, new Date(order * day), `p${item}`);
  }
  return builder.build();
}

describe('the backtest', () => {
  it('learns from the earlier orders alone and finds what goes together', () => {
    const result = backtest(couples(200), [], { shown: 3 });
    expect(result).toMatchObject({ taught: 160, asked: 40, shown: 3, cutAt: 160 * day });
    const cart = result.surfaces.find((one) => one.surface === 'cart');
    expect(cart?.cases).toBe(40);
    expect(cart?.blend.hitRate.value).toBe(1);
    expect(cart?.blend.hitRate.low).toBeGreaterThan(0.9);
    expect(cart?.sources.find((one) => one.source === 'together')?.ndcg.value).toBe(1);
    expect(cart?.sources.find((one) => one.source === 'own-habit')?.hitRate.value).toBeLessThan(1);
    expect(cart?.examples[0]?.bought).toHaveLength(1);
  });

  it('asks the same carts without knowing whose they are, of what is heard there', () => {
    // Whoever comes buys their own product beside something that anybody may buy.
    const builder = createHistoryBuilder();
    for (let order = 0; order < 400; order += 1) {
      const customer = (order * 13) % 40;
      for (const item of [`own${String(customer)}`, `any${String((order * 7 + (order >> 3)) % 5)}`])
        builder.add(`o${String(order)}`, `c${String(customer)}`, new Date(order * day), item);
    }
    const { surfaces } = backtest(builder.build(), [], { shown: 3 });
    const [cart, guest] = ['cart', 'guest'].map((id) => surfaces.find(({ surface }) => surface === id));
    expect(guest?.cases).toBe(cart?.cases);
    expect(cart?.sources.map(({ source }) => source)).toContain('own-habit');
    expect(guest?.sources.map(({ source }) => source)).toEqual([
      ...['together', 'basket-model', 'basket-neighbours', 'content', 'prior'],
      ...['trending', 'popular', 'established', 'last-year'],
    ]);
    expect(cart?.blend.hitRate.value).toBeGreaterThan((guest?.blend.hitRate.value ?? 1) + 0.1);
  });

  it('is not changed by what comes after the asked orders or by threads, and says the same every time', () => {
    expect(backtest(couples(120), [], { threads: 2 })).toEqual(backtest(couples(120), []));
  });

  it.each([
    ['no order at all', 0],
    ['a single order', 1],
    ['two orders', 2],
  ])('answers %s with no case rather than an error', (_, orders) => {
    const { surfaces } = backtest(couples(orders), []);
    expect(surfaces.map((one) => one.surface)).toEqual(['cart', 'next', 'discover', 'guest']);
    for (const { cases, blend } of surfaces)
      if (cases === 0) expect(blend.hitRate).toEqual({ value: 0, low: 0, high: 1 });
  });
});

describe('intervals', () => {
  // Reference values: Wilson score interval without continuity correction, z = 1.96.
  it.each([
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [50, 100, 0.4038, 0.5962],
  ])('of %i hits in %i cases are Wilson’s', (hits, cases, low, high) => {
    const found = shareOf(hits, cases);
    expect(found.low).toBeCloseTo(low, 3);
    expect(found.high).toBeCloseTo(high, 3);
  });

  it('of a mean hold it and narrow with more values', () => {
    const few = meanOf([0, 1, 0, 1], seeded(3));
    const many = meanOf(
      Array.from({ length: 400 }, (_, k) => k % 2),
      seeded(3),
    );
    for (const { low, value, high } of [few, many]) {
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
    expect(many.high - many.low).toBeLessThan(few.high - few.low);
  });
});
