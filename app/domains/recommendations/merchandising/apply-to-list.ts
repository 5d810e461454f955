import type { ShopScope } from '#app/infra/database.ts';
import type { ProductCard } from '../cards/model.ts';
import { readCards } from '../cards/store.ts';
import type { StoredSurface, Suggestion } from '../model.ts';
import {
  type AdjustedSuggestion,
  type MerchandisingSettings,
  type Rule,
  type RuleSurface,
  ruleSurfaces,
  settingsOn,
} from './model.ts';
import { applyRules, broughtIn, rulesFor } from './rules.ts';
import { findTargeted, readRules, readSettings } from './store.ts';

/** A shop's live wishes, read once for any number of lists. */
export interface Merchandising {
  readonly rules: readonly Rule[];
  readonly settings: MerchandisingSettings;
  readonly now: Date;
  /** products that pins and suggestions by collection, tag, vendor or type bring in, by rule */
  readonly targeted: ReadonlyMap<string, readonly string[]>;
}

/** What a rule without named products brings in at most. */
const mostTargeted = 8;

/** Reads the rules that are live at `now`, and what they bring in. */
export async function loadMerchandising(scope: ShopScope, now: Date): Promise<Merchandising> {
  const { settings } = await readSettings(scope);
  const rules = await readRules(scope);
  const targeted = new Map<string, readonly string[]>();
  for (const rule of rules) {
    const { target } = rule;
    if (rule.status === 'off' || (rule.action !== 'pin' && rule.action !== 'suggest')) continue;
    if (target.kind === 'collections') targeted.set(rule.id, await find(scope, 'collections', target.ids));
    else if (target.kind === 'tags' || target.kind === 'vendors' || target.kind === 'types')
      targeted.set(rule.id, await find(scope, target.kind, target.names));
  }
  return { settings, rules, targeted, now };
}

const find = (scope: ShopScope, by: Parameters<typeof findTargeted>[1], values: readonly string[]) =>
  findTargeted(scope, by, values, mostTargeted);

/** Nothing that the merchant wished changes any list. */
export function isIdle({ rules, settings }: Merchandising): boolean {
  return (
    settings.objective === 'clicks' &&
    ruleSurfaces.every((surface) => settingsOn(settings, surface).diversityPercent === 0) &&
    rules.every((rule) => rule.status === 'off')
  );
}

/** Products that the rules for this cart or page bring in beside the model's candidates. */
export function additions(merchandising: Merchandising, rules: readonly Rule[]): string[] {
  return [...broughtIn(rules), ...rules.flatMap((rule) => merchandising.targeted.get(rule.id) ?? [])];
}

/** A suggestion that only a rule speaks for: behind all others unless it is pinned. */
export function broughtSuggestion(productId: string, because: string | null): Suggestion {
  return { productId, score: -1_000, source: 'popular', reason: { support: 0, lift: 1, because } };
}

/**
 * Logarithm of the chance behind a score. Carts and personal lists are scored by a softmax, whose scores are
 * logarithms already; likeness and popularity are shares.
 */
export function logChanceOn(surface: RuleSurface): (suggestion: Suggestion) => number {
  return surface === 'similar' || surface === 'popular'
    ? ({ score }) => (score > -1_000 ? Math.log(Math.max(score, 1e-6)) : score)
    : ({ score }) => score;
}

/** The model's list for a cart or page as the merchant wants it. `cards` must hold all that is named, sellable or not. */
export function applyToList(
  merchandising: Merchandising,
  surface: RuleSurface,
  list: readonly Suggestion[],
  beside: readonly ProductCard[],
  cards: ReadonlyMap<string, ProductCard>,
  limit: number,
): AdjustedSuggestion[] {
  const rules = rulesFor(merchandising.rules, surface, beside, merchandising.now);
  const own = new Set(beside.map((card) => card.id));
  const because = beside[0]?.id ?? null;
  const candidates = [...list, ...additions(merchandising, rules).map((id) => broughtSuggestion(id, because))].filter(
    ({ productId }) => !own.has(productId) && cards.get(productId)?.sellable === true,
  );
  return applyRules(candidates, {
    rules,
    settings: settingsOn(merchandising.settings, surface),
    products: cards,
    logChance: logChanceOn(surface),
    limit,
  }).filter(
    (one) => one.score > -1_000 || one.adjustments.some(({ kind }) => kind === 'pinned' || kind === 'suggested'),
  );
}

/** The same for one stored list, with the cards read here. */
export async function merchandiseList(
  scope: ShopScope,
  merchandising: Merchandising,
  surface: StoredSurface,
  subjectId: string,
  list: readonly Suggestion[],
  limit: number,
): Promise<AdjustedSuggestion[]> {
  const ofProduct = surface === 'together' || surface === 'similar';
  const named = [...list.map((one) => one.productId), ...additions(merchandising, merchandising.rules)];
  const cards = await readCards(scope, ofProduct ? [subjectId, ...named] : named);
  const own = ofProduct ? cards.get(subjectId) : undefined;
  return applyToList(merchandising, surface, list, own ? [own] : [], cards, limit);
}
