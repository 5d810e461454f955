import type { AskingSurface, Suggestion } from '../model.ts';
import { askSources, blendOfCart, blendVoices, type Voices } from './blend.ts';
import { explainItem } from './explain.ts';
import { best } from './best.ts';
import type { Model } from './train-model.ts';

export interface Ask {
  readonly surface: AskingSurface;
  readonly productIds: readonly string[];
  readonly customerId: string | null;
  /** the moment of asking; the model's last order where it is left out */
  readonly at?: Date;
  readonly limit: number;
}

/**
 * Answers one question with up to `limit` products, best first. Never: what is in the basket (`cart`), what the
 * customer had (`discover`), what the catalogue says is not for sale. Popularity fills what nothing else can, so
 * the answer is short only where the catalogue is.
 */
export function suggest(model: Model, ask: Ask): Suggestion[] {
  const { history } = model.parts;
  const n = history.items.length;
  if (n === 0) return [];
  const basket = [
    ...new Set(ask.productIds.map((id) => history.itemIndex.get(id) ?? -1).filter((item) => item >= 0)),
  ].sort((a, b) => a - b);
  const customer = ask.customerId === null ? -1 : (history.customerIndex.get(ask.customerId) ?? -1);
  const moment = ask.at?.getTime() ?? (history.basketAt.at(-1) ?? 0) + 1;
  return suggestBy(model, askSources(model.parts, { surface: ask.surface, moment, customer, basket }), ask.limit);
}

/** The answer to a question that the sources have heard. */
export function suggestBy(model: Model, voices: Voices, limit: number): Suggestion[] {
  const { question, profile } = voices.asked;
  const { surface, basket } = question;
  const n = model.parts.history.items.length;
  const weights = model.weights[surface === 'cart' ? blendOfCart(profile) : surface];
  const scores = blendVoices(voices, weights);
  const banned = new Uint8Array(n);
  if (surface !== 'next') for (const item of basket) banned[item] = 1;
  if (surface === 'discover') for (const item of profile.items) banned[item] = 1;
  let allowed = 0;
  for (let item = 0; item < n; item += 1) {
    if (banned[item] === 1 || model.offered[item] === 0) scores[item] = -Infinity;
    else allowed += 1;
  }
  return [...best(scores, Math.min(limit, allowed))].map((item) =>
    explainItem(model, voices, weights, item, scores[item] ?? 0),
  );
}
