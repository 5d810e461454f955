import { at, basketsOf, type History, itemsOf } from './history.ts';
import { createSquareMatrix, invertInPlace, type SquareMatrix } from './spd-inverse.ts';

/**
 * The linear model: how strongly each item, held in a basket or a history, asks for each other item, all
 * others taken into account. Source: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data" (WWW 2019);
 * here the Gram matrix adds up baskets and whole customers, so that one inverse serves cart and taste.
 */
export interface LinearModel {
  readonly inverse: SquareMatrix;
  /** 1 / diagonal of the inverse */
  readonly scale: Float32Array;
}

/** Above this number of products the dense inverse no longer fits; neighbours carry the answer alone. */
export const mostLinearItems = 8_000;
/** A customer with more products than this (a reseller) says little about taste and costs the square. */
const longestProfile = 1_500;

/**
 * @param ridge added to the diagonal; larger means more cautious
 * @returns null when the shop has more products than the dense inverse can take
 */
export function trainLinear(history: History, ridge: number): LinearModel | null {
  const n = history.items.length;
  if (n === 0 || n > mostLinearItems) return null;
  const gram = createSquareMatrix(n);
  for (let basket = 0; basket < history.basketAt.length; basket += 1) addOuter(gram, itemsOf(history, basket));
  const owned = new Uint8Array(n);
  for (let customer = 0; customer < history.customers.length; customer += 1) {
    const profile: number[] = [];
    for (const basket of basketsOf(history, customer)) {
      for (const item of itemsOf(history, basket)) {
        if (owned[item] === 0) profile.push(item);
        owned[item] = 1;
      }
    }
    for (const item of profile) owned[item] = 0;
    if (profile.length <= longestProfile) addOuter(gram, Int32Array.from(profile).sort());
  }
  for (let item = 0; item < n; item += 1)
    gram.values[item * gram.stride + item] = at(gram.values, item * gram.stride + item) + ridge;
  invertInPlace(gram);
  const scale = new Float32Array(n);
  for (let item = 0; item < n; item += 1) scale[item] = 1 / at(gram.values, item * gram.stride + item);
  return { inverse: gram, scale };
}

/** Adds the prediction for a weighted profile to `scores` (zeroed by the caller). An item never votes for itself. */
export function addLinear(
  model: LinearModel,
  items: ArrayLike<number>,
  weights: ArrayLike<number>,
  scores: Float32Array,
): void {
  const { values, stride } = model.inverse;
  const n = scores.length;
  for (let k = 0; k < items.length; k += 1) {
    const weight = weights[k] ?? 0;
    const from = (items[k] ?? 0) * stride;
    const row = values.subarray(from, from + n);
    for (let item = 0; item < n; item += 1) scores[item] = (scores[item] ?? 0) - weight * (row[item] ?? 0);
  }
  for (let item = 0; item < n; item += 1) scores[item] = (scores[item] ?? 0) * (model.scale[item] ?? 0);
  for (let k = 0; k < items.length; k += 1) {
    const item = items[k] ?? 0;
    scores[item] = at(scores, item) + (weights[k] ?? 0);
  }
}

/** The model's weight from one item to another. */
export function linearWeight(model: LinearModel, from: number, to: number): number {
  return from === to ? 0 : -at(model.inverse.values, from * model.inverse.stride + to) * at(model.scale, to);
}

function addOuter(gram: SquareMatrix, ascending: Int32Array): void {
  const { values, stride } = gram;
  for (let i = 0; i < ascending.length; i += 1) {
    const row = (ascending[i] ?? 0) * stride;
    for (let j = 0; j <= i; j += 1) {
      const place = row + (ascending[j] ?? 0);
      values[place] = (values[place] ?? 0) + 1;
    }
  }
}
