import type { SourceId, Suggestion } from '../model.ts';
import { chanceOfReal, type Confidence, confidenceOf } from './confidence.ts';
import type { Voices } from './blend.ts';
import { loudest } from './blend.ts';
import { at } from './history.ts';
import type { Model } from './train-model.ts';

/** The pair numbers of two items, where they are among each other's neighbours. */
export function pairOf(
  model: Model,
  from: number,
  to: number,
): { support: number; lift: number; cosine: number } | null {
  const { neighbours } = model.parts;
  for (let k = at(neighbours.start, from); k < at(neighbours.start, from + 1); k += 1) {
    if (at(neighbours.item, k) !== to) continue;
    const support = at(neighbours.support, k);
    // The stored value is shrunk by support / (support + 4); undone here, so that people read the plain lift.
    return {
      support,
      lift: Math.exp((at(neighbours.lift, k) * (support + 4)) / support),
      cosine: at(neighbours.cosine, k),
    };
  }
  return null;
}

/** Puts into numbers why an item stands where it does. */
export function explainItem(
  model: Model,
  voices: Voices,
  weights: Float64Array,
  item: number,
  score: number,
): Suggestion {
  const { history } = model.parts;
  const source = loudest(voices, weights, item, history.items.length);
  const { question, profile } = voices.asked;
  const productId = history.items[item] ?? '';
  const own = profile.items.indexOf(item);
  if (source.startsWith('own-') && own >= 0) {
    return { productId, score, source, reason: { support: at(profile.count, own), lift: 1, because: null } };
  }
  const askers = question.basket.length > 0 && !source.startsWith('taste') ? question.basket : profile.items;
  let because = -1;
  let pair: { support: number; lift: number; cosine: number } | null = null;
  for (const asker of askers) {
    const found = asker === item ? null : pairOf(model, asker, item);
    if (found !== null && (pair === null || found.cosine > pair.cosine)) {
      pair = found;
      because = asker;
    }
  }
  return {
    productId,
    score,
    source,
    reason: {
      support: pair?.support ?? 0,
      lift: pair === null ? 1 : Math.round(pair.lift * 100) / 100,
      because: because < 0 ? null : (history.items[because] ?? null),
    },
  };
}

const words: Readonly<Record<SourceId, string>> = {
  together: 'often bought together',
  'basket-model': 'goes with the whole basket',
  'basket-neighbours': 'bought in the same orders',
  taste: "fits the customer's purchases",
  'taste-neighbours': "bought with the customer's earlier purchases",
  'taste-baskets': "in orders like the customer's",
  'own-habit': 'the customer buys it regularly',
  'own-recent': 'the customer bought it lately',
  'own-latest': "in the customer's last orders",
  'own-replenished': 'the customer has it and people buy it again',
  content: 'similar product',
  prior: 'products of such kinds and prices go together',
  trending: 'popular this week',
  popular: 'popular this month',
  established: 'popular this season',
  'last-year': 'popular in these weeks of last year',
  'popular-among': 'popular among customers like this one',
};

const sureness: Readonly<Record<Confidence, string>> = {
  sure: 'sure',
  'some-evidence': 'some evidence',
  'a-guess': 'a guess',
};

/** One line for people: the source in words, the numbers behind it and how sure it is; `titleOf` names the other product. */
export function explainInWords(suggestion: Suggestion, titleOf: (productId: string) => string = (id) => id): string {
  const { support, lift, because } = suggestion.reason;
  const text = words[suggestion.source];
  const real = chanceOfReal(suggestion);
  // Never rounded up to certainty.
  const percent = real === null ? '' : ` ${Math.min(99, Math.round(100 * real))}%`;
  const sure = `${sureness[confidenceOf(suggestion)]}${percent}`;
  if (suggestion.source.startsWith('own-')) return `${text} (${support} orders; ${sure})`;
  if (because === null || support === 0) return `${text} (${sure})`;
  return `${text} (with ${titleOf(because)} in ${support} orders, ${lift.toFixed(1)} times as often as by chance; ${sure})`;
}
