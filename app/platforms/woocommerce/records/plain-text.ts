const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  euro: '€',
  pound: '£',
  yen: '¥',
  copy: '©',
  reg: '®',
  trade: '™',
  times: '×',
  deg: '°',
};

const hidden = /<(script|style|noscript|template|iframe|object|svg)\b[^>]*>[\s\S]*?(<\/\1\s*>|$)/gi;
const tag = /<[a-z/!?][^>]*(>|$)/gi;
const control = /\p{Cc}/gu;
/** Words of letters, digits and harmless signs, one space between them: nothing to take out or to change. */
const plain = /^[\p{L}\p{N}.,:;!?()/+*%#'"’–_-]+(?: [\p{L}\p{N}.,:;!?()/+*%#'"’–_-]+)*$/u;
/** The same of ASCII letters alone, which is told several times as fast. */
const plainAscii = /^[\w.,:;!?()/+*%#'"-]+(?: [\w.,:;!?()/+*%#'"-]+)*$/;

function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/**
 * What a reader of the field would see: no markup, entities as the signs they stand for, one space between words,
 * well-formed. A field may be escaped more than once; what comes out never holds markup, whoever shows it.
 */
export function toPlainText(html: string): string {
  // Most fields are plain already.
  if (plainAscii.test(html) || plain.test(html)) return html;
  let text = html.toWellFormed();
  for (let round = 0; round < 4; round += 1) {
    const before = text;
    text = decode(
      text
        .replace(hidden, ' ')
        .replace(/<!--[\s\S]*?(-->|$)/g, ' ')
        .replace(tag, ' '),
    );
    if (text === before) break;
  }
  // What is still left after that many rounds was made to be.
  return text.replace(hidden, ' ').replace(tag, ' ').replace(control, ' ').replace(/\s+/g, ' ').trim().toWellFormed();
}
