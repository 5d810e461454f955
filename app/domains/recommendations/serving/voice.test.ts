import { describe, expect, it } from 'vitest';
import { packHalves } from './id-halves.ts';
import {
  column,
  nothingViewed,
  packVoice,
  unpackRhythm,
  unpackSpoken,
  packViewed,
  unpackViewed,
  unpackVoice,
  unpackVoiceHead,
  voiceHeadBytes,
  width,
} from './voice.ts';

const counts = { total: 500, count: 40, sold: [0.25, 0.5, 0.125, 0], repeatRate: 0.25, gapDays: 30 } as const;
const viewed = { ids: ['x', 'y'], likeness: Float32Array.of(0.5, 0.25) };

describe('a stored voice', () => {
  it.each([
    ['of two candidates', ['8000000000001', '7'], ['12', '9007199254740993']],
    ['of candidates that are no numbers', ['a', '7'], ['x', 'y']],
    ['of none', [], ['7', '12']],
  ])('%s is read as it was written', (_, ids, beside) => {
    const numbers = Float32Array.from({ length: ids.length * width }, (_one, k) => k + 1);
    const sold = [0.25, 0.5, 0.125, 0.75] as const;
    for (const one of [{ ...viewed, ids: beside }, nothingViewed]) {
      const data = packVoice({ ...counts, sold, viewed: one, ids, numbers });
      expect(unpackVoice(data)).toMatchObject({ ...counts, sold, viewed: one, ids, numbers });
      expect(unpackSpoken(data)).toEqual({ total: 500, count: 40, numbers, ids: packHalves(ids) ?? ids });
      expect(unpackVoiceHead(data.subarray(0, voiceHeadBytes))).toEqual({ count: 40, sold });
      expect(unpackRhythm(data.subarray(0, voiceHeadBytes))).toEqual({ repeatRate: 0.25, gapDays: 30 });
    }
  });

  it.each([
    ['numbers', ['8000000000001'], ['12', '9007199254740993'], packHalves(['12', '9007199254740993'])],
    ['texts', ['a'], ['x', 'y'], ['x', 'y']],
  ])('of %s is heard of what is viewed beside it, also packed by itself', (_, ids, beside, heard) => {
    const numbers = new Float32Array(width);
    const data = packVoice({ ...counts, viewed: { ...viewed, ids: beside }, ids, numbers });
    const apart = packViewed(data);
    expect(apart.length).toBeLessThan(data.length);
    for (const one of [data, apart]) expect(unpackViewed(one)).toEqual({ ids: heard, likeness: viewed.likeness });
    expect(packViewed(packVoice({ ...counts, viewed: nothingViewed, ids, numbers }))).toHaveLength(0);
  });

  it.each([
    ['the prior was stored is read with a prior of 0', 2, [1, 2, 3, 4, 5, 6, 7], [8, 9, 10, 11, 12, 13, 14], 0],
    ['last year was, without it', -2, [1, 2, 3, 4, 5, 6, 7, 5], [8, 9, 10, 11, 12, 13, 14, 5], 5],
  ])('from before %s', (_, length, first, second, prior) => {
    const former = Float32Array.of(length, 500, 40, 0.25, 0.5, 0.125, 0.25, 30, ...first, ...second);
    const data = Buffer.concat([Buffer.from(former.buffer), Buffer.from('a\nb')]);
    const voice = unpackVoice(data);
    expect(voice).toMatchObject({ ...counts, viewed: nothingViewed, ids: ['a', 'b'] });
    expect(unpackVoiceHead(data.subarray(0, voiceHeadBytes))).toEqual({ count: 40, sold: counts.sold });
    expect([...voice.numbers]).toEqual([1, 2, 3, 4, 5, 6, 7, prior, 0, 8, 9, 10, 11, 12, 13, 14, prior, 0]);
    expect(voice.numbers[width + column.season]).toBe(14);
  });

  it('of missing bytes is refused', () => {
    const numbers = new Float32Array(width);
    for (const ids of [['a'], ['1']]) {
      const data = packVoice({ ...counts, viewed, ids, numbers });
      expect(() => unpackVoice(data.subarray(0, data.length - 8))).toThrow(RangeError);
    }
    const halves = packVoice({ ...counts, viewed: { ...viewed, ids: ['1', '2'] }, ids: ['3'], numbers });
    expect(() => unpackSpoken(halves.subarray(0, halves.length - 4))).toThrow(RangeError);
  });
});
