/**
 * Text in the letters that every reader of PDF files brings along: those of Western European languages. Source: ISO
 * 32000-1, annex D (WinAnsiEncoding); widths of Adobe's Helvetica metrics, thousandths of the size.
 */

const beyondLatin1 = new Map(
  [...'€\u{0}‚ƒ„…†‡ˆ‰Š‹Œ\u{0}Ž\u{0}\u{0}‘’“”•–—˜™š›œ\u{0}žŸ'].flatMap((letter, index) =>
    letter === '\u{0}' ? [] : [[letter, 0x80 + index] as const],
  ),
);

const widths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];
/** Of letters beyond ASCII: as wide as most. */
const usualWidth = 556;

/** A letter's byte; one that the font lacks loses its accent, and what is left without is a question mark. */
function byteOf(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  if ((code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff)) return code;
  const known = beyondLatin1.get(letter);
  if (known !== undefined) return known;
  const plain = letter.normalize('NFD').codePointAt(0) ?? 0;
  return plain >= 0x20 && plain < 0x7f ? plain : 0x3f;
}

const bytesOf = (text: string): number[] => [...text.normalize('NFC')].map(byteOf);

/** A text as a string of a PDF file, in ASCII. */
export const pdfString = (text: string): string =>
  `<${bytesOf(text)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')}>`;

/** How wide a text is at a size, in points. */
export const widthOf = (text: string, size: number): number =>
  (bytesOf(text).reduce((sum, byte) => sum + (widths[byte - 0x20] ?? usualWidth), 0) * size) / 1000;

/** As much of a text as has room, with an ellipsis where something is left out. */
export function fitted(text: string, size: number, room: number): string {
  if (widthOf(text, size) <= room) return text;
  const letters = [...text];
  while (letters.length > 0 && widthOf(`${letters.join('')}…`, size) > room) letters.pop();
  return `${letters.join('')}…`;
}
