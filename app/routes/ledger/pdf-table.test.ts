import { expect, it } from 'vitest';
import { pdfTable } from './pdf-table.ts';
import { fitted, pdfString, widthOf } from './pdf-text.ts';

async function* batches(rows: number) {
  for (let row = 0; row < rows; row += 1) yield [[`row ${String(row)}`, String(row)]];
  await Promise.resolve();
}

async function fileOf(rows: number): Promise<string> {
  const columns = [
    { head: 'What', width: 100, right: false },
    { head: 'Points', width: 60, right: true },
  ];
  const table = { title: 'Statement', lines: ['Café Žižkov', '東京'], columns };
  let file = '';
  for await (const piece of pdfTable(table, batches(rows))) file += piece;
  return file;
}

it.each([
  [0, 1],
  [40, 1],
  [200, 4],
])('%i rows make %i pages, and every object stands where the file says', async (rows, pages) => {
  const file = await fileOf(rows);
  expect(file).toMatch(/^%PDF-1\.4\n/);
  expect(file).toContain(`/Count ${String(pages)} >>`);
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file)?.[1]);
  const entries = [...file.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)];
  expect(entries).toHaveLength(4 + pages * 2);
  for (const [index, [, offset]] of entries.entries())
    expect(file.slice(Number(offset))).toMatch(new RegExp(`^${String(index + 1)} 0 obj\n`));
  for (const [, length, body] of file.matchAll(/\/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/g))
    expect(body).toHaveLength(Number(length));
  for (let row = 0; row < rows; row += 1) expect(file).toContain(`${pdfString(`row ${String(row)}`)} Tj`);
});

it('letters that the font lacks lose their accent or become a question mark; long texts end in an ellipsis', () => {
  expect([pdfString('é€'), pdfString('ő'), pdfString('東')]).toEqual(['<e980>', '<6f>', '<3f>']);
  const text = fitted('a very long text indeed', 8, 40);
  expect([text.endsWith('…'), widthOf(text, 8) <= 40]).toEqual([true, true]);
});
