import { inflateSync } from 'node:zlib';

/** A text as a page of a PDF file has it, drawn in one font. */
export interface PdfText {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly font: string;
  readonly text: string;
}

interface PdfObject {
  readonly head: string;
  readonly stream: string;
}

/** Objects by their numbers, each read from where the file's own table says that it stands. */
function objectsOf(file: Buffer): Map<number, PdfObject> {
  const all = file.toString('latin1');
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(all)?.[1]);
  const entries = [...all.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)];
  return new Map(
    entries.map(([, offset], index) => {
      const object = all.slice(Number(offset));
      if (!object.startsWith(`${String(index + 1)} 0 obj\n`))
        throw new Error(`Object ${String(index + 1)} is not where the file says`);
      const head = object.slice(0, object.search(/\n(stream|endobj)\n/));
      const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
      const from = Number(offset) + head.length + '\nstream\n'.length;
      const body = file.subarray(from, from + length);
      const stream = head.includes('/FlateDecode') ? inflateSync(body) : body;
      return [index + 1, { head, stream: stream.toString('latin1') }];
    }),
  );
}

const numberAfter = (head: string, name: string): number =>
  Number(new RegExp(`/${name} (\\d+) 0 R`).exec(head)?.[1] ?? Number.NaN);

/** Letters by the numbers by which a font's texts are written. */
function lettersOf(unicode: string): Map<number, string> {
  const letters = new Map<number, string>();
  for (const [, from = '', list = ''] of unicode.matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/g))
    for (const [index, [, codes = '']] of [...list.matchAll(/<([^>]*)>/g)].entries())
      letters.set(
        parseInt(from, 16) + index,
        codes
          .split(' ')
          .map((code) => String.fromCharCode(parseInt(code, 16)))
          .join(''),
      );
  return letters;
}

/** All texts of a PDF file that pdfkit wrote, in the order in which they are drawn; what has no letter is `undefined`. */
export function textsOfPdf(file: Buffer): PdfText[] {
  const objects = objectsOf(file);
  const get = (number: number): PdfObject => objects.get(number) ?? { head: '', stream: '' };
  const pages = [...objects.values()].filter(({ head }) => head.includes('/Type /Page\n'));
  return pages.flatMap(({ head }, page) => {
    const fonts = new Map(
      [...get(numberAfter(head, 'Resources')).head.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', number]) => {
        const font = get(Number(number)).head;
        const base = /\/BaseFont \/\w+\+(\S+)/.exec(font)?.[1] ?? '';
        return [name, { base, letters: lettersOf(get(numberAfter(font, 'ToUnicode')).stream) }];
      }),
    );
    const drawn = get(numberAfter(head, 'Contents')).stream.matchAll(
      /BT\n1 0 0 1 (\S+) (\S+) Tm\n\/(F\d+) \S+ Tf\n([\s\S]*?)\nET/g,
    );
    return Array.from(drawn, ([, x, y, name = '', body = '']) => {
      const { base = '', letters = new Map<number, string>() } = fonts.get(name) ?? {};
      const codes = [...body.matchAll(/<(\w*)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
      const text = codes.map((code) => String(letters.get(parseInt(code, 16)))).join('');
      return { page: page + 1, x: Number(x), y: Number(y), font: base, text };
    });
  });
}
