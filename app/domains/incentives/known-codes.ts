import { hash32 } from '#app/shared/assignment.ts';
import type { DiscountValue, IncentiveRules, KnownCode } from './model.ts';

/** Codes of the store that a configuration names at most; all others are taken for as large as the largest of them. */
export const mostKnownCodes = 100;

/** By what the checkout knows a code that was typed: letters of the alphabet count as capitals. */
export function codeHash(code: string): number {
  return hash32(code.replace(/[a-z]/g, (letter) => letter.toUpperCase()));
}

/** Hash and size in turn: basis points, or minor units of the shop's currency below zero. */
export function writeKnownCodes(codes: readonly KnownCode[]): number[] {
  return codes.flatMap(({ hash, value }) => [hash, value.type === 'percentage' ? value.basisPoints : -value.minor]);
}

const isWhole = (value: unknown, from: number, to: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;

/** Reads them back; null for what nobody writes. */
export function readKnownCodes(cells: unknown): KnownCode[] | null {
  if (!Array.isArray(cells) || cells.length % 2 !== 0) return null;
  const codes: KnownCode[] = [];
  for (let at = 0; at < cells.length; at += 2) {
    const hash: unknown = cells[at];
    const size: unknown = cells[at + 1];
    if (!isWhole(hash, 0, 0xffffffff) || !isWhole(size, -Number.MAX_SAFE_INTEGER, 10_000)) return null;
    const value: DiscountValue =
      size < 0 ? { type: 'amount', minor: -size } : { type: 'percentage', basisPoints: size };
    codes.push({ hash, value });
  }
  return codes;
}

/** The same rules where there is no room for names: every code is taken for the largest. */
export function withoutNames(rules: IncentiveRules): IncentiveRules {
  const { knownCodes = [], codeReserve } = rules;
  const sizes = knownCodes.map(({ value }) => (value.type === 'percentage' ? value.basisPoints : 9999));
  if (codeReserve === 'exact') return { ...rules, knownCodes: [] };
  return { ...rules, codeReserve: Math.min(9999, Math.max(codeReserve, ...sizes)), knownCodes: [] };
}
