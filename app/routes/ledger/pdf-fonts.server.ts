import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import { create, type Font } from 'fontkit';

/** Fonts are files of packages: found beside the code as it runs, and as it is built. */
const { resolve } = createRequire(import.meta.url);
const roboto = (weight: string) => `roboto-fontface/fonts/roboto/Roboto-${weight}.woff`;
const files = {
  /** Latin with its accents, Greek, Cyrillic, Vietnamese */
  text: roboto('Regular'),
  bold: roboto('Bold'),
  /** kana and the Chinese letters that Japanese has */
  japanese: '@fontsource/kosugi/files/kosugi-japanese-400-normal.woff',
  /** the box, among other signs */
  signs: '@fontsource/kosugi/files/kosugi-80-400-normal.woff',
} as const;
export type Face = keyof typeof files;

/** What stands for a letter that no font has. */
export const box = '□';

const read = new Map<Face, { readonly tables: Buffer; readonly covers: Font }>();

/** Read and unpacked when it is first needed, once for all files that are written. */
function fontFile(face: Face) {
  const known = read.get(face);
  if (known !== undefined) return known;
  const tables = unpacked(readFileSync(resolve(files[face])));
  const file = { tables, covers: parsed(tables) };
  read.set(face, file);
  return file;
}

function parsed(tables: Buffer): Font {
  const font = create(tables);
  if (!('layout' in font)) throw new Error('A collection of fonts is not a font');
  return font;
}

/** A font for one file: fontkit keeps with a glyph for which letter it was asked first, also as a part of another. */
export function openFont(face: Face): Font {
  const font = parsed(fontFile(face).tables);
  rememberWords(font);
  return font;
}

/**
 * A WOFF file's tables as they were packed: fontkit would unpack a table again for every glyph, and writes glyphs made
 * of others wrongly from WOFF2. Source: https://www.w3.org/TR/WOFF/, OpenType's table directory.
 */
function unpacked(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const head = Buffer.alloc(12 + count * 16);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  const tables: Buffer[] = [];
  let end = head.length;
  for (let table = 0; table < count; table += 1) {
    const entry = 44 + table * 20;
    const [start, packed, length] = [4, 8, 12].map((field) => woff.readUInt32BE(entry + field)) as [
      number,
      number,
      number,
    ];
    const body = woff.subarray(start, start + packed);
    const padded = Buffer.alloc(Math.ceil(length / 4) * 4);
    (packed < length ? inflateSync(body) : body).copy(padded);
    const at = 12 + table * 16;
    woff.copy(head, at, entry, entry + 4);
    woff.copy(head, at + 4, entry + 16, entry + 20);
    head.writeUInt32BE(end, at + 8);
    head.writeUInt32BE(length, at + 12);
    tables.push(padded);
    end += padded.length;
  }
  return Buffer.concat([head, ...tables]);
}

const rememberedWords = 4_000;

/**
 * Words of a table come again and again, and to set one costs a hundred times what to copy it does. pdfkit remembers
 * all there ever were; a long table has too many.
 */
function rememberWords(font: Font): void {
  const set = font.layout.bind(font);
  const words = new Map<string, ReturnType<typeof set>>();
  font.layout = (text, ...rest) => {
    if (rest.some((one) => one !== undefined)) return set(text, ...rest);
    const run = words.get(text) ?? set(text);
    if (words.size >= rememberedWords) words.clear();
    words.set(text, run);
    // Who asks scales the positions in place.
    const own = { glyphs: run.glyphs, positions: run.positions.map((position) => ({ ...position })) };
    return Object.assign(Object.create(Object.getPrototypeOf(run) as object) as typeof run, own);
  };
}

export interface Run {
  readonly face: Face;
  readonly text: string;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const plain = /^[ -~]*$/;

/** A text's letters as a person counts them. */
export function lettersOf(text: string): string[] {
  if (plain.test(text)) return text.split('');
  const tidy = text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[^\S\u{feff}]+/gu, ' ');
  // Joiners and marks of direction have no shape of their own.
  return Array.from(segmenter.segment(tidy), ({ segment }) =>
    segment.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, ''),
  ).filter((letter) => letter !== '');
}

function hasAll(face: Face, text: string): boolean {
  const { covers } = fontFile(face);
  for (const letter of text)
    if (/\p{Cc}/u.test(letter) || !covers.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0)) return false;
  return true;
}

/** A text in the first font that has all of it, else in pieces that some font has; a letter that none has is a box. */
export function runsOf(letters: readonly string[], first: 'text' | 'bold'): Run[] {
  const text = letters.join('');
  if (plain.test(text)) return text === '' ? [] : [{ face: first, text }];
  const order: Face[] = [first, 'japanese', 'signs'];
  const faceFor = (part: string) => order.find((face) => hasAll(face, part));
  const whole = faceFor(text);
  if (whole !== undefined) return [{ face: whole, text }];
  const runs: { face: Face; text: string }[] = [];
  for (const letter of letters) {
    // What stands for other letters, ㈱ for 株 in brackets, can be written as those.
    const shown = [letter, letter.normalize('NFKC'), box].find((one) => faceFor(one) !== undefined) ?? box;
    const face = faceFor(shown) ?? first;
    const last = runs.at(-1);
    if (last?.face === face) last.text += shown;
    else runs.push({ face, text: shown });
  }
  return runs;
}
