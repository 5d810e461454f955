import { describe, expect, it } from 'vitest';
import type { CatalogItem } from '../model.ts';
import { suggest } from './suggest.ts';
import { groupOf, strangers } from './customer-groups.ts';
import { createHistoryBuilder } from './history.ts';
import { profileOf } from './question.ts';
import { trainModel } from './train-model.ts';

const dayMs = 86_400_000;

/** Two sorts of customers: some buy cheap things, some dear ones; every product of a sort is bought as often. */
function twoSorts() {
  const builder = createHistoryBuilder();
  for (let order = 0; order < 400; order += 1) {
    const customer = order % 40;
    const sort = customer % 2 === 0 ? 'cheap' : 'dear';
    // Six products of a sort, in turn; the last three only within the last weeks.
    const product = order < 320 ? Math.floor(order / 40) % 3 : 3 + (Math.floor(order / 2) % 3);
    builder.add(`o${order}`, `c${customer}`, new Date(order * dayMs), `${sort}-${product}`);
  }
  const history = builder.build();
  const catalog = history.items.map((productId): CatalogItem => ({
    productId,
    title: productId,
    productType: '',
    vendor: '',
    tags: [],
    priceMinor: productId.startsWith('cheap') ? 500 : 90_000,
    sellable: true,
  }));
  return trainModel(history, catalog, { threads: 1 });
}

describe('popularity among customers alike', () => {
  const model = twoSorts();
  const { groups, history } = model.parts;
  const end = (history.basketAt.at(-1) ?? 0) + dayMs;
  const groupAt = (customer: string, moment: number) =>
    groupOf(groups, profileOf(history, history.customerIndex.get(customer) ?? -1, moment));

  it('tells customers apart by what they bought before, and strangers from all of them', () => {
    expect(groupAt('c0', end)).toBe(groupAt('c2', end));
    expect(groupAt('c0', end)).not.toBe(groupAt('c1', end));
    expect(groupAt('nobody', end)).toBe(strangers);
    expect(groupAt('c0', 0)).toBe(strangers);
  });

  it('is what their group bought, and the shop’s where the group is silent', () => {
    const shares = model.parts.popularityAmong(end, groupAt('c1', end));
    const of = (product: string) => shares[history.itemIndex.get(product) ?? -1] ?? 0;
    expect(of('dear-4')).toBeGreaterThan(2 * of('cheap-4'));
    expect(of('cheap-4')).toBeGreaterThan(0);
    // In the first days nobody has come back yet.
    const early = 5 * dayMs;
    const silent = [...model.parts.popularityAmong(early, groupAt('c1', end))];
    silent.forEach((share, item) => expect(share).toBeCloseTo(model.parts.popularity(early, 30)[item] ?? NaN, 6));
    expect(Math.max(...silent)).toBeGreaterThan(0);
  });

  it('is learnt, reported and explained like every source', () => {
    const blend = model.report.blends.find((one) => one.surface === 'next');
    expect(blend?.weights).toHaveProperty('popular-among');
    expect(blend?.weights).toHaveProperty('last-year');
    expect(model.report.blends.find((one) => one.surface === 'cart')?.weights['popular-among'] ?? 0).toBe(0);
    const [first] = suggest(model, { surface: 'next', productIds: [], customerId: 'c1', at: new Date(end), limit: 1 });
    expect(first?.productId).toMatch(/^dear/);
  });

  it('counts a basket for the group of before it alone', () => {
    // A first basket tells nothing of who fills it before it is bought.
    const first = history.basketCustomer.indexOf(3);
    const day = Math.floor((history.basketAt[first] ?? 0) / dayMs) - groups.sold.first;
    expect(groups.sold.baskets[day * groups.sold.groups + strangers]).toBe(1);
  });
});

describe('the same weeks of last year', () => {
  const sell = (days: number) => {
    const builder = createHistoryBuilder();
    for (let day = 0; day < days; day += 1) {
      const winter = day % 365 < 60;
      for (let order = 0; order < 3; order += 1)
        builder.add(`o${day}-${order}`, null, new Date(day * dayMs), winter && order === 0 ? 'sledge' : `p${order}`);
    }
    return trainModel(builder.build(), [], { threads: 1 });
  };

  it('are silent before the shop knows them whole', () => {
    expect(sell(300).parts.popularityLastYear(300 * dayMs)).toBeNull();
    expect(sell(380).parts.popularityLastYear(380 * dayMs)).toBeNull();
  });

  it('bring back what sold then, the days ahead included', () => {
    const { parts } = sell(729);
    // The third of December: the season is still to come.
    const shares = parts.popularityLastYear(720 * dayMs) ?? new Float32Array(0);
    const sledge = parts.history.itemIndex.get('sledge') ?? -1;
    expect(shares[sledge]).toBeGreaterThan(0.1);
    expect(parts.popularity(720 * dayMs, 30)[sledge]).toBeLessThan(0.01);
  });
});
