import { kindOf } from './kinds/registry.ts';
import type { Offer, OwnCodes } from './model.ts';
import type { Conversion } from './rate.ts';

/** Codes that take nothing off goods. */
export const noOwnCodes: OwnCodes = { basisPoints: 0, minor: 0, bounded: { basisPoints: 0, minor: 0 } };

/** As a configuration and a shop keep them: two shares and two amounts in turn. */
export type OwnCodeCells = readonly [basisPoints: number, minor: number, boundedBps: number, boundedMinor: number];

export function writeOwnCodes({ basisPoints, minor, bounded }: OwnCodes): OwnCodeCells {
  return [basisPoints, minor, bounded.basisPoints, bounded.minor];
}

const mostOfCell = [10_000, Number.MAX_SAFE_INTEGER, 10_000, Number.MAX_SAFE_INTEGER] as const;

/** Reads them back; null for what nobody writes. */
export function readOwnCodes(cells: unknown): OwnCodes | null {
  if (!Array.isArray(cells) || cells.length !== mostOfCell.length) return null;
  const numbers: number[] = [];
  for (const [at, most] of mostOfCell.entries()) {
    const cell: unknown = cells[at];
    if (typeof cell !== 'number' || !Number.isInteger(cell) || cell < 0 || cell > most) return null;
    numbers.push(cell);
  }
  const [basisPoints = 0, minor = 0, boundedBps = 0, boundedMinor = 0] = numbers;
  return { basisPoints, minor, bounded: { basisPoints: boundedBps, minor: boundedMinor } };
}

/** Each number chosen of the two. */
const each = (a: OwnCodes, b: OwnCodes, choose: (one: number, other: number) => number): OwnCodes => ({
  basisPoints: choose(a.basisPoints, b.basisPoints),
  minor: choose(a.minor, b.minor),
  bounded: {
    basisPoints: choose(a.bounded.basisPoints, b.bounded.basisPoints),
    minor: choose(a.bounded.minor, b.bounded.minor),
  },
});

/** What any code of the two takes at most. */
export const largerCodes = (a: OwnCodes, b: OwnCodes): OwnCodes => each(a, b, Math.max);

/** What is left to codes for certain, where one of the two is. */
export const smallerCodes = (a: OwnCodes, b: OwnCodes): OwnCodes => each(a, b, Math.min);

/** Whether as much is left as these codes take. */
export function leavesCodes(left: OwnCodes, codes: OwnCodes): boolean {
  const cells = writeOwnCodes(codes);
  return writeOwnCodes(left).every((cell, at) => cell >= (cells[at] ?? 0));
}

/** What one of them takes off these goods at most, in what the shopper pays in. */
export function mostOfCode(
  { basisPoints, minor, bounded }: OwnCodes,
  goodsMinor: number,
  { nearest }: Conversion,
): number {
  const share = (bps: number): number => Math.ceil((goodsMinor * bps) / 10_000);
  return Math.max(share(basisPoints), nearest(minor), Math.min(share(bounded.basisPoints), nearest(bounded.minor)));
}

/** Whether a goal of the offer makes shipping free. */
export const shipsFree = (offer: Offer): boolean =>
  kindOf(offer)
    .goals?.(offer)
    .tiers.some(({ reward }) => reward.type === 'free-shipping') ?? false;
