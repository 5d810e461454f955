import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { ProductCard } from '../cards/model.ts';
import { fetchCards } from '../cards/store.ts';
import { additions, isIdle, loadMerchandising, type Merchandising } from '../merchandising/apply-to-list.ts';
import { rulesFor } from '../merchandising/rules.ts';
import type { Suggestion } from '../model.ts';
import { readLists } from '../store.ts';
import { createLru } from './lru.ts';
import { prepareRanking, rankCart, type Ranking } from './rank-cart.ts';
import { fetchPurchases, fetchVoices, type Purchase, readChangedSince, readHead, readServingState } from './store.ts';
import type { ServingState } from './store.ts';
import type { Voice } from './voice.ts';

/** What a cart is answered from before the visitor's part: the model's list, and everything that rules ask for. */
export interface CartCandidates {
  readonly list: readonly Suggestion[];
  /** the cart's own products; read only where a rule asks for them */
  readonly beside: readonly ProductCard[];
  readonly cards: ReadonlyMap<string, ProductCard>;
  readonly merchandising: Merchandising;
}

/** Answers carts from the stored voices; keeps what was read lately in the process. */
export interface CartServing {
  /** changes with every training, new orders and rules: what was answered under another text is out of date */
  stamp(shopId: ShopId): Promise<string>;
  /** the model's best `pool` for a cart, with the cards of all of them */
  candidates(shopId: ShopId, productIds: readonly string[], pool: number): Promise<CartCandidates>;
  cards(shopId: ShopId, productIds: readonly string[]): Promise<ReadonlyMap<string, ProductCard>>;
  voices(shopId: ShopId, productIds: readonly string[]): Promise<ReadonlyMap<string, Voice>>;
  purchases(shopId: ShopId, customerId: string): Promise<readonly Purchase[]>;
}

interface HeldShop {
  readonly state: ServingState;
  readonly ranking: Ranking | null;
  /** where there is none: a version from before voices were stored */
  readonly popular: readonly Suggestion[];
  readonly merchandising: Merchandising;
}

/** About 4 kB each. */
const mostVoices = 20_000;
/** About 1 kB each. */
const mostCards = 50_000;
const mostShops = 500;
const mostCustomers = 5_000;
/** Stock and prices may be this old before an answer is made of them. */
const cardMs = 10_000;
const purchasesMs = 60_000;

export function createCartServing(services: Pick<Services, 'db' | 'clock'>): CartServing {
  const { db, clock } = services;
  const shops = createLru<Promise<HeldShop>>(mostShops);
  const heldVoices = createLru<{ readonly voice: Voice | null }>(mostVoices);
  const heldCards = createLru<{ readonly card: ProductCard | null; readonly until: number }>(mostCards);
  const heldPurchases = createLru<{ readonly purchases: Promise<readonly Purchase[]>; readonly until: number }>(
    mostCustomers,
  );
  const voiceKey = (shopId: ShopId, version: number, id: string) => `${shopId} ${String(version)} ${id}`;

  async function load(shopId: ShopId, state: ServingState, before: HeldShop | null): Promise<HeldShop> {
    const known = before?.state;
    const sameVersion = known?.version === state.version;
    if (sameVersion && known.revision !== state.revision)
      for (const id of await readChangedSince(db, shopId, state.version, known.revision))
        heldVoices.delete(voiceKey(shopId, state.version, id));
    if (before && sameVersion && known.revision === state.revision && known.wishes === state.wishes)
      return { ...before, state };
    const head = await readHead(db, shopId, state.version);
    const ranking = head === null ? null : prepareRanking(head);
    const { merchandising, popular } = await db.inShop(shopId, async (scope) => ({
      merchandising: await loadMerchandising(scope, clock.now()),
      popular: head === null ? ((await readLists(scope, 'popular', ['']))[0]?.suggestions ?? []) : [],
    }));
    return { state, ranking, popular, merchandising };
  }

  async function refresh(shopId: ShopId): Promise<HeldShop> {
    const before = (await shops.get(shopId)?.catch(() => null)) ?? null;
    const state = await readServingState(db, shopId);
    const loading = load(shopId, state, before);
    shops.set(shopId, loading);
    loading.catch(() => shops.delete(shopId));
    return loading;
  }

  async function voices(shopId: ShopId, productIds: readonly string[]): Promise<Map<string, Voice>> {
    const { state } = await (shops.get(shopId) ?? refresh(shopId));
    const found = new Map<string, Voice>();
    const missing: string[] = [];
    for (const id of productIds) {
      const held = heldVoices.get(voiceKey(shopId, state.version, id));
      if (held === undefined) missing.push(id);
      else if (held.voice !== null) found.set(id, held.voice);
    }
    const read = await fetchVoices(db, shopId, state.version, missing);
    for (const id of missing) {
      const voice = read.get(id) ?? null;
      heldVoices.set(voiceKey(shopId, state.version, id), { voice });
      if (voice !== null) found.set(id, voice);
    }
    return found;
  }

  async function cards(shopId: ShopId, productIds: readonly string[]): Promise<Map<string, ProductCard>> {
    const now = clock.now().getTime();
    const found = new Map<string, ProductCard>();
    const missing: string[] = [];
    for (const id of new Set(productIds)) {
      const held = heldCards.get(`${shopId} ${id}`);
      if (held === undefined || held.until <= now) missing.push(id);
      else if (held.card !== null) found.set(id, held.card);
    }
    const read = new Map((await fetchCards(db, shopId, missing)).map((card) => [card.id, card]));
    for (const id of missing) {
      const card = read.get(id) ?? null;
      heldCards.set(`${shopId} ${id}`, { card, until: now + cardMs });
      if (card !== null) found.set(id, card);
    }
    return found;
  }

  return {
    voices,
    cards,
    async stamp(shopId) {
      const { state } = await refresh(shopId);
      return `${String(state.version)}.${String(state.revision)}.${String(state.wishes)}`;
    },
    async candidates(shopId, productIds, pool) {
      const held = await (shops.get(shopId) ?? refresh(shopId));
      const inCart = new Set(productIds);
      const list =
        held.ranking === null
          ? held.popular.filter((one) => !inCart.has(one.productId)).slice(0, pool)
          : rankCart(held.ranking, await voices(shopId, [...inCart]), inCart, pool);
      const merchandising = { ...held.merchandising, now: clock.now() };
      const ids = list.map((one) => one.productId);
      if (isIdle(merchandising)) return { list, beside: [], cards: await cards(shopId, ids), merchandising };
      const beside = [...(await cards(shopId, [...inCart])).values()];
      const rules = rulesFor(merchandising.rules, 'cart', beside, merchandising.now);
      return { list, beside, cards: await cards(shopId, [...ids, ...additions(merchandising, rules)]), merchandising };
    },
    purchases(shopId, customerId) {
      const key = `${shopId} ${customerId}`;
      const now = clock.now().getTime();
      const known = heldPurchases.get(key);
      if (known && known.until > now) return known.purchases;
      const purchases = fetchPurchases(db, shopId, customerId);
      purchases.catch(() => heldPurchases.delete(key));
      heldPurchases.set(key, { purchases, until: now + purchasesMs });
      return purchases;
    },
  };
}
