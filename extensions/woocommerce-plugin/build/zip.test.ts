import { crc32, inflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { zip } from './zip.ts';

/** Reads a zip by its central directory, as unpackers do. */
function unzip(bytes: Buffer): Map<string, string> {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = bytes.readUInt32LE(end + 16);
  const files = new Map<string, string>();
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    expect(bytes.toString('latin1', at, at + 4)).toBe('PK\x01\x02');
    const [packed, size] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)];
    const length = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + length);
    const local = bytes.readUInt32LE(at + 42);
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const text = inflateRawSync(bytes.subarray(begin, begin + packed));
    expect([text.length, crc32(text)]).toEqual([size, bytes.readUInt32LE(at + 16)]);
    expect(bytes.toString('utf8', local + 30, local + 30 + length)).toBe(name);
    files.set(name, text.toString('utf8'));
    at += 46 + length;
  }
  expect(at).toBe(end);
  return files;
}

it('holds what was put in, and is the same however the files came', () => {
  const files: [string, string][] = [
    ['plugin/readme.txt', 'one\n'.repeat(1_000)],
    ['plugin/empty.txt', ''],
    ['plugin/sprachen/größe.po', 'Größe'],
  ];
  const packed = zip(new Map(files.map(([name, text]) => [name, Buffer.from(text)])));
  expect(unzip(packed)).toEqual(new Map(files));
  expect(packed.length).toBeLessThan(700);
  expect(zip(new Map(files.toReversed().map(([name, text]) => [name, Buffer.from(text)])))).toEqual(packed);
});

it('may be empty', () => {
  expect(unzip(zip(new Map())).size).toBe(0);
});
