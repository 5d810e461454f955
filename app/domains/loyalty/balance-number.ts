/** How the cells of a file are divided; it tells how its numbers are written, too. */
export type Delimiter = ',' | ';' | '\t';

/** A balance as a cell says it. */
export type BalanceNumber =
  | { readonly ok: true; readonly points: number; readonly rounded: boolean }
  /** `unclear`: it may be a thousand or a fraction */
  | { readonly ok: false; readonly why: 'not-a-number' | 'unclear' };

const notANumber = { ok: false, why: 'not-a-number' } as const;

/**
 * Reads whole points. Where a comma divides the cells, one in a number divides thousands; where a semicolon does, the
 * file comes from a country in which the dot does. A lone separator before exactly three digits that neither of them
 * explains is not guessed at: a balance that is wrong by a thousand is worse than one that is missing.
 * A fraction of a point is rounded up: nobody has less here than they had.
 */
export function readBalanceNumber(cell: string, delimiter: Delimiter): BalanceNumber {
  // Blanks and apostrophes divide thousands in some countries and nothing else in any.
  const grouped = cell.trim().replace(/(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(?!\d))/g, '');
  const [, minus = '', digits = ''] = /^([-−]?)([\d.,]+)$/.exec(grouped) ?? [];
  const parts = digits.split(/[.,]/);
  if (parts.some((part) => part === '')) return notANumber;
  const marks = digits.replace(/\d/g, '');
  const mark = marks.at(-1);
  if (mark === undefined) return whole(minus, digits, '');

  const fraction = parts.at(-1) ?? '';
  const front = parts.slice(0, -1);
  const marksOfFront = marks.slice(0, -1);
  const divided = (all: readonly string[]) =>
    /^\d{1,3}$/.test(all[0] ?? '') && all.slice(1).every((part) => part.length === 3);
  // Two kinds: the last one begins the fraction, the other divides thousands.
  if (marksOfFront !== '' && !marksOfFront.includes(mark)) {
    const one = new Set(marksOfFront).size === 1;
    return one && divided(front) ? whole(minus, front.join(''), fraction) : notANumber;
  }
  if (marks.length > 1)
    return new Set(marks).size === 1 && divided(parts) ? whole(minus, parts.join(''), '') : notANumber;
  const [before = ''] = front;
  if (fraction.length !== 3 || before.length > 3 || before === '0') return whole(minus, before, fraction);
  const ofThousands = delimiter === ',' ? ',' : delimiter === ';' ? '.' : null;
  return mark === ofThousands ? whole(minus, before + fraction, '') : { ok: false, why: 'unclear' };
}

function whole(minus: string, digits: string, fraction: string): BalanceNumber {
  if (!/^\d{1,9}$/.test(digits)) return notANumber;
  const rounded = /[1-9]/.test(fraction);
  const points = Number(digits) + (rounded && minus === '' ? 1 : 0);
  return { ok: true, points: minus === '' || points === 0 ? points : -points, rounded };
}
