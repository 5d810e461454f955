import type { SourceId, Suggestion } from '../model.ts';
import type { SuggestionRow } from '../version-store.ts';
import { scoreAlone } from './choose-candidates.ts';
import type { Head } from './head.ts';
import { hearing } from './hear.ts';
import { column, pairNumbers, type Voice, width } from './voice.ts';

const listLength = 20;
/** Sales at which a product's own baskets weigh as much as its description when likeness is judged. */
const provenSales = 10;

/** The two lists of a product page from its voice, as the training makes them of the model. */
export function listsOfVoice(head: Head, productId: string, voice: Voice): SuggestionRow[] {
  const hear = hearing(head.weights);
  const together = ranked(head, productId, voice, (index) => scoreAlone(hear, voice, index));
  const similar = ranked(head, productId, voice, (index) => {
    const proven = Math.min(voice.count, voice.numbers[index * width + column.count] ?? 0);
    const share = proven / (proven + provenSales);
    const fromOrders = 0.5 * share * pairNumbers(voice, index).cosine;
    const fromContent = (1 - 0.5 * share) * (voice.numbers[index * width + column.likeness] ?? 0);
    return { score: fromOrders + fromContent, source: fromOrders > fromContent ? 'taste-neighbours' : 'content' };
  });
  return [
    { surface: 'together', subjectId: productId, suggestions: together },
    { surface: 'similar', subjectId: productId, suggestions: similar },
  ];
}

function ranked(
  head: Head,
  productId: string,
  voice: Voice,
  rank: (index: number) => { score: number; source: SourceId },
): Suggestion[] {
  const list = voice.ids
    .map((id, index): Suggestion => {
      const { score, source } = rank(index);
      const { support, lift } = pairNumbers(voice, index);
      const plain = support === 0 ? 1 : Math.exp((lift * (support + 4)) / support);
      return {
        productId: id,
        score: Math.round(score * 10_000) / 10_000,
        source,
        reason: { support, lift: Math.round(plain * 100) / 100, because: productId },
      };
    })
    .sort((a, b) => b.score - a.score || (a.productId < b.productId ? -1 : 1))
    .slice(0, listLength);
  const taken = new Set([productId, ...list.map((one) => one.productId)]);
  const lowest = list.at(-1)?.score ?? 0;
  for (const [id, count] of head.popular) {
    if (list.length >= listLength) break;
    if (taken.has(id)) continue;
    const score = lowest - 1 - list.length / 1000;
    list.push({ productId: id, score, source: 'popular', reason: { support: count, lift: 1, because: null } });
  }
  return list;
}
