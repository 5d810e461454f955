import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openVoiceDesk } from './voice-desk.ts';

/** Distance to the next 32-bit float above 0 < x. */
function unit(x: number): number {
  const bits = new Int32Array(Float32Array.of(x).buffer);
  const next = new Float32Array(Int32Array.of((bits[0] ?? 0) + 1).buffer);
  return (next[0] ?? 0) - Math.fround(x);
}

describe('the loudness of a voice', () => {
  it('is log(1 + value × scale) within two units of the last place, 0 where nothing is said', () => {
    const value = fc.oneof(
      fc.float({ min: 0, max: 4, noNaN: true }),
      fc.float({ min: 0, max: Math.fround(1e-6), noNaN: true }),
      fc.float({ min: Math.fround(-1), max: 0, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 21 }), fc.constantFrom(0.25, 8, 512), (values, scale) => {
        const desk = openVoiceDesk(2, values.length);
        desk.loudness.set(values, values.length);
        desk.louden(1, scale);
        values.forEach((one, item) => {
          const expected = one > 0 ? Math.log1p(Math.fround(Math.fround(one) * scale)) : 0;
          const found = desk.loudness[values.length + item] ?? NaN;
          expect(Math.abs(found - expected)).toBeLessThanOrEqual(expected > 1e-35 ? 2 * unit(expected) : 1e-35);
        });
        expect([...desk.loudness.subarray(0, values.length)]).toEqual(values.map(() => 0));
      }),
    );
  });
});
