import { fitted, pdfString, widthOf } from './pdf-text.ts';

export interface PdfColumn {
  readonly head: string;
  /** points */
  readonly width: number;
  /** numbers stand at the right */
  readonly right: boolean;
}

export interface PdfTable {
  readonly title: string;
  /** under the title, on the first page */
  readonly lines: readonly string[];
  readonly columns: readonly PdfColumn[];
}

/** A4, points. */
const page = { width: 595, height: 842, margin: 40 };
const size = { title: 14, text: 9, cell: 8 };
const rowHeight = 14;
const gap = 4;

/**
 * A table as a PDF file of as many pages as it takes, piece by piece: no more than a page is held at once. Source: ISO
 * 32000-1; the numbers of objects are 1 catalogue, 2 pages, 3 and 4 fonts, then two for each page.
 */
export async function* pdfTable(table: PdfTable, batches: AsyncIterable<readonly (readonly string[])[]>) {
  const offsets: number[] = [];
  let written = 0;
  const piece = (text: string): string => {
    written += text.length;
    return text;
  };
  const object = (number: number, body: string): string => {
    offsets[number] = written;
    return piece(`${String(number)} 0 obj\n${body}\nendobj\n`);
  };
  const font = (name: string) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
  yield piece('%PDF-1.4\n');
  yield object(1, '<< /Type /Catalog /Pages 2 0 R >>');
  yield object(3, font('Helvetica'));
  yield object(4, font('Helvetica-Bold'));
  const pages: number[] = [];
  const endPage = (drawn: readonly string[]): string => {
    const number = 5 + pages.length * 2;
    pages.push(number);
    const footer = write('F1', size.cell, page.margin, page.margin / 2, `Page ${String(pages.length)}`);
    const content = [...drawn, footer].join('\n');
    const sheet = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${String(page.width)} ${String(page.height)}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${String(number + 1)} 0 R >>`;
    return (
      object(number, sheet) +
      object(number + 1, `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`)
    );
  };
  let { drawn, y } = firstPage(table);
  for await (const rows of batches)
    for (const row of rows) {
      if (y < page.margin) {
        yield endPage(drawn);
        y = page.height - page.margin;
        drawn = [rowAt(table.columns, heads(table), y, 'F2')];
        y -= rowHeight;
      }
      drawn.push(rowAt(table.columns, row, y, 'F1'));
      y -= rowHeight;
    }
  yield endPage(drawn);
  const kids = pages.map((number) => `${String(number)} 0 R`).join(' ');
  yield object(2, `<< /Type /Pages /Kids [${kids}] /Count ${String(pages.length)} >>`);
  const start = written;
  const table_ = offsets
    .slice(1)
    .map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
    .join('');
  const count = String(offsets.length);
  yield `xref\n0 ${count}\n0000000000 65535 f \n${table_}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${String(start)}\n%%EOF\n`;
}

const heads = ({ columns }: PdfTable): string[] => columns.map(({ head }) => head);

const write = (font: 'F1' | 'F2', points: number, x: number, y: number, text: string): string =>
  `BT /${font} ${String(points)} Tf ${x.toFixed(2)} ${y.toFixed(2)} Td ${pdfString(text)} Tj ET`;

function firstPage(table: PdfTable): { drawn: string[]; y: number } {
  let y = page.height - page.margin;
  const drawn = [write('F2', size.title, page.margin, y, table.title)];
  y -= rowHeight * 1.5;
  for (const line of table.lines) {
    drawn.push(write('F1', size.text, page.margin, y, line));
    y -= rowHeight;
  }
  y -= rowHeight / 2;
  drawn.push(rowAt(table.columns, heads(table), y, 'F2'));
  return { drawn, y: y - rowHeight };
}

function rowAt(columns: readonly PdfColumn[], cells: readonly string[], y: number, font: 'F1' | 'F2'): string {
  let x = page.margin;
  const drawn = columns.map(({ width, right }, index) => {
    const text = fitted(cells[index] ?? '', size.cell, width - gap);
    const from = right ? x + width - gap - widthOf(text, size.cell) : x;
    x += width;
    return text === '' ? '' : write(font, size.cell, from, y, text);
  });
  return drawn.filter((one) => one !== '').join('\n');
}
