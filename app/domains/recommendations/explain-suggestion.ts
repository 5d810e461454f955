import type { ShopScope } from '#app/infra/database.ts';
import { readCards } from './cards/store.ts';
import { chanceOfReal, type Confidence, confidenceOf, modelSureness, type ModelSureness } from './engine/confidence.ts';
import { explainInWords } from './engine/explain.ts';
import { explainedList, type ListExplanation } from './explained-list.ts';
import { readStoredHead, readVoices } from './freshening/store.ts';
import { additions, loadMerchandising } from './merchandising/apply-to-list.ts';
import { aimedAt, type Objective } from './merchandising/objective.ts';
import type { AdjustedSuggestion } from './merchandising/model.ts';
import { adjustmentsInWords, matchesTarget, rulesFor } from './merchandising/rules.ts';
import { cartPool, finishCart } from './serving/finish-cart.ts';
import { type Interest, strongestOf, tasteOf } from './serving/interest.ts';
import { type ExplainedPart, explainRank, prepareRanking, rankCart } from './serving/rank-cart.ts';
import { readOwned } from './serving/read-owned.ts';
import { readCustomer } from './serving/store.ts';
import { hearViews } from './serving/viewed.ts';
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
      /** the customer who asks has it and need not see it now, so that it is left out */
      readonly ownedByCustomer: boolean;
      /** it is for certain customers alone, of whom the one who asks is none, so that it is left out */
      readonly keptForOthers: boolean;
    }
  | { readonly code: 'never-trained' | 'unknown-product' };

/**
 * What a cart is answered with and from, for a visitor of whom `interest` is known and a signed-in customer. null before
 * the first training.
 */
async function answerCart(
  scope: ShopScope,
  { cart: asked, interest: whole, customerId = null, kept = new Set(), objective, now, also = [] }: CartQuestion,
) {
  // As the storefront asks.
  const cart = [...new Set(asked)].sort();
  const active = await readActiveVersion(scope);
  const head = active === null ? null : await readStoredHead(scope, active.version);
  if (active === null || head === null) return null;
  const interest = whole && strongestOf(whole);
  const viewed = interest?.products.map(([id]) => id) ?? [];
  const known = await readVoices(scope, active.version, [...new Set([...cart, ...viewed])]);
  const inCart = new Set(cart);
  const voices = new Map([...known].filter(([id]) => inCart.has(id)));
  const customer = customerId === null ? null : await readCustomer(scope, active.version, customerId);
  const own = customer?.voice ?? null;
  const ranking = prepareRanking(head, own === null ? 'guest' : 'customer');
  const list = rankCart(ranking, voices, inCart, cartPool, own ?? []);
  const merchandising = aimedAt(await loadMerchandising(scope, now), objective);
  const ids = [
    ...new Set([
      ...cart,
      ...also,
      ...viewed,
      ...list.map((one) => one.productId),
      ...additions(merchandising, merchandising.rules),
    ]),
  ];
  const cards = await readCards(scope, ids);
  const beside = cart.flatMap((id) => cards.get(id) ?? []);
  const besideOf = (looked: Interest) =>
    hearViews(
      looked,
      new Map([...known].map(([id, voice]) => [id, voice.viewed])),
      head.viewed,
      list.map((one) => one.productId),
    );
  const bought = customer?.purchases ?? [];
  const owned = await readOwned(scope, merchandising.settings, 'cart', bought, now);
  const visitor = {
    owned,
    ...(interest === null ? { taste: null } : { taste: tasteOf(interest, cards), beside: besideOf(interest) }),
  };
  const candidates = {
    list: list.filter((one) => !kept.has(one.productId)),
    beside,
    // Rules bring in nothing either that has no card.
    cards: new Map([...cards].filter(([id]) => !kept.has(id))),
    merchandising,
  };
  const shown = finishCart(candidates, visitor, cards.size);
  return { active, head, inCart, voices, own, list, merchandising, cards, beside, owned, shown };
}

