import type { ShopScope } from '#app/infra/database.ts';
import { readCards } from './cards/store.ts';
import { modelSureness, type ModelSureness } from './engine/confidence.ts';
import { explainedList, type ExplainedSuggestion, type ListExplanation } from './explained-list.ts';
import {
  additions,
  applyToList,
  isIdle,
  loadMerchandising,
  type Merchandising,
  merchandiseList,
} from './merchandising/apply-to-list.ts';
import { rulesFor } from './merchandising/rules.ts';
import type { StoredSurface, Suggestion } from './model.ts';
import { readOwned } from './serving/read-owned.ts';
import { readCustomer } from './serving/store.ts';
import { readActiveVersion, readLists, readTitles } from './store.ts';
import { versionStatsSchema } from './version-stats.ts';

/**
 * The stored answer for one subject, best first, as the merchant's rules want it and without what is not for sale at
 * this moment. A customer without a
 * list of their own, or a product that came after the training, gets what is popular.
 * @param subjectId a product id (together, similar), a customer id (for-you) or '' (popular)
 */
export async function readSuggestions(
  scope: ShopScope,
  surface: StoredSurface,
  subjectId: string,
  now: Date,
  limit = 20,
): Promise<Suggestion[]> {
  return (await readSuggestionsOf(scope, surface, [subjectId], now, limit)).get(subjectId) ?? [];
}

/** The same for many subjects, by their ids, in a handful of statements where the merchant has set no rules. */
export async function readSuggestionsOf(
  scope: ShopScope,
  surface: StoredSurface,
  subjectIds: readonly string[],
  now: Date,
  limit: number,
): Promise<Map<string, Suggestion[]>> {
  const lists = new Map((await readLists(scope, surface, subjectIds)).map((one) => [one.subjectId, one.suggestions]));
  const popular =
    surface === 'popular' || lists.size === subjectIds.length
      ? []
      : ((await readLists(scope, 'popular', ['']))[0]?.suggestions ?? []);
  const found = new Map(subjectIds.map((id) => [id, lists.get(id) ?? popular]));
  const merchandising = await loadMerchandising(scope, now);
  if (!isIdle(merchandising)) {
    const answers = new Map<string, Suggestion[]>();
    for (const [id, list] of found)
      answers.set(id, await merchandiseList(scope, merchandising, surface, id, list, limit));
    return answers;
  }
  const named = new Set([...found.values()].flatMap((list) => list.map((one) => one.productId)));
  const titles = await readTitles(scope, [...named]);
  const fit = (id: string, list: readonly Suggestion[]): Suggestion[] =>
    list.filter((one) => one.productId !== id && titles.get(one.productId)?.sellable === true).slice(0, limit);
  return new Map([...found].map(([id, list]) => [id, fit(id, list)]));
}

export interface ProductExplanation {
  readonly productId: string;
  readonly title: string;
  readonly sellable: boolean;
  /** how sure the model as a whole is; null before the first training */
  readonly model: ModelSureness | null;
  /** as shoppers see them, then what they do not see */
  readonly together: readonly ExplainedSuggestion[];
  readonly similar: readonly ExplainedSuggestion[];
}

/** Everything the look-up page shows about a product at `now`. @returns null for an unknown product */
export async function explainProduct(
  scope: ShopScope,
  productId: string,
  now: Date,
): Promise<ProductExplanation | null> {
  const own = (await readTitles(scope, [productId])).get(productId);
  if (own === undefined) return null;
  const active = await readActiveVersion(scope);
  const merchandising = await loadMerchandising(scope, now);
  const explain = async (surface: 'together' | 'similar') => {
    const [list] = await readLists(scope, surface, [productId]);
    return explainList(scope, merchandising, surface, productId, list?.suggestions ?? []);
  };
  return {
    productId,
    title: own.title,
    sellable: own.sellable,
    model: active === null ? null : modelSureness(versionStatsSchema.parse(active.stats).report),
    together: await explain('together'),
    similar: await explain('similar'),
  };
}

/**
 * The same of a list that belongs to no product: what is popular, or a customer's own.
 * @param subjectId '' for what is popular, else a customer's id
 * @returns null before the first training, and for a customer without a list
 */
export async function explainStoredList(
  scope: ShopScope,
  surface: 'popular' | 'for-you',
  subjectId: string,
  now: Date,
): Promise<ListExplanation | null> {
  const active = await readActiveVersion(scope);
  const [list] = active === null ? [] : await readLists(scope, surface, [subjectId]);
  if (active === null || list === undefined) return null;
  const merchandising = await loadMerchandising(scope, now);
  const owned =
    surface === 'popular'
      ? undefined
      : await readOwned(
          scope,
          merchandising.settings,
          surface,
          (await readCustomer(scope, active.version, subjectId)).purchases,
          now,
        );
  return {
    surface,
    model: modelSureness(versionStatsSchema.parse(active.stats).report),
    suggestions: await explainList(scope, merchandising, surface, subjectId, list.suggestions, owned),
  };
}

/** A stored list beside what the merchant's rules make of it. */
async function explainList(
  scope: ShopScope,
  merchandising: Merchandising,
  surface: StoredSurface,
  subjectId: string,
  list: readonly Suggestion[],
  owned: ReadonlySet<string> = new Set(),
): Promise<ExplainedSuggestion[]> {
  const ids = [...list.map((one) => one.productId), ...additions(merchandising, merchandising.rules)];
  const ofProduct = surface === 'together' || surface === 'similar';
  const named = list.flatMap((one) => one.reason.because ?? []);
  const cards = await readCards(scope, [...new Set([...(ofProduct ? [subjectId] : []), ...ids, ...named])]);
  const own = ofProduct ? cards.get(subjectId) : undefined;
  const beside = own === undefined ? [] : [own];
  const open = owned.size === 0 ? list : list.filter((one) => !owned.has(one.productId));
  const shown = applyToList(merchandising, surface, open, beside, cards, ids.length);
  const rules = rulesFor(merchandising.rules, surface, beside, merchandising.now);
  return explainedList({ list, shown, cards, rules, owned });
}
