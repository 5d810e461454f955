import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOuterKernel, outerLanes } from './outer-kernel.ts';

const number = fc.float({ min: -8, max: 8, noNaN: true });

describe('weighted outer products', () => {
  it('are added up bit for bit as plain loops over 32-bit floats do', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 19 }),
        fc.integer({ min: 1, max: 9 }),
        fc.infiniteStream(number),
        (width, count, noise) => {
          const length = outerLanes(width);
          const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
          const take = () => Number(noise.next().value);
          const part = (from: number, size: number) => new Float32Array(memory.buffer, from, size);
          const rows = part(0, count * length).map(() => 0);
          for (let row = 0; row < count; row += 1) for (let f = 0; f < width; f += 1) rows[row * length + f] = take();
          const weights = Float32Array.from({ length: count }, take);
          const [weightsAt, sumsAt] = [8_192, 16_384];
          part(0, rows.length).set(rows);
          part(weightsAt, count).set(weights);
          const sums = part(sumsAt, width * length);
          createOuterKernel(memory, width).addOuter(0, rows.byteLength, weightsAt, sumsAt);

          for (let f = 0; f < width; f += 1)
            for (let g = 0; g <= f; g += 1) {
              let sum = 0;
              for (let row = 0; row < count; row += 1) {
                const weighted = Math.fround((rows[row * length + g] ?? 0) * (weights[row] ?? 0));
                sum = Math.fround(sum + Math.fround((rows[row * length + f] ?? 0) * weighted));
              }
              expect(sums[f * length + g]).toBe(sum);
            }
        },
      ),
    );
  });
});
