/**
 * Product ids as numbers of 64 bits in two halves: half the bytes of their texts, compared and looked up without a text.
 * Platforms number their products; an id that is no such number stays a text.
 */
const half = 2 ** 32;
/** No number of so many digits has this upper half. */
export const noNumber = half - 1;

export interface Halves {
  readonly low: number;
  readonly high: number;
}

/** null where the text is not the way in which a number of at most 19 digits is written. */
export function halvesOf(id: string): Halves | null {
  if (!/^(?:0|[1-9]\d{0,18})$/.test(id)) return null;
  if (id.length > 15) {
    const whole = BigInt(id);
    return { low: Number(whole % BigInt(half)), high: Number(whole / BigInt(half)) };
  }
  const whole = Number(id);
  return { low: whole % half, high: Math.floor(whole / half) };
}

/** The text that these are the halves of. */
export const idOfHalves = (low: number, high: number): string =>
  high < 2 ** 21 ? String(high * half + low) : String(BigInt(high) * BigInt(half) + BigInt(low));

/** Of all of them, low and high in turn; null where one is no number. */
export function packHalves(ids: readonly string[]): Uint32Array | null {
  const packed = new Uint32Array(ids.length * 2);
  for (const [place, id] of ids.entries()) {
    const halves = halvesOf(id);
    if (halves === null) return null;
    packed[place * 2] = halves.low;
    packed[place * 2 + 1] = halves.high;
  }
  return packed;
}

export const unpackHalves = (packed: Uint32Array): string[] =>
  Array.from({ length: packed.length / 2 }, (_, place) =>
    idOfHalves(packed[place * 2] ?? 0, packed[place * 2 + 1] ?? 0),
  );
