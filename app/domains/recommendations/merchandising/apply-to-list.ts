import type { ShopScope } from '#app/infra/database.ts';
import { type OfferSides, readOfferSides } from '#app/infra/offer-products.ts';
import { findMeant, heldNames, mostOfOffer } from '#app/infra/products-meant.ts';
import type { ProductCard } from '../cards/model.ts';
import { readCards } from '../cards/store.ts';
import { readVoiceHeads } from '../freshening/store.ts';
import type { StoredSurface, Suggestion } from '../model.ts';
import {
  type AdjustedSuggestion,
  type MerchandisingSettings,
  type Rule,
  type RuleSurface,
  ruleSurfaces,
  settingsOn,
} from './model.ts';
import { readActiveVersion } from '../store.ts';
import { readClickEffects } from './store-clicks.ts';
import { applyRules, broughtIn, rulesFor } from './rules.ts';
import { readRules, readSettings } from './store.ts';

/** A shop's live wishes, read once for any number of lists. */
export interface Merchandising {
  readonly rules: readonly Rule[];
  readonly settings: MerchandisingSettings;
  readonly now: Date;
  /** products that pins and suggestions bring in which name them by anything but their ids, by rule */
  readonly targeted: ReadonlyMap<string, readonly string[]>;
  /** by product, as the last training found it, see `clickEffects`; nothing where it is left out */
  readonly clicks?: ReadonlyMap<string, number>;
  /** what the checkout knows of rules' own offers that name products by what they are; nothing where it is left out */
  readonly offers?: ReadonlyMap<string, OfferSides>;
}

/** What a rule without named products brings in at most. */
const mostTargeted = 8;
/** Of more products than this that a rule names, so many of the best sellers of the latest orders are compared. */
const mostCompared = 500;

/** Reads the rules with what they bring in, for lists that are made at `now`. */
export async function loadMerchandising(scope: ShopScope, now: Date): Promise<Merchandising> {
  const { settings } = await readSettings(scope);
  const rules = await readRules(scope);
  const named = new Map<string, readonly string[]>();
  const looking = rules.flatMap(({ id, status, action, target, savingBps }) =>
    status === 'off' ||
    (action !== 'pin' && action !== 'suggest') ||
    target.kind === 'all' ||
    target.kind === 'products'
      ? []
      : [{ id, target, most: savingBps > 0 ? mostOfOffer : mostCompared }],
  );
  const held = heldNames(
    scope,
    looking.map(({ target }) => target),
  );
  for (const { id, target, most } of looking) named.set(id, await findMeant(scope, target, { most, held }));
  const compared = new Set([...named.values()].flat());
  const version = await readActiveVersion(scope);
  const heads: VoiceHeads =
    version === null || compared.size === 0
      ? new Map<string, never>()
      : await readVoiceHeads(scope, version.version, [...compared]);
  const targeted = new Map([...named].map(([id, ids]) => [id, bestSellers(ids, heads)]));
  const clicks = version === null ? new Map<string, number>() : await readClickEffects(scope, version.version);
  const saving = rules.filter((rule) => rule.status === 'on' && rule.savingBps > 0);
  const offers = await readOfferSides(
    scope,
    saving.map(({ id }) => id),
  );
  return { settings, rules, targeted, clicks, offers, now };
}

type VoiceHeads = Awaited<ReturnType<typeof readVoiceHeads>>;

/** What sold best lately of these products. */
function bestSellers(ids: readonly string[], heads: VoiceHeads): readonly string[] {
  const lately = (id: string) => heads.get(id)?.sold[1] ?? 0;
  const ever = (id: string) => heads.get(id)?.count ?? 0;
  // Sorting is stable: what sold alike stays as it was found, by id, or of very many by the latest orders.
  return ids.toSorted((a, b) => lately(b) - lately(a) || ever(b) - ever(a)).slice(0, mostTargeted);
}

/** Nothing that the merchant wished changes any list. */
export function isIdle({ rules, settings, clicks }: Merchandising): boolean {
  return (
    settings.objective === 'clicks' &&
    !clicks?.size &&
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
    ...(merchandising.clicks ? { clicks: merchandising.clicks } : {}),
    reduces: ({ id }, productId) => {
      const { buy = null, get = null } = merchandising.offers?.get(id) ?? {};
      return (get?.has(productId) ?? true) && (buy === null || beside.some((card) => buy.has(card.id)));
    },
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
