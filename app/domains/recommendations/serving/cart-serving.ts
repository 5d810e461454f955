import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createLru } from '#app/shared/lru.ts';
import type { ProductCard } from '../cards/model.ts';
import { packCard, unpackCard } from '../cards/pack.ts';
import { fetchCards } from '../cards/store.ts';
import { additions, isIdle, type Merchandising } from '../merchandising/apply-to-list.ts';
import { rulesFor } from '../merchandising/rules.ts';
import type { Suggestion } from '../model.ts';
import type { Interest } from './interest.ts';
import { type Beside, hearViews } from './viewed.ts';
import type { CustomerVoice } from './customer-voice.ts';
import { createHeldReader } from './held-reader.ts';
import { createHeldShops, type HeldShop } from './held-shops.ts';
import { chooseAmong } from './choose-among.ts';
import { rankCart } from './rank-cart.ts';
import { createReadAhead } from './read-ahead.ts';
import { createShelf } from './shelf.ts';
import { fetchCustomer, fetchViewed, fetchVoiceIds, fetchVoices, type KnownCustomer, type Purchase } from './store.ts';
import { unpackRhythm, unpackSpoken, unpackViewed, type Voice } from './voice.ts';

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
  /** The number of the reading that the shop's products are known by; it goes up through all shops. */
  reading(shopId: ShopId): number;
  /** Since that reading none of these products has changed, as far as the last reading knows. */
  untouched(shopId: ShopId, productIds: readonly string[], since: number): boolean;
  /**
   * The model's best `pool` for a cart, with the cards of all of them.
   * @param shown where the merchant wishes nothing else, cards are read down to so many that can be bought, and no further
   */
  candidates(shopId: ShopId, productIds: readonly string[], pool: number, shown?: number): Promise<CartCandidates>;
  /** The same for a customer whose past is heard as well; null where nothing is known of it: then they are a guest. */
  candidatesOf(
    shopId: ShopId,
    customerId: string,
    productIds: readonly string[],
    pool: number,
  ): Promise<CartCandidates | null>;
  /**
   * What the visitor has looked at says for products that others look at beside it, see `hearViews`.
   * @param among may still be on its way
   */
  besideViewed(
    shopId: ShopId,
    interest: Interest,
    among: Promise<Pick<CartCandidates, 'list'>>,
  ): Promise<ReadonlyMap<string, Beside>>;
  /**
   * The same choice out of `among` alone, all of them: what the model knows nothing of stands last, in their order.
   * @param customerId null = a guest
   */
  candidatesAmong(
    shopId: ShopId,
    productIds: readonly string[],
    among: readonly string[],
    customerId: string | null,
  ): Promise<CartCandidates>;
  cards(shopId: ShopId, productIds: readonly string[]): Promise<ReadonlyMap<string, ProductCard>>;
  /** How products come back to their buyers. */
  rhythms(
    shopId: ShopId,
    productIds: readonly string[],
  ): Promise<ReadonlyMap<string, Pick<Voice, 'repeatRate' | 'gapDays'>>>;
  purchases(shopId: ShopId, customerId: string): Promise<readonly Purchase[]>;
  /** What the merchant wishes of all lists. */
  merchandising(shopId: ShopId): Promise<Merchandising>;
}

/** How much memory a process gives to what it read. */
export interface ServingMemory {
  readonly voiceBytes: number;
  readonly cardBytes: number;
  /** for what is looked at beside products */
  readonly viewedBytes: number;
}

/**
 * How a web process parts what it may hold: a product's voice takes 3 kB, its card 0.6, what is looked at beside it 0.1
 * where that is nothing, and up to 0.5.
 */
export function servingMemory(megabytes: number): ServingMemory {
  const bytes = megabytes << 20;
  const [cardBytes, viewedBytes] = [Math.floor(bytes * 0.18), Math.floor(bytes * 0.07)];
  return { voiceBytes: bytes - cardBytes - viewedBytes, cardBytes, viewedBytes };
}
/** Beyond this what was asked for would make way for what nobody asked for. */
const nearlyFull = 0.8;
const mostCustomers = 5_000;
/** Of a larger cart so many products, the first by number, say what goes with it; none of the others is suggested. */
const mostHeard = 50;
/** Of a cart's candidates no more are looked at for a choice among given products. */
const mostRanked = 2_000;
const customerMs = 60_000;