interface CartQuestion {
  readonly cart: readonly string[];
  /** what the visitor has looked at and searched for; null = nothing is known of them */
  readonly interest: Interest | null;
  /** who is signed in, null = nobody */
  readonly customerId?: string | null;
  /** products that are for others than who asks */
  readonly kept?: ReadonlySet<string>;
  /** what an experiment aims for with them; undefined = what the merchant does */
  readonly objective?: Objective | undefined;
  readonly now: Date;
  /** products of which the cards are wanted besides */
  readonly also?: readonly string[];
}

export interface WantedSuggestion {
  readonly productId: string;
  readonly title: string;
  /** what moved it, as one line */
  readonly words: string;
}

export interface VisitorExplanation {
  /** what their own interest brings forward in an empty cart, best first */
  readonly wanted: readonly WantedSuggestion[];
  /** titles of what would stand there as well, if the customer did not have it */
  readonly owned: readonly string[];
}

/** What sets an empty cart's suggestions of this visitor, or of this customer once signed in, apart from everybody's. */
export async function explainVisitor(
  scope: ShopScope,
  asked: Omit<CartQuestion, 'cart' | 'also'>,
): Promise<VisitorExplanation> {
  const answer = await answerCart(scope, { cart: [], ...asked });
  if (answer === null) return { wanted: [], owned: [] };
  const { shown, list, owned, cards } = answer;
  const titleOf = (id: string) => cards.get(id)?.title ?? id;
  return {
    wanted: shown
      .filter((one) => one.adjustments.some(({ kind }) => kind === 'wanted'))
      .map(({ productId, adjustments }) => ({
        productId,
        title: titleOf(productId),
        words: adjustmentsInWords(adjustments),
      })),
    owned: list.filter((one) => owned.has(one.productId)).map((one) => titleOf(one.productId)),
  };
}

/** All that a cart is suggested at `now`, each with its reason; null before the first training. See `explainSuggestion`. */
export async function explainCart(
  scope: ShopScope,
  asked: Omit<CartQuestion, 'also'>,
): Promise<ListExplanation | null> {
  const answer = await answerCart(scope, asked);
  if (answer === null) return null;
  const { active, list, shown, cards, owned, merchandising, beside } = answer;
  return {
    surface: 'cart',
    model: modelSureness(versionStatsSchema.parse(active.stats).report),
    suggestions: explainedList({
      list,
      shown,
      cards,
      owned,
      rules: rulesFor(merchandising.rules, 'cart', beside, asked.now),
      ...(asked.kept && { kept: asked.kept }),
    }),
  };
}

/**
 * Why a product is, or is not, suggested for a cart at `now`, to a visitor of whom `interest` is known, or to a customer
 * who is signed in.
 */
export async function explainSuggestion(
  scope: ShopScope,
  {
    productId,
    interest = null,
    ...asked
  }: Omit<CartQuestion, 'also' | 'interest'> & {
    readonly productId: string;
    readonly interest?: Interest | null;
  },
): Promise<SuggestionExplanation> {
  const answer = await answerCart(scope, { ...asked, interest, also: [productId] });
  if (answer === null) return { code: 'never-trained' };
  const { active, head, inCart, voices, own, list, merchandising, cards, beside, owned, shown } = answer;
  const card = cards.get(productId);
  if (card === undefined) return { code: 'unknown-product' };
  const place = shown.findIndex((one) => one.productId === productId);
  const rank = explainRank(head, voices, inCart, productId, own);
  const titleOf = (id: string) => cards.get(id)?.title ?? id;
  const said: AdjustedSuggestion | undefined = shown[place];
  const plain = said ?? list.find((one) => one.productId === productId);
  const excluding = rulesFor(merchandising.rules, 'cart', beside, asked.now).find(
    (rule) => rule.action === 'exclude' && matchesTarget(rule.target, card),
  );
  return {
    code: 'explained',
    productId,
    title: card.title,
    sellable: card.sellable,
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
    ownedByCustomer: owned.has(productId),
    keptForOthers: asked.kept?.has(productId) === true,
  };
}
