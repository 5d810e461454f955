import { describe, expect, it } from 'vitest';
import { addReports, nothing, piecesOf } from './pieces.ts';

describe('a long file', () => {
  it('goes in pieces that each have the heads, and no line is lost', () => {
    const lines = Array.from({ length: 20_000 }, (_, k) => `customer-${String(k)}@example.com,${String(k)}`);
    const pieces = piecesOf(['email,points', ...lines].join('\r\n'));
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.flatMap((piece) => piece.split('\n').slice(1))).toEqual(lines);
    for (const piece of pieces) expect(piece.startsWith('email,points\n')).toBe(true);
  });

  it('adds up what its pieces did', () => {
    const one = { customers: 1, points: 2, unknown: 3, empty: 4, unreadable: 5, given: 6, before: 7 };
    expect(addReports(addReports(nothing, one), one)).toEqual({
      customers: 2,
      points: 4,
      unknown: 6,
      empty: 8,
      unreadable: 10,
      given: 12,
      before: 14,
    });
  });
});
