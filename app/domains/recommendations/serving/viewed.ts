import { coViewFloor } from '../engine/co-views.ts';
import { halvesOf, idOfHalves } from './id-halves.ts';
import type { Interest } from './interest.ts';
import type { HeardBeside } from './voice.ts';

/** What products looked at say for another one, and which of them says most. */
export interface Beside {
  readonly moved: number;
  readonly because: string;
}

/**
 * What products looked at say for others that the same visitors look at: weight × log(1 + likeness / floor), by
 * product. The likenesses are added up as in the lessons that taught the weight, a product that was looked at more
 * counting more.
 * @param viewed of the products looked at
 * @param among nobody asks about any other product
 */
export function hearViews(
  interest: Interest,
  viewed: ReadonlyMap<string, HeardBeside>,
  weight: number,
  among: readonly string[],
): ReadonlyMap<string, Beside> {
  const looked = interest.products.filter(([, much]) => much > 0);
  const length = Math.sqrt(looked.reduce((sum, [, much]) => sum + much * much, 0));
  const sums = new Map(among.map((id) => [keyOf(id), { id, sum: 0, most: 0, because: '' }]));
  for (const [id, much] of looked) {
    const { ids, likeness } = viewed.get(id) ?? nothing;
    for (let place = 0; place < likeness.length; place += 1) {
      const known = sums.get(keyAt(ids, place));
      if (known === undefined) continue;
      const said = ((likeness[place] ?? 0) * much) / length;
      known.sum += said;
      if (said > known.most) [known.most, known.because] = [said, id];
    }
  }
  const heard = new Map<string, Beside>();
  for (const { id, sum, because } of sums.values())
    if (sum > 0) heard.set(id, { moved: weight * Math.log(1 + sum / coViewFloor), because });
  return heard;
}

const nothing: HeardBeside = { ids: [], likeness: new Float32Array(0) };

/** A product's number where that is exact, and there is one, else its text. */
function keyOf(id: string): number | string {
  const halves = halvesOf(id);
  return halves === null ? id : keyOfHalves(halves.low, halves.high);
}

const keyOfHalves = (low: number, high: number): number | string =>
  high < 2 ** 21 ? high * 2 ** 32 + low : idOfHalves(low, high);

const keyAt = (ids: HeardBeside['ids'], place: number): number | string =>
  ids instanceof Uint32Array ? keyOfHalves(ids[place * 2] ?? 0, ids[place * 2 + 1] ?? 0) : keyOf(ids[place] ?? '');
