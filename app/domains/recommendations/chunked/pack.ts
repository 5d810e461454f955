import { z } from 'zod';

/** What can be packed: numbers in typed arrays, and lists of names. */
export type Packable = Int32Array | Float32Array | Float64Array | readonly string[];
type Packed<Parts> = { readonly [Name in keyof Parts]: Parts[Name] };

const headerSchema = z.array(
  z.object({
    name: z.string(),
    kind: z.enum(['i32', 'f32', 'f64', 'names']),
    bytes: z.number().int().nonnegative(),
  }),
);
type Header = z.infer<typeof headerSchema>;

/** A piece fits in one row of the database and in one message between threads. */
const pieceBytes = 4 * 1024 * 1024;

/**
 * Parts as pieces of bytes: the length of the header, the header as JSON (both in the first piece) and then the parts
 * as they lie in memory, which is little-endian wherever Node runs.
 */
export function* pack(parts: Readonly<Record<string, Packable>>): Generator<Uint8Array> {
  const sections = Object.entries(parts).map(([name, part]) => ({ name, kind: kindOf(part), data: bytesOf(part) }));
  const header = JSON.stringify(
    sections.map(({ name, kind, data }): Header[number] => ({ name, kind, bytes: data.byteLength })),
  );
  const text = new TextEncoder().encode(header);
  const first = new Uint8Array(4 + text.length);
  new DataView(first.buffer).setUint32(0, text.length, true);
  first.set(text, 4);
  yield first;
  for (const { data } of sections)
    for (let from = 0; from < data.length; from += pieceBytes) {
      // A copy, because what lies in shared memory can be neither sent away nor stored.
      const piece = new Uint8Array(Math.min(pieceBytes, data.length - from));
      piece.set(data.subarray(from, from + piece.length));
      yield piece;
    }
}

export interface Unpacker<Parts> {
  /** The next piece. */
  take(piece: Uint8Array): void;
  /** All parts, the arrays in memory that threads share. @throws when a piece or a part is missing */
  finish(): Packed<Parts>;
  /** Some of the parts, as soon as their pieces are there. @throws when one of theirs is missing */
  some<Name extends keyof Parts & string>(wanted: readonly Name[]): Pick<Packed<Parts>, Name>;
}

/** In how many pieces these parts travel where they are packed first. */
export const piecesOfFirst = (parts: Readonly<Record<string, Packable>>): number =>
  Object.values(parts).reduce((sum, part) => sum + Math.ceil(bytesOf(part).length / pieceBytes), 1);

/** Puts the pieces of one packing together again. @param names the parts that must be in it, each with its kind */
export function createUnpacker<Parts extends Readonly<Record<string, Packable>>>(
  names: Readonly<Record<keyof Parts & string, Header[number]['kind']>>,
): Unpacker<Parts> {
  const kinds = new Map<string, unknown>(Object.entries(names));
  let header: Header | null = null;
  let room: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  let filled = 0;
  return {
    take(piece) {
      let data = piece;
      if (header === null) {
        const length = new DataView(piece.buffer, piece.byteOffset).getUint32(0, true);
        header = headerSchema.parse(JSON.parse(new TextDecoder().decode(piece.subarray(4, 4 + length))));
        room = new Uint8Array(new SharedArrayBuffer(header.reduce((sum, { bytes }) => sum + roomFor(bytes), 0)));
        data = piece.subarray(4 + length);
      }
      for (let from = 0; from < data.length;) {
        const [place, left] = placeOf(header, filled);
        const taken = Math.min(left, data.length - from);
        room.set(data.subarray(from, from + taken), place);
        filled += taken;
        from += taken;
      }
    },
    finish() {
      const whole = (header ?? []).reduce((sum, { bytes }) => sum + bytes, 0);
      if (filled !== whole) throw new Error('a packing lacks pieces');
      return gather([...kinds.keys()]) as Packed<Parts>;
    },
    some: (wanted) => gather(wanted) as Pick<Packed<Parts>, (typeof wanted)[number]>,
  };

  function gather(wanted: readonly string[]): Record<string, Packable> {
    if (header === null) throw new Error('a packing lacks pieces');
    const parts: Record<string, Packable> = {};
    let before = 0;
    let place = 0;
    for (const { name, kind, bytes } of header) {
      before += bytes;
      if (wanted.includes(name)) {
        if (filled < before) throw new Error('a packing lacks pieces');
        if (kinds.get(name) === kind) parts[name] = read(room, place, kind, bytes);
      }
      place += roomFor(bytes);
    }
    for (const name of wanted) if (!(name in parts)) throw new Error(`a packing lacks its part ${name}`);
    return parts;
  }
}

/** The parts of a packing whose pieces were put together in one array. */
export function unpack<Parts extends Readonly<Record<string, Packable>>>(
  data: Uint8Array,
  names: Readonly<Record<keyof Parts & string, Header[number]['kind']>>,
): Packed<Parts> {
  const unpacker = createUnpacker<Parts>(names);
  unpacker.take(data);
  return unpacker.finish();
}

/** Every part begins where a double may lie. */
const roomFor = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** Where the byte number `filled` of the parts goes, and how many fit there. */
function placeOf(header: Header, filled: number): [number, number] {
  let before = 0;
  let place = 0;
  for (const { bytes } of header) {
    if (filled < before + bytes) return [place + filled - before, before + bytes - filled];
    before += bytes;
    place += roomFor(bytes);
  }
  throw new Error('a packing holds more than its header says');
}

function kindOf(part: Packable): Header[number]['kind'] {
  if (part instanceof Int32Array) return 'i32';
  if (part instanceof Float32Array) return 'f32';
  return part instanceof Float64Array ? 'f64' : 'names';
}

function bytesOf(part: Packable): Uint8Array {
  if (part instanceof Int32Array || part instanceof Float32Array || part instanceof Float64Array)
    return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
  return new TextEncoder().encode(JSON.stringify(part));
}

function read(room: Uint8Array, place: number, kind: Header[number]['kind'], bytes: number): Packable {
  if (kind === 'i32') return new Int32Array(room.buffer, place, bytes / 4);
  if (kind === 'f32') return new Float32Array(room.buffer, place, bytes / 4);
  if (kind === 'f64') return new Float64Array(room.buffer, place, bytes / 8);
  // A decoder does not read shared memory.
  const copy = new Uint8Array(bytes);
  copy.set(room.subarray(place, place + bytes));
  return z.array(z.string()).parse(JSON.parse(new TextDecoder().decode(copy)));
}
