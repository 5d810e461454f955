import { describe, expect, it } from 'vitest';
import { codeHash, mostKnownCodes } from './known-codes.ts';
import { matrixOf } from './stacking.ts';
import { codesBesideBundles, knownCodesOf, selectStoreCodes, type StoreDiscount } from './store-codes.ts';

const all = { product: true, order: true, shipping: true };
const percent = (basisPoints: number) => ({ type: 'percentage' as const, basisPoints });
const discount = (code: string, more: Partial<StoreDiscount> = {}): StoreDiscount => ({
  codes: [code],
  hasMore: false,
  classes: ['order'],
  value: percent(2000),
  combinesWith: all,
  single: false,
  ...more,
});
const everywhere = matrixOf(() => true);

describe('the codes of a store', () => {
  it('are known by hash, the largest first, amounts before all shares', () => {
    const codes = selectStoreCodes([
      discount('ten', { value: percent(1000) }),
      discount('AMOUNT', { value: { type: 'amount', minor: 1500 } }),
      discount('HALF', { value: percent(5000) }),
    ]);
    expect(codes.rest).toBe(0);
    expect(knownCodesOf(codes, everywhere)).toEqual([
      { hash: codeHash('AMOUNT'), value: { type: 'amount', minor: 1500 } },
      { hash: codeHash('HALF'), value: percent(5000) },
      { hash: codeHash('TEN'), value: percent(1000) },
    ]);
  });

  it('take nothing where the store, or the merchant’s matrix, lets them stand beside none of ours', () => {
    const codes = selectStoreCodes([
      discount('ALONE', { combinesWith: { ...all, product: false, order: false } }),
      discount('ORDER'),
      discount('SHIP', { classes: ['shipping'], value: percent(10_000) }),
    ]);
    const sizes = (stands: Parameters<typeof matrixOf>[0]) =>
      new Map(knownCodesOf(codes, matrixOf(stands)).map(({ hash, value }) => [hash, value]));
    expect(sizes(() => true).get(codeHash('ORDER'))).toEqual(percent(2000));
    expect(sizes((pair) => pair === 'product-product').get(codeHash('ORDER'))).toEqual(percent(0));
    expect(sizes((pair) => pair === 'product-order').get(codeHash('ORDER'))).toEqual(percent(2000));
    for (const code of ['ALONE', 'SHIP']) expect(sizes(() => true).get(codeHash(code))).toEqual(percent(0));
  });

  it('without a name count as the largest of them', () => {
    const rest = (...discounts: StoreDiscount[]) => selectStoreCodes(discounts).rest;
    expect(rest(discount('A', { hasMore: true }))).toBe(2000);
    expect(rest(discount('ÄÖ', { value: percent(3000) }))).toBe(3000);
    expect(rest(discount('A', { hasMore: true, value: { type: 'amount', minor: 1 } }))).toBe(9999);
    const many = Array.from({ length: mostKnownCodes + 2 }, (_, at) => discount(`C${at}`, { value: percent(at + 1) }));
    expect(selectStoreCodes(many)).toMatchObject({ rest: 2 });
    expect(selectStoreCodes(many).named).toHaveLength(mostKnownCodes);
    expect(rest(discount('ONCE', { single: true, value: percent(0) }))).toBe(0);
  });

  it('beside a bundle take what their class may, with one for all that have no name', () => {
    const codes = {
      named: [
        [1, 2500, 2],
        [2, -500, 8],
        [3, 3000, 1],
        [4, 0, 0],
      ] as const,
      rest: 700,
    };
    expect(codesBesideBundles(codes, everywhere)).toEqual([
      { class: 'product', value: percent(3000) },
      { class: 'product', value: percent(700) },
      { class: 'order', value: percent(2500) },
      { class: 'order', value: percent(700) },
    ]);
    expect(
      codesBesideBundles(
        codes,
        matrixOf((pair) => pair === 'order-order'),
      ),
    ).toEqual([]);
  });
});
