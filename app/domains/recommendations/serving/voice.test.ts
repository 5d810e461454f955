import { describe, expect, it } from 'vitest';
import { column, packVoice, unpackVoice, unpackVoiceHead, voiceHeadBytes, width } from './voice.ts';

const counts = { total: 500, count: 40, sold: [0.25, 0.5, 0.125], repeatRate: 0.25, gapDays: 30 } as const;

describe('a stored voice', () => {
  it.each([
    ['of two candidates', ['a', 'b']],
    ['of none', []],
  ])('%s is read as it was written', (_, ids) => {
    const numbers = Float32Array.from({ length: ids.length * width }, (_one, k) => k + 1);
    const data = packVoice({ ...counts, ids, numbers });
    expect(unpackVoice(data)).toMatchObject({ ...counts, ids, numbers });
    expect(unpackVoiceHead(data.subarray(0, voiceHeadBytes))).toEqual({ count: 40, sold: [0.25, 0.5, 0.125] });
  });

  it('from before the prior was stored is read with a prior of 0', () => {
    const former = Float32Array.of(
      2,
      500,
      40,
      0.25,
      0.5,
      0.125,
      0.25,
      30,
      ...[1, 2, 3, 4, 5, 6, 7],
      ...[8, 9, 10, 11, 12, 13, 14],
    );
    const data = Buffer.concat([Buffer.from(former.buffer), Buffer.from('a\nb')]);
    const voice = unpackVoice(data);
    expect(voice).toMatchObject({ ...counts, ids: ['a', 'b'] });
    expect([...voice.numbers]).toEqual([1, 2, 3, 4, 5, 6, 7, 0, 8, 9, 10, 11, 12, 13, 14, 0]);
    expect(voice.numbers[width + column.season]).toBe(14);
  });

  it('of missing bytes is refused', () => {
    const numbers = new Float32Array(width);
    const data = packVoice({ ...counts, ids: ['a'], numbers });
    expect(() => unpackVoice(data.subarray(0, data.length - 8))).toThrow(RangeError);
  });
});
