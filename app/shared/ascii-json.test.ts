import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiJson } from './ascii-json.ts';

describe('JSON in ASCII', () => {
  it('writes letters of other scripts and pairs of code units as escapes', () => {
    expect(asciiJson({ title: 'Café £5 日本 😀' })).toBe(
      '{"title":"Caf\\u00e9 \\u00a35 \\u65e5\\u672c \\ud83d\\ude00"}',
    );
  });

  it('is parsed to the same value, and has as many bytes as characters', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
        const json = asciiJson({ texts });
        expect(JSON.parse(json)).toEqual({ texts });
        expect(Buffer.byteLength(json)).toBe(json.length);
      }),
    );
  });
});
