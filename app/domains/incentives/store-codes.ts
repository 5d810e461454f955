import { codeHash, mostKnownCodes } from './known-codes.ts';
import type { CombinesWith, DiscountClass, DiscountValue, KnownCode, StackMatrix } from './model.ts';

/** A discount of the store that codes give. */
export interface StoreDiscount {
  /** texts of its codes, as many as are known */
  readonly codes: readonly string[];
  /** it has others */
  readonly hasMore: boolean;
  readonly classes: readonly DiscountClass[];
  readonly value: DiscountValue;
  readonly combinesWith: CombinesWith;
  /** each code works once: not worth a name */
  readonly single: boolean;
}

/** What is kept of them: hash, basis points or minor units below zero, and beside which of our discounts it stands. */
export type StoreCode = readonly [hash: number, size: number, beside: number];

/** What a shop knows of the codes of its store. */
export interface StoreCodes {
  readonly named: readonly StoreCode[];
  /** the largest share that any other takes beside discounts of ours, basis points */
  readonly rest: number;
}

const goods = ['product', 'order'] as const;
/** One bit for each pair of a class of ours and one of a code's. */
const bits = goods.flatMap((own, at) => goods.map((other, place) => ({ own, other, bit: 2 ** (at * 2 + place) })));

const everything = 9999;
const besideOf = ({ classes, combinesWith }: Pick<StoreDiscount, 'classes' | 'combinesWith'>): number =>
  bits.reduce((mask, { own, other, bit }) => mask + (combinesWith[own] && classes.includes(other) ? bit : 0), 0);

/** An amount may be everything, where the cart is small. */
const shareOf = (size: number): number => (size < 0 ? everything : Math.min(size, everything));

/**
 * Which codes are kept by name: those that take most, then those that take nothing beside discounts of ours, so that
 * nothing is left to them. Whatever has no name counts as large as the largest without one.
 */
export function selectStoreCodes(discounts: readonly StoreDiscount[]): StoreCodes {
  let rest = 0;
  const found: StoreCode[] = [];
  for (const discount of discounts) {
    const { codes, hasMore, value, single } = discount;
    const beside = besideOf(discount);
    const size = beside === 0 ? 0 : value.type === 'percentage' ? value.basisPoints : -value.minor;
    // Other alphabets have more than one way to write a capital letter.
    const named = single && size === 0 ? [] : codes.filter((code) => /^[\x20-\x7e]+$/.test(code));
    if (hasMore || named.length < codes.length) rest = Math.max(rest, shareOf(size));
    for (const code of named) found.push([codeHash(code), size, beside]);
  }
  const bySize = found.sort((a, b) => shareOf(b[1]) - shareOf(a[1]) || a[1] - b[1] || a[0] - b[0]);
  const first = new Map<number, StoreCode>();
  for (const code of bySize) if (!first.has(code[0])) first.set(code[0], code);
  const distinct = [...first.values()];
  for (const [, size] of distinct.slice(mostKnownCodes)) rest = Math.max(rest, shareOf(size));
  return { named: distinct.slice(0, mostKnownCodes), rest };
}

/** False where an amount has no name: it may be everything that a small cart costs, and how much is not kept. */
export const isRestKnown = ({ rest }: StoreCodes): boolean => rest < everything;

/** What they take off beside discounts of ours, by the merchant's matrix. */
export function knownCodesOf({ named }: StoreCodes, matrix: StackMatrix): KnownCode[] {
  const stands = bits.reduce((mask, { own, other, bit }) => mask + (matrix[own][other] ? bit : 0), 0);
  return named.map(([hash, size, beside]): KnownCode => {
    if ((beside & stands) === 0) return { hash, value: { type: 'percentage', basisPoints: 0 } };
    const value: DiscountValue =
      size < 0 ? { type: 'amount', minor: -size } : { type: 'percentage', basisPoints: size };
    return { hash, value };
  });
}

/**
 * What they take off goods beside a discount of ours off single goods, by the merchant's matrix, with their class; those
 * that take nothing are left out. Beside each other two of them may stand less often than this says.
 */
export function codesBesideBundles(
  { named, rest }: StoreCodes,
  { product }: StackMatrix,
): { readonly class: (typeof goods)[number]; readonly value: DiscountValue }[] {
  const sizes = bits.flatMap(({ own, other, bit }) => {
    if (own !== 'product' || !product[other]) return [];
    const of = named.flatMap(([, size, beside]) => (Math.floor(beside / bit) % 2 === 1 ? [size] : []));
    return [...of, rest].filter((size) => size !== 0).map((size) => ({ class: other, size }));
  });
  return sizes.map(({ class: other, size }) => ({
    class: other,
    value: size < 0 ? { type: 'amount', minor: -size } : { type: 'percentage', basisPoints: size },
  }));
}
