import { best } from '../engine/best.ts';
import { blendVoices, loudest, type Voices } from '../engine/blend.ts';
import { at } from '../engine/history.ts';
import type { Model } from '../engine/train-model.ts';
import { sources } from '../sources/index.ts';
import type { StoredCustomerVoice } from './customer-voice.ts';

/** Products of which a customer's past says most; of the others it says too little to be kept. */
const kept = 128;
const silence = 5e-3;
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

/** The weights of the sources that know the customer; all others are 0. */
const ownWeights = (weights: Float64Array): Float64Array =>
  weights.map((weight, index) => (sources[index]?.knowsCustomer === true ? weight : 0));

/**
 * @param alone by item number, see `StoredCustomerVoice`
 * @param voices of any question that this customer asks
 */
export function makeCustomerVoice(model: Model, alone: Float64Array, voices: Voices): StoredCustomerVoice {
  const { items } = model.parts.history;
  const { profile } = voices.asked;
  const weights = ownWeights(model.weights.cart);
  const parts = blendVoices(voices, weights).slice();
  const loudness = parts.map((part, item) => (model.offered[item] === 1 ? Math.abs(part) : 0));
  const chosen = [...best(loudness, Math.min(kept, items.length))].filter((item) => at(loudness, item) >= silence);
  return chosen.map((item) => {
    const source = loudest(voices, weights, item, items.length);
    const index = sources.findIndex(({ id }) => id === source);
    const own = at(weights, index) * at(voices.loudness, index * items.length + item);
    const bought = profile.items.indexOf(item);
    const orders = bought < 0 ? 0 : at(profile.count, bought);
    return [items[item] ?? '', rounded(at(parts, item)), rounded(at(alone, item)), source, rounded(own), orders];
  });
}