export function createCartServing(
  services: Pick<Services, 'db' | 'clock' | 'log'>,
  memory: ServingMemory = servingMemory(240),
): CartServing {
  const { db, clock, log } = services;
  const voicesOf = ({ shopId, name, state }: HeldShop) => ({
    name: `${name} ${String(state.version)}`,
    shopId,
    version: state.version,
  });
  type VoiceGroup = ReturnType<typeof voicesOf>;
  const voiceShelf = createShelf(memory.voiceBytes);
  const heldVoices = createHeldReader(
    voiceShelf,
    ({ shopId, version }: VoiceGroup, ids) => fetchVoices(db, shopId, version, ids),
    (group, ids) => ahead.missed(group, ids),
  );
  const viewedShelf = createShelf(memory.viewedBytes);
  const heldViewed = createHeldReader(viewedShelf, ({ shopId, version }: VoiceGroup, ids) =>
    fetchViewed(db, shopId, version, ids),
  );
  const cardShelf = createShelf(memory.cardBytes);
  const heldCards = createHeldReader(
    cardShelf,
    async ({ shopId }: HeldShop, ids) =>
      new Map((await fetchCards(db, shopId, ids)).map((card) => [card.id, packCard(card)])),
  );
  const shops = createHeldShops(services, {
    voicesChanged(shop, ids) {
      heldVoices.forget(voicesOf(shop), ids);
      heldViewed.forget(voicesOf(shop), ids);
    },
    productsChanged: (shop, ids) => heldCards.forget(shop, ids),
  });
  const hasRoom = {
    voices: () => voiceShelf.bytes() < memory.voiceBytes * nearlyFull,
    viewed: () => viewedShelf.bytes() < memory.viewedBytes * nearlyFull,
    cards: () => cardShelf.bytes() < memory.cardBytes * nearlyFull,
  };
  const ahead = createReadAhead<VoiceGroup>({
    idsAfter: ({ shopId, version }, after, limit) => fetchVoiceIds(db, shopId, version, after, limit),
    async hold(group, ids) {
      const shop = shops.last(group.shopId);
      await Promise.all([
        hasRoom.voices() && heldVoices.hold(group, ids),
        hasRoom.viewed() && heldViewed.hold(group, ids),
        shop && hasRoom.cards() && heldCards.hold(shop, ids),
      ]);
    },
    goOn(group) {
      const shop = shops.last(group.shopId);
      return shop !== undefined && voicesOf(shop).name === group.name && (hasRoom.voices() || hasRoom.cards());
    },
    failed: ({ shopId }, error) => log.warn({ err: error, shopId }, 'a shop was not read ahead of its shoppers'),
  });
  const heldCustomers = createLru<{ readonly customer: Promise<KnownCustomer>; readonly until: number }>(mostCustomers);

  /** What they bought and what that says are read together, so that one look-up is waited for. */
  function customerOf({ shopId, state: { version } }: HeldShop, customerId: string): Promise<KnownCustomer> {
    const key = `${shopId} ${String(version)} ${customerId}`;
    const now = clock.now().getTime();
    const known = heldCustomers.get(key);
    if (known && known.until > now) return known.customer;
    const customer = fetchCustomer(db, shopId, version, customerId);
    customer.catch(() => heldCustomers.delete(key));
    heldCustomers.set(key, { customer, until: now + customerMs });
    return customer;
  }

  async function rank(
    shop: HeldShop,
    inCart: ReadonlySet<string>,
    pool: number,
    own: CustomerVoice | null = null,
  ): Promise<readonly Suggestion[]> {
    const ranking = own === null ? shop.ranking : shop.customerRanking;
    if (ranking === null) return shop.popular.filter((one) => !inCart.has(one.productId)).slice(0, pool);
    const heard = inCart.size <= mostHeard ? [...inCart] : [...inCart].sort().slice(0, mostHeard);
    return rankCart(ranking, await heldVoices.read(voicesOf(shop), heard, unpackSpoken), inCart, pool, own ?? []);
  }

  const readCards = (shop: HeldShop, ids: readonly string[]) => heldCards.read(shop, ids, unpackCard);

  /** Most often the first few can be bought, and the others need not be read and taken apart. */
  async function cardsDownTo(shop: HeldShop, ids: readonly string[], shown: number) {
    const first = await readCards(shop, ids.slice(0, shown + 1));
    let sellable = 0;
    for (const card of first.values()) if (card.sellable) sellable += 1;
    return sellable >= shown || ids.length <= shown + 1 ? first : readCards(shop, ids);
  }

  async function withCards(
    shop: HeldShop,
    inCart: ReadonlySet<string>,
    list: readonly Suggestion[],
    shown: number,
  ): Promise<CartCandidates> {
    const merchandising = { ...shop.merchandising, now: clock.now() };
    const ids = list.map((one) => one.productId);
    if (isIdle(merchandising)) return { list, beside: [], cards: await cardsDownTo(shop, ids, shown), merchandising };
    const beside = [...(await readCards(shop, [...inCart])).values()];
    const rules = rulesFor(merchandising.rules, 'cart', beside, merchandising.now);
    const named = [...new Set([...ids, ...additions(merchandising, rules)])];
    return { list, beside, cards: await readCards(shop, named), merchandising };
  }

  return {
    async stamp(shopId) {
      const { version, revision, wishes } = (await shops.refresh(shopId)).state;
      return `${String(version)}.${String(revision)}.${String(wishes)}`;
    },
    reading: (shopId) => shops.last(shopId)?.changes.reading() ?? 0,
    untouched: (shopId, productIds, since) => shops.last(shopId)?.changes.untouched(productIds, since) === true,
    merchandising: async (shopId) => (await shops.get(shopId)).merchandising,
    rhythms: async (shopId, productIds) => heldVoices.read(voicesOf(await shops.get(shopId)), productIds, unpackRhythm),
    cards: async (shopId, productIds) => readCards(await shops.get(shopId), [...new Set(productIds)]),
    async candidates(shopId, productIds, pool, shown = pool) {
      const shop = await shops.get(shopId);
      const inCart = new Set(productIds);
      return withCards(shop, inCart, await rank(shop, inCart, pool), shown);
    },
    async candidatesOf(shopId, customerId, productIds, pool) {
      const shop = await shops.get(shopId);
      const { voice } = await customerOf(shop, customerId);
      if (voice === null) return null;
      const inCart = new Set(productIds);
      return withCards(shop, inCart, await rank(shop, inCart, pool, voice), pool);
    },
    async besideViewed(shopId, interest, among) {
      const shop = await shops.get(shopId);
      const weight = shop.ranking?.viewedWeight ?? 0;
      if (weight === 0) return new Map();
      const viewed = await heldViewed.read(
        voicesOf(shop),
        interest.products.flatMap(([id, much]) => (much > 0 ? [id] : [])),
        unpackViewed,
      );
      const { list } = await among;
      return hearViews(
        interest,
        viewed,
        weight,
        list.map((one) => one.productId),
      );
    },
    async candidatesAmong(shopId, productIds, among, customerId) {
      const shop = await shops.get(shopId);
      const inCart = new Set(productIds);
      const own = customerId === null ? null : (await customerOf(shop, customerId)).voice;
      const list = chooseAmong(await rank(shop, inCart, mostRanked, own), among, inCart);
      const merchandising = { ...shop.merchandising, now: clock.now() };
      const cards = await readCards(shop, [...new Set([...among, ...inCart])]);
      const beside = [...inCart].flatMap((id) => cards.get(id) ?? []);
      return { list, beside, cards, merchandising };
    },
    purchases: async (shopId, customerId) => (await customerOf(await shops.get(shopId), customerId)).purchases,
  };
}
