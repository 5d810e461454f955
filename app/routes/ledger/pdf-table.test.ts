import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textsOfPdf } from '#tests/setup/pdf-texts.ts';
import { openFont } from './pdf-fonts.server.ts';
import { pdfTable } from './pdf-table.server.ts';

const columns = [
  { head: 'What', width: 100, right: false },
  { head: 'Points', width: 60, right: true },
];
const at = new Date('2026-11-23T12:00:00Z');

async function write(rows: readonly (readonly string[])[], title = 'Statement', lines: readonly string[] = []) {
  async function* batches() {
    for (let from = 0; from < rows.length; from += 50) yield rows.slice(from, from + 50);
    await Promise.resolve();
  }
  const pieces: Buffer[] = [];
  for await (const piece of pdfTable({ title, lines, columns, at }, batches())) pieces.push(piece);
  return { pieces, file: Buffer.concat(pieces) };
}
/** A cell as its pieces, each with the font that it is drawn in. */
async function pieces(text: string): Promise<[string, string][]> {
  const texts = textsOfPdf((await write([[text, '1']])).file);
  const from = texts.findIndex((one) => one.text === 'Points') + 1;
  return texts.slice(from, -1).map((one) => [one.font, one.text]);
}

it.each([
  [0, 1],
  [40, 1],
  [60, 2],
  [200, 4],
])('%i rows make %i pages, each with its heads and its number, and every row stands once', async (rows, pages) => {
  const made = await write(Array.from({ length: rows }, (_, row) => [`row ${String(row)}`, String(row)]));
  const texts = textsOfPdf(made.file);
  expect(new Set(texts.map(({ page }) => page)).size).toBe(pages);
  for (let page = 1; page <= pages; page += 1) {
    const own = texts.filter((one) => one.page === page).map(({ text }) => text);
    expect(own).toEqual(expect.arrayContaining([`Page ${String(page)}`, 'What', 'Points']));
    expect(own.filter((text) => text === 'What')).toHaveLength(1);
  }
  const cells = texts.map(({ text }) => text).filter((text) => text.startsWith('row '));
  expect(cells).toEqual(Array.from({ length: rows }, (_, row) => `row ${String(row)}`));
  for (const { x, y } of texts) expect([x >= 40, x < 555, y > 15, y < 842]).toEqual([true, true, true, true]);
});

it.each([
  ['Café Žižkov, 5 €', [['Roboto-Regular', 'Café Žižkov, 5 €']]],
  ['Zażółć gęślą jaźń', [['Roboto-Regular', 'Zażółć gęślą jaźń']]],
  ['Ελληνικό', [['Roboto-Regular', 'Ελληνικό']]],
  ['Магазин їжі', [['Roboto-Regular', 'Магазин їжі']]],
  ['Cửa hàng', [['Roboto-Regular', 'Cửa hàng']]],
  ['e\u{301} is é', [['Roboto-Regular', 'é is é']]],
  ['東京ショップ', [['Kosugi-Regular', '東京ショップ']]],
  ['東京 Shop', [['Kosugi-Regular', '東京 Shop']]],
  [
    'Łódź 東京',
    [
      ['Roboto-Regular', 'Łódź '],
      ['Kosugi-Regular', '東京'],
    ],
  ],
])('“%s” is drawn in fonts that have its letters', async (text, expected) => {
  expect(await pieces(text)).toEqual(expected);
});

it.each([
  ['none has', 'a 𓀀 b', 'a □ b'],
  ['Chinese that Japanese lacks', '简', '□'],
  ['Hebrew', 'שלום', '□□□□'],
  ['Korean', '한국', '□□'],
  ['a family of emoji is one', '👩‍👩‍👧!', '□!'],
  ['NUL', 'a\u{0}b', 'a□b'],
  ['a control sign', 'a\u{1b}[0m', 'a□[0m'],
  ['half of a pair', 'a\u{d800}b', 'a\u{fffd}b'],
  ['lines and tabs', 'a\n\tb', 'a b'],
  ['marks without a shape', 'a\u{200b}\u{feff}\u{200f}東', 'a東'],
  ['what stands for other letters', '㈱東京 ﾄｰｷｮｰ', '(株)東京 トーキョー'],
  ['nothing but marks', '\u{200b}', ''],
])('%s: a box for a letter, and the file is whole', async (_what, text, shown) => {
  expect((await pieces(text)).map(([, piece]) => piece).join('')).toBe(shown);
});

it('whatever a text holds, each line is drawn and every sign of it is a letter or a box', async () => {
  const cell = fc.string({
    unit: fc.constantFrom('grapheme', 'binary').chain((unit) => fc.string({ unit, minLength: 1, maxLength: 2 })),
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { maxLength: 8 }), async (cells) => {
      const texts = textsOfPdf((await write(cells.map((text) => [text, 'end']))).file);
      expect(texts.filter(({ text }) => text === 'end')).toHaveLength(cells.length);
      expect(texts.filter(({ text }) => /undefined|\p{Cc}|\p{Cs}/u.test(text))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

it('a long text ends in an ellipsis before the next column; numbers end at the right', async () => {
  for (const long of ['a very long text indeed, with more', '東京'.repeat(50), 'x'.repeat(100_000), '👩‍👩‍👧'.repeat(900)]) {
    const shown = (await pieces(long)).map(([, piece]) => piece).join('');
    expect(shown).toMatch(/^.{6,60}…$/u);
  }
  const texts = textsOfPdf(
    (
      await write([
        ['a', '7'],
        ['b', '1234567'],
      ])
    ).file,
  );
  const end = (number: string) => {
    const { x = 0 } = texts.find(({ text }) => text === number) ?? {};
    const font = openFont('text');
    return x + (font.layout(number).advanceWidth * 7.5) / font.unitsPerEm;
  };
  expect(end('7')).toBeCloseTo(196, 1);
  expect(end('1234567')).toBeCloseTo(196, 1);
});

it('says what it is, in which language, and is the same whenever it is written', async () => {
  const [one, other] = [await write([['東', '1']], 'Ledger of Łódź'), await write([['東', '1']], 'Ledger of Łódź')];
  const all = one.file.toString('latin1');
  expect(all).toContain('/Lang (en)');
  expect(all).toContain('/DisplayDocTitle true');
  expect(all).toContain('(D:20261123120000Z)');
  expect(Buffer.from(all, 'latin1').includes(Buffer.from('\u{feff}Ledger of Łódź', 'utf16le').swap16())).toBe(true);
  expect(one.file.equals(other.file)).toBe(true);
});

it('gives a page as soon as it is drawn', async () => {
  let taken = 0;
  async function* batches() {
    for (; taken < 1_000; taken += 1) yield [['row', '1']];
    await Promise.resolve();
  }
  for await (const piece of pdfTable({ title: 'Statement', lines: [], columns, at }, batches())) {
    expect(piece.length).toBeGreaterThan(0);
    break;
  }
  expect(taken).toBeLessThan(120);
});
