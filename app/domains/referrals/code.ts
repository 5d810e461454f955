/** Without signs that are read for one another. */
const signs = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const length = 8;

/** A code for a link and for the checkout. @param random as many random bytes as asked for */
export function makeCode(random: (size: number) => Uint8Array): string {
  // 256 is no multiple of 31: bytes above the last whole multiple are thrown away, so that all signs are alike.
  const limit = 256 - (256 % signs.length);
  let text = '';
  while (text.length < length)
    for (const byte of random(length * 2))
      if (byte < limit && text.length < length) text += signs[byte % signs.length] ?? '';
  return `F-${text}`;
}

/** A code as it may be typed, or null for what is none of ours. */
export function readCode(typed: string): string | null {
  const code = typed.trim().toUpperCase();
  return /^F-[A-Z2-9]{8}$/.test(code) ? code : null;
}
