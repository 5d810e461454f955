import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { type Face, lettersOf, openFont, type Run, runsOf } from './pdf-fonts.server.ts';

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
  /** when it is written */
  readonly at: Date;
}

/** A4, points from the upper left corner. */
const page = { width: 595, height: 842, margin: 40 };
const size = { title: 14, text: 9, cell: 7.5 };
const rowHeight = 14;
const gap = 4;
/** No column has room for more letters. */
const longest = 400;

/**
 * A table as a PDF file of as many pages as it takes, piece by piece: what is held at once is a page, the letters used
 * and the place of each page in the file.
 */
export async function* pdfTable(
  table: PdfTable,
  batches: AsyncIterable<readonly (readonly string[])[]>,
): AsyncGenerator<Buffer> {
  const sheet = new Sheet(table);
  sheet.addPage();
  for await (const rows of batches)
    for (const row of rows) {
      if (sheet.isFull()) {
        sheet.addPage();
        yield* sheet.written();
        // A long table takes long: others have their turn after each page.
        await setImmediate();
      }
      sheet.row(row, 'text');
    }
  sheet.end();
  yield* sheet.written();
}

type Weight = 'text' | 'bold';
interface Cell {
  readonly runs: readonly Run[];
  readonly width: number;
}
const rememberedCells = 2_000;

/** The pages as they are drawn; what is done with is taken by `written`. */
class Sheet {
  readonly #table: PdfTable;
  readonly #document: PDFKit.PDFDocument;
  readonly #fonts = new Map<Face, ReturnType<typeof openFont>>();
  readonly #cells = new Map<string, Cell>();
  #pages = 0;
  /** where the next line stands */
  #y = 0;

  constructor(table: PdfTable) {
    this.#table = table;
    this.#document = new PDFDocument({
      size: [page.width, page.height],
      margin: 0,
      autoFirstPage: false,
      pdfVersion: '1.7',
      lang: 'en',
      displayTitle: true,
      fontLayoutCache: false,
      info: { Title: table.title, Creator: 'Trellis', CreationDate: table.at },
    });
  }

  *written(): Generator<Buffer> {
    for (let piece: unknown; (piece = this.#document.read()) !== null;) yield piece as Buffer;
  }

  isFull(): boolean {
    return this.#y > page.height - page.margin;
  }

  addPage(): void {
    this.#document.addPage();
    this.#pages += 1;
    this.#runs(
      runsOf(lettersOf(`Page ${String(this.#pages)}`), 'text'),
      page.margin,
      page.height - page.margin / 2,
      size.cell,
    );
    this.#y = page.margin;
    if (this.#pages === 1) this.#title();
    this.row(
      this.#table.columns.map(({ head }) => head),
      'bold',
    );
  }

  row(cells: readonly string[], weight: Weight): void {
    let x = page.margin;
    for (const [index, { width, right }] of this.#table.columns.entries()) {
      const cell = this.#cell(cells[index] ?? '', weight, width - gap);
      this.#runs(cell.runs, right ? x + width - gap - cell.width : x, this.#y, size.cell);
      x += width;
    }
    this.#y += rowHeight;
  }

  end(): void {
    this.#document.end();
  }

  #title(): void {
    const { title, lines } = this.#table;
    const room = page.width - 2 * page.margin;
    this.#runs(this.#fitted(title, 'bold', size.title, room), page.margin, this.#y, size.title);
    this.#y += rowHeight * 1.5;
    for (const line of lines) {
      this.#runs(this.#fitted(line, 'text', size.text, room), page.margin, this.#y, size.text);
      this.#y += rowHeight;
    }
    this.#y += rowHeight / 2;
  }

  /** Cells come again and again: the days, the words, noughts. */
  #cell(text: string, weight: Weight, room: number): Cell {
    const key = `${weight} ${String(room)} ${text}`;
    const known = this.#cells.get(key);
    if (known !== undefined) return known;
    if (this.#cells.size >= rememberedCells) this.#cells.clear();
    const runs = this.#fitted(text, weight, size.cell, room);
    const made = { runs, width: this.#width(runs, size.cell) };
    this.#cells.set(key, made);
    return made;
  }

  /** As much of a text as has room, with an ellipsis where something is left out. */
  #fitted(text: string, weight: Weight, points: number, room: number): Run[] {
    const all = lettersOf(text.slice(0, longest));
    const whole = runsOf(all, weight);
    if (text.length <= longest && this.#width(whole, points) <= room) return whole;
    let [fits, tooMany] = [0, all.length + 1];
    const cut = (letters: number) => runsOf([...all.slice(0, letters), '…'], weight);
    while (tooMany - fits > 1) {
      const middle = Math.floor((fits + tooMany) / 2);
      if (this.#width(cut(middle), points) <= room) fits = middle;
      else tooMany = middle;
    }
    return cut(fits);
  }

  #width(runs: readonly Run[], points: number): number {
    return runs.reduce((sum, { face, text }) => sum + this.#font(face, points).widthOfString(text), 0);
  }

  #runs(runs: readonly Run[], from: number, y: number, points: number): void {
    let x = from;
    for (const { face, text } of runs) {
      this.#font(face, points).text(text, x, y, { lineBreak: false, baseline: 'alphabetic' });
      x = this.#document.x;
    }
  }

  #font(face: Face, points: number): PDFKit.PDFDocument {
    const font = this.#fonts.get(face) ?? openFont(face);
    this.#fonts.set(face, font);
    // pdfkit takes an open font, too, which its types do not say.
    return this.#document.font(font as unknown as string, face, points);
  }
}
