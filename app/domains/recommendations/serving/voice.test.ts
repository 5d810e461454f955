import { describe, expect, it } from 'vitest';
import {
  column,
  nothingViewed,
  packVoice,
  unpackRhythm,
  unpackVoice,
  unpackVoiceHead,
  voiceHeadBytes,
  width,
} from './voice.ts';

const counts = { total: 500, count: 40, sold: [0.25, 0.5, 0.125, 0], repeatRate: 0.25, gapDays: 30 } as const;
const viewed = { ids: ['x', 'y'], likeness: Float32Array.of(0.5, 0.25) };

describe('a stored voice', () => {
  it.each([
    ['of two candidates', ['a', 'b']],
    ['of none', []],
  ])('%s is read as it was written', (_, ids) => {
    const numbers = Float32Array.from({ length: ids.length * width }, (_one, k) => k + 1);
    const sold = [0.25, 0.5, 0.125, 0.75] as const;
    for (const beside of [viewed, nothingViewed]) {
      const data = packVoice({ ...counts, sold, viewed: beside, ids, numbers });
      expect(unpackVoice(data)).toMatchObject({ ...counts, sold, viewed: beside, ids, numbers });
      expect(unpackVoiceHead(data.subarray(0, voiceHeadBytes))).toEqual({ count: 40, sold });
      expect(unpackRhythm(data.subarray(0, voiceHeadBytes))).toEqual({ repeatRate: 0.25, gapDays: 30 });
    }
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
    const data = packVoice({ ...counts, viewed, ids: ['a'], numbers });
    expect(() => unpackVoice(data.subarray(0, data.length - 8))).toThrow(RangeError);
  });
});
