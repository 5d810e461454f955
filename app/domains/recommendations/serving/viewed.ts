import { coViewFloor } from '../engine/co-views.ts';
import type { Interest } from './interest.ts';
import type { VoiceCounts } from './voice.ts';

/**
 * What products looked at say for others that the same visitors look at: weight × log(1 + likeness / floor), by
 * product. The likenesses are added up as in the lessons that taught the weight, a product that was looked at more
 * counting more.
 * @param voices of the products looked at
 */
export function hearViews(
  interest: Interest,
  voices: ReadonlyMap<string, Pick<VoiceCounts, 'viewed'>>,
  weight: number,
): ReadonlyMap<string, number> {
  const looked = interest.products.filter(([, much]) => much > 0);
  const length = Math.sqrt(looked.reduce((sum, [, much]) => sum + much * much, 0));
  const sums = new Map<string, number>();
  for (const [id, much] of looked) {
    const viewed = voices.get(id)?.viewed;
    viewed?.ids.forEach((other, place) =>
      sums.set(other, (sums.get(other) ?? 0) + ((viewed.likeness[place] ?? 0) * much) / length),
    );
  }
  return new Map([...sums].map(([id, sum]) => [id, weight * Math.log(1 + sum / coViewFloor)]));
}
