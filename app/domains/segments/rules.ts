import { type Group, groups, type Score, scores, type Square } from './model.ts';

/** Fewer buyers than this are divided as well, with a word that it says little. */
export const leastBuyers = 50;

/**
 * Which group a customer belongs to: a row for each recency from 1 up, a column for each mean of frequency and money.
 * The names and their places follow the grid that most tools use (recency against the mean of the two others).
 */
const grid: readonly (readonly Group[])[] = [
  ['lost', 'hibernating', 'at-risk', 'cannot-lose', 'cannot-lose'],
  ['about-to-sleep', 'about-to-sleep', 'at-risk', 'at-risk', 'cannot-lose'],
  ['promising', 'attention', 'attention', 'loyal', 'loyal'],
  ['promising', 'potential', 'loyal', 'loyal', 'champions'],
  ['new', 'potential', 'potential', 'champions', 'champions'],
];

/** @param value the mean of frequency and money, see `valueOf` */
export function groupOf(recency: Score, value: Score): Group {
  return grid[recency - 1]?.[value - 1] ?? 'lost';
}

/** The mean of frequency and money, halves rounded up. */
export const valueOf = (frequency: Score, money: Score): Score => Math.ceil((frequency + money) / 2) as Score;

/** The grid row by row, as the database looks groups up: entry (recency - 1) × 5 + value - 1. */
export const groupGrid: readonly Group[] = grid.flat();

/** All 25 squares, the latest buyers' row first, the least valuable square of a row first; empty ones included. */
export function mapOf(squares: readonly Square[]): Square[][] {
  return scores.toReversed().map((recency) =>
    scores.map(
      (value) =>
        squares.find((one) => one.recency === recency && one.value === value) ?? {
          recency,
          value,
          group: groupOf(recency, value),
          customers: 0,
          spentMinor: 0,
        },
    ),
  );
}

export const isGroup = (text: string): text is Group => (groups as readonly string[]).includes(text);

export type Confidence = 'rough' | 'fair' | 'good';

/** How far the groups can be trusted: the mean chance that a customer is in the right one. */
export function confidenceOf(buyers: number, sure: number): Confidence {
  if (buyers < leastBuyers) return 'rough';
  const share = buyers === 0 ? 0 : sure / buyers;
  return share >= 0.85 ? 'good' : share >= 0.6 ? 'fair' : 'rough';
}
