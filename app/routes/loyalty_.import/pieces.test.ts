import { describe, expect, it } from 'vitest';
import { addReports, decodeFile, nothing, piecesOf } from './pieces.ts';

describe('a long file', () => {
  it('goes in pieces that each have the heads, and no line is lost', () => {
    const lines = Array.from({ length: 20_000 }, (_, k) => `customer-${String(k)}@example.com,${String(k)}`);
    const pieces = piecesOf(['email,points', ...lines].join('\r\n'));
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.flatMap(({ text }) => text.split('\n').slice(1))).toEqual(lines);
    for (const { text, skipped } of pieces) {
      expect(text.startsWith('email,points\n')).toBe(true);
      expect(text.split('\n')[1], 'its first line').toBe(lines[skipped]);
      expect(JSON.stringify(text).length).toBeLessThan(200_000);
    }
  });

  it('is measured as it is sent, so that no writing is too long for the server', () => {
    const lines = Array.from({ length: 4_000 }, (_, k) => `"山田 太郎 様 ${String(k)}",a@example.com,5`);
    const pieces = piecesOf(['name,email,points', ...lines].join('\n'));
    for (const { text } of pieces)
      expect(new TextEncoder().encode(JSON.stringify({ text })).length).toBeLessThan(200_000);
    expect(pieces.flatMap(({ text }) => text.split('\n').slice(1))).toHaveLength(4_000);
  });

  it('keeps a quoted cell over several lines whole, and goes on after a quote too many', () => {
    const note = 'a@example.com,"first\nsecond",5';
    const rows = Array.from({ length: 9_000 }, () => note);
    const pieces = piecesOf(['email,note,points', ...rows].join('\n'));
    expect(pieces.length).toBeGreaterThan(1);
    for (const { text } of pieces) expect((text.split('\n').length - 1) % 2).toBe(0);
    expect(pieces[1]?.skipped).toBe((pieces[0]?.text.split('\n').length ?? 0) - 1);

    const broken = ['email,points', 'a"@example.com,5', ...Array.from({ length: 9_000 }, () => 'b@example.com,7')];
    expect(piecesOf(broken.join('\n')).length, 'not one piece of everything').toBeGreaterThan(0);
    expect(piecesOf(broken.join('\n')).flatMap(({ text }) => text.split('\n').slice(1))).toHaveLength(9_001);
  });

  it('leaves out what Excel says of the divider, and counts it as a line', () => {
    expect(piecesOf('sep=;\r\nemail;points\r\na@example.com;5')).toEqual([
      { text: 'email;points\na@example.com;5', skipped: 1 },
    ]);
  });
});

it.each([
  ['UTF-8', new TextEncoder().encode('Zoë;5')],
  ['UTF-8 with its mark', new TextEncoder().encode('\uFEFFZoë;5')],
  [
    'UTF-16 of a spreadsheet',
    new Uint8Array([0xff, 0xfe, ...new Uint8Array(new Uint16Array([...'Zoë;5'].map((c) => c.charCodeAt(0))).buffer)]),
  ],
  ['Windows', new Uint8Array([0x5a, 0x6f, 0xeb, 0x3b, 0x35])],
])('reads a file in %s', (_name, bytes) => {
  expect(decodeFile(bytes)).toBe('Zoë;5');
});

it('adds up what pieces did, and names lines as the file counts them', () => {
  const columns = { email: 'Email', customerId: null, points: 'Points', delimiter: ',' } as const;
  const line = { line: 3, why: 'unclear', points: '1.234' } as const;
  const one = {
    columns,
    customers: 1,
    points: 2,
    rounded: 8,
    unknown: 3,
    empty: 4,
    refused: 1,
    refusedLines: [line],
    given: 6,
    before: 7,
  };
  expect(addReports(addReports(nothing, one, 0), one, 1_000)).toEqual({
    columns,
    customers: 2,
    points: 4,
    rounded: 16,
    unknown: 6,
    empty: 8,
    refused: 2,
    refusedLines: [line, { ...line, line: 1_003 }],
    given: 12,
    before: 14,
  });
  const many = { ...one, refusedLines: Array.from({ length: 20 }, (_, k) => ({ ...line, line: k + 2 })) };
  expect(addReports(many, many, 100).refusedLines).toHaveLength(20);
});
