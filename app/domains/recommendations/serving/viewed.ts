import { coViewFloor } from '../engine/co-views.ts';
import type { Interest } from './interest.ts';
import type { Voice } from './voice.ts';

/** What products looked at say for another one, and which of them says most. */
export interface Beside {
  readonly moved: number;
  readonly because: string;
}

/**
 * What products looked at say for others that the same visitors look at: weight × log(1 + likeness / floor), by
 * product. The likenesses are added up as in the lessons that taught the weight, a product that was looked at more
 * counting more.
 * @param voices of the products looked at
 */
export function hearViews(
  interest: Interest,
  voices: ReadonlyMap<string, Pick<Voice, 'viewed'>>,
  weight: number,
): ReadonlyMap<string, Beside> {
  const looked = interest.products.filter(([, much]) => much > 0);
  const length = Math.sqrt(looked.reduce((sum, [, much]) => sum + much * much, 0));
  const sums = new Map<string, { sum: number; most: number; because: string }>();
  for (const [id, much] of looked) {
    const viewed = voices.get(id)?.viewed;
    viewed?.ids.forEach((other, place) => {
      const said = ((viewed.likeness[place] ?? 0) * much) / length;
      const known = sums.get(other);
      if (known === undefined) sums.set(other, { sum: said, most: said, because: id });
      else {
        known.sum += said;
        if (said > known.most) [known.most, known.because] = [said, id];
      }
    });
  }
  return new Map(
    [...sums].map(([id, { sum, because }]) => [id, { moved: weight * Math.log(1 + sum / coViewFloor), because }]),
  );
}
