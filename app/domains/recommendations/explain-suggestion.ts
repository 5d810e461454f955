import type { ShopScope } from '#app/infra/database.ts';
import { readCards } from './cards/store.ts';
import { chanceOfReal, type Confidence, confidenceOf, modelSureness, type ModelSureness } from './engine/confidence.ts';
import { explainInWords } from './engine/explain.ts';
import { readStoredHead, readVoices } from './freshening/store.ts';
import { additions, applyToList, loadMerchandising } from './merchandising/apply-to-list.ts';
import type { AdjustedSuggestion } from './merchandising/model.ts';
import { adjustmentsInWords, matchesTarget, rulesFor } from './merchandising/rules.ts';
import { type ExplainedPart, explainRank, prepareRanking, rankCart } from './serving/rank-cart.ts';
import { column, pairNumbers, width } from './serving/voice.ts';
import { readActiveVersion } from './store.ts';
import { versionStatsSchema } from './version-stats.ts';

/** What one product of the cart says for the suggested one. */
export interface ExplainedPair {
  readonly productId: string;
  readonly title: string;
  /** orders with both */
  readonly support: number;
  /** how many times more often than by chance */
  readonly lift: number;
  readonly cosine: number;
  /** the linear model's weight */
  readonly linear: number;
  /** likeness of the descriptions, 0 to 1 */
  readonly likeness: number;
}

export type SuggestionExplanation =
  | {
      readonly code: 'explained';
      readonly productId: string;
      readonly title: string;
      readonly sellable: boolean;
      /** the training that speaks, and how often new orders were added to it */
      readonly version: number;
      readonly revision: number;
      /** the model's own place among all candidates, from 1; null where only a rule speaks for it */
      readonly place: number | null;
      readonly score: number | null;
      /** what each source adds to the score, loudest first; they add up to it */
      readonly parts: readonly ExplainedPart[];
      /** by product of the cart, those that say something */
      readonly pairs: readonly ExplainedPair[];
      /** place in the answer after the rules, from 1; null where it is not shown */
      readonly shownAt: number | null;
      /** the reason as one line for people, then what the merchant's wishes did; '' where nothing */
      readonly words: string;
      readonly confidence: Confidence | null;
      readonly chanceOfReal: number | null;
      readonly model: ModelSureness;
      readonly adjustedWords: string;
      /** the rule that leaves it out */
      readonly excludedBy: string | null;
    }
  | { readonly code: 'never-trained' | 'unknown-product' };

const pool = 40;

/** Why a product is, or is not, suggested for a cart at `now`; for a visitor of whom nothing is known. */
export async function explainSuggestion(
  scope: ShopScope,
  { cart, productId, now }: { readonly cart: readonly string[]; readonly productId: string; readonly now: Date },
): Promise<SuggestionExplanation> {
  const active = await readActiveVersion(scope);
  const head = active === null ? null : await readStoredHead(scope, active.version);
  if (active === null || head === null) return { code: 'never-trained' };
  const inCart = new Set(cart);
  const voices = await readVoices(scope, active.version, cart);
  const list = rankCart(prepareRanking(head), voices, inCart, pool);
  const merchandising = await loadMerchandising(scope, now);
  const ids = [
    ...cart,
    productId,
    ...list.map((one) => one.productId),
    ...additions(merchandising, merchandising.rules),
  ];
  const cards = await readCards(scope, ids);
  const own = cards.get(productId);
  if (own === undefined) return { code: 'unknown-product' };
  const beside = cart.flatMap((id) => cards.get(id) ?? []);
  const shown = applyToList(merchandising, 'cart', list, beside, cards, pool);
  const place = shown.findIndex((one) => one.productId === productId);
  const rank = explainRank(head, voices, inCart, productId);
  const titleOf = (id: string) => cards.get(id)?.title ?? id;
  const said: AdjustedSuggestion | undefined = shown[place];
  const plain = said ?? list.find((one) => one.productId === productId);
  const excluding = rulesFor(merchandising.rules, 'cart', beside, now).find(
    (rule) => rule.action === 'exclude' && matchesTarget(rule.target, own),
  );
  return {
    code: 'explained',
    productId,
    title: own.title,
    sellable: own.sellable,
    version: active.version,
    revision: active.revision,
    place: rank?.place ?? null,
    score: rank?.score ?? null,
    parts: rank?.parts ?? [],
    pairs: [...voices].flatMap(([asker, voice]): ExplainedPair[] => {
      const index = voice.ids.indexOf(productId);
      if (index < 0) return [];
      const { support, lift, cosine } = pairNumbers(voice, index);
      return [
        {
          productId: asker,
          title: titleOf(asker),
          support,
          lift: support === 0 ? 1 : Math.exp((lift * (support + 4)) / support),
          cosine,
          linear: voice.numbers[index * width + column.linear] ?? 0,
          likeness: voice.numbers[index * width + column.likeness] ?? 0,
        },
      ];
    }),
    shownAt: place < 0 ? null : place + 1,
    words: plain === undefined ? '' : explainInWords(plain, titleOf),
    confidence: plain === undefined ? null : confidenceOf(plain),
    chanceOfReal: plain === undefined ? null : chanceOfReal(plain),
    model: modelSureness(versionStatsSchema.parse(active.stats).report),
    adjustedWords: adjustmentsInWords(said?.adjustments ?? []),
    excludedBy: excluding?.title ?? null,
  };
}
