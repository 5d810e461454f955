/** Writes JSON data as MessagePack, the form in which Shopify hands it to a Function. Source: msgpack.org, spec.md. */
export function toMessagePack(value: unknown): Buffer {
  if (value === null || value === undefined) return Buffer.from([0xc0]);
  if (typeof value === 'boolean') return Buffer.from([value ? 0xc3 : 0xc2]);
  if (typeof value === 'number') return numberOf(value);
  if (typeof value === 'string') {
    const text = Buffer.from(value);
    return Buffer.concat([headOf(text.length, 0xa0, 32, 0xda, true), text]);
  }
  if (Array.isArray(value))
    return Buffer.concat([headOf(value.length, 0x90, 16, 0xdc, false), ...value.map(toMessagePack)]);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Buffer.concat([headOf(entries.length, 0x80, 16, 0xde, false), ...entries.flat().map(toMessagePack)]);
}

function numberOf(value: number): Buffer {
  if (Number.isInteger(value) && value >= 0 && value < 128) return Buffer.from([value]);
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 31) {
    const bytes = Buffer.from([0xd2, 0, 0, 0, 0]);
    bytes.writeInt32BE(value, 1);
    return bytes;
  }
  const bytes = Buffer.alloc(9);
  bytes[0] = 0xcb;
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

/** The head of a text, list or map: short ones in one byte, others with a length of 8 (texts only) or 16 bits. */
function headOf(length: number, short: number, below: number, wide: number, eightBits: boolean): Buffer {
  if (length < below) return Buffer.from([short + length]);
  if (eightBits && length < 256) return Buffer.from([wide - 1, length]);
  if (length >= 2 ** 16) throw new Error('longer than anything that a Function is handed');
  return Buffer.from([wide, length >> 8, length & 0xff]);
}
