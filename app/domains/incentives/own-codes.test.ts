import { describe, expect, it } from 'vitest';
import { freeGift, freeShipping, giftFor, goals, orderOff, percent } from '#tests/conformance/carts/offers.ts';
import {
  countUnknown,
  codeHash,
  defaultIncentiveRules,
  largerCodes,
  leavesCodes,
  mostOfCode,
  noOwnCodes,
  type OwnCodes,
  readConversion,
  readOwnCodes,
  shipsFree,
  smallerCodes,
  writeOwnCodes,
} from './index.ts';

const own = (basisPoints: number, minor: number, boundedBps = 0, boundedMinor = 0): OwnCodes => ({
  ...{ basisPoints, minor },
  bounded: { basisPoints: boundedBps, minor: boundedMinor },
});
const euros = readConversion('0.9213', 'USD', 'EUR')!;
const same = readConversion('1.0', 'USD', 'USD')!;

describe('what a code of ours takes off goods at most', () => {
  it.each<[why: string, codes: OwnCodes, goodsMinor: number, most: number]>([
    ['none', noOwnCodes, 5000, 0],
    ['a share, rounded up', own(1000, 0), 4999, 500],
    ['an amount, however small the cart', own(0, 700), 500, 700],
    ['the larger of the two', own(1000, 700), 5000, 700],
    ['the larger of the two in a large cart', own(1000, 700), 9000, 900],
    ['a share up to its bound', own(0, 0, 2000, 300), 5000, 300],
    ['a share below its bound', own(0, 0, 500, 300), 5000, 250],
    ['a bounded share beside an amount', own(0, 400, 2000, 300), 5000, 400],
  ])('%s', (_why, codes, goodsMinor, most) => {
    expect(mostOfCode(codes, goodsMinor, same)).toBe(most);
  });

  it('is in what the shopper pays in', () => {
    expect(mostOfCode(own(0, 500), 5000, euros)).toBe(461);
    expect(mostOfCode(own(0, 0, 5000, 500), 5000, euros)).toBe(461);
    expect(mostOfCode(own(1000, 0), 5000, euros)).toBe(500);
  });
});

describe('the cells', () => {
  it('come back as they were written', () => {
    const codes = own(1500, 2000, 2500, 3000);
    expect(readOwnCodes(writeOwnCodes(codes))).toEqual(codes);
  });

  it.each([
    [[1, 2, 3]],
    [[1, 2, 3, 4, 5]],
    [[10_001, 0, 0, 0]],
    [[0, -1, 0, 0]],
    [[0, 0, 0.5, 0]],
    [[0, 0, 0, '1']],
    [[]],
    ['none-free'],
    [{}],
    [null],
    [undefined],
  ])('are none: %j', (cells: unknown) => {
    expect(readOwnCodes(cells)).toBeNull();
  });
});

describe('of two', () => {
  const [a, b] = [own(1000, 500, 0, 900), own(800, 700, 300, 0)];
  it('either is covered by the larger, and the smaller by either', () => {
    expect(largerCodes(a, b)).toEqual(own(1000, 700, 300, 900));
    expect(smallerCodes(a, b)).toEqual(own(800, 500, 0, 0));
    for (const one of [a, b]) {
      expect(leavesCodes(largerCodes(a, b), one)).toBe(true);
      expect(leavesCodes(one, smallerCodes(a, b))).toBe(true);
    }
    expect(leavesCodes(a, b)).toBe(false);
    expect(leavesCodes(b, a)).toBe(false);
  });
});

it('every code that the store does not know by name may be ours, where anything is left to those', () => {
  const knownCodes = [{ hash: codeHash('TEN'), value: percent(1000) }];
  const rules = { ...defaultIncentiveRules, knownCodes, ownCodes: own(0, 500) };
  expect(countUnknown(['ten', 'OURS', 'ours', ''], rules)).toBe(3);
  expect(countUnknown([], rules)).toBe(0);
  expect(countUnknown(['OURS'], { ...rules, ownCodes: undefined })).toBe(0);
});

it('only a goal of free shipping leaves anything to them', () => {
  expect(shipsFree(goals('c', [[5000, freeShipping]]))).toBe(true);
  expect(
    shipsFree(
      goals('c', [
        [3000, freeGift('9')],
        [5000, orderOff(percent(500))],
      ]),
    ),
  ).toBe(false);
  expect(shipsFree(giftFor('g', [1, ['1']], ['2']))).toBe(false);
});
