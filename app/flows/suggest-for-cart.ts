import { createHash } from 'node:crypto';
import { isHiddenFrom, readShopExperiments, type ShopExperiments } from '#app/domains/experiments/index.ts';
import {
  type CartCandidates,
  cartPool,
  type CartServing,
  createCartServing,
  finishCart,
  type OwnedSurface,
} from '#app/domains/recommendations/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createLru } from '#app/shared/lru.ts';
import { appTestOf, type WidgetName } from '#app/shared/widgets/registry.ts';
import { type KeptProducts, nothingKept, readHeldKeys, readKept, withoutKept } from './access/kept-from.ts';
import { aimed, objectiveFor } from './cart-objective.ts';
import { renderCart } from './cart-suggestion.ts';
import { capabilitiesOfShop } from './connected-shop.ts';
import { createBoxAssembler } from './assemble-box.ts';
import { type CartVisitor, createVisitorReader, type VisitorReader } from './cart-affinity.ts';

export interface CartAsk extends CartVisitor {
  /** product ids in the cart, in any order, repeats allowed */
  readonly products: readonly string[];
  readonly limit: number;
  /** a bundle that is assembled for each visitor: then only what may go into it is suggested; null = anything */
  readonly box?: string | null;
  /** which widget asks, where it says so: one that an experiment keeps from the visitor gets nothing to show */
  readonly widget?: WidgetName | null;
  /** left out = the cart */
  readonly place?: OwnedSurface;
}

/** JSON in ASCII; as text, because Node sends head and body in one piece then. `size` is in bytes. */
export interface CartAnswer {
  readonly text: string;
  readonly size: number;
}

export interface CartAnswers {
  /** The answer where this very text of ids, joined by commas, was asked about and the answer is still good, else null. */
  known(shopId: ShopId, products: string, limit: string): CartAnswer | null;
  /** The answer, made where it is not known. What depends on the visitor is made anew each time. */
  answer(shopId: ShopId, ask: CartAsk): Promise<CartAnswer>;
}

const emptyText = renderCart([], new Map(), { currency: '', productPath: '' });
const nothing: CartAnswer = { text: emptyText, size: emptyText.length };

/** What comes (back) for sale is in every answer after this. */
const ANSWER_MS = 60_000;
/** How often it is looked up how things stand in a busy shop: trainings, rules, products that changed. */
const STANDING_MS = 5000;
/**
 * Nothing is answered by a standing that is older. So what is sold out, taken off the store or has another price is
 * gone from the answers this long after it was stored; checkout reads the live stock and price in any case.
 */
const OLDEST_STANDING_MS = 10_000;
const ANSWERS = 20_000;
const SHOPS = 10_000;
/** A cart of more lines is nobody else's: it would take the room of a hundred others. */
const REMEMBERED_LINES = 50;
/** Carts whose candidates are kept for visitors' own answers. */
const POOLS = 2_000;

interface Standing {
  readonly stamp: string;
  readonly currency: string;
  /** see `PlatformCapabilities` */
  readonly productPath: string;
  readonly experiments: ShopExperiments;
  readonly kept: KeptProducts;
  /** ms since 1970 at which it was asked for */
  readonly at: number;
}

/** What was made of a standing, and of these products as they were then. */
interface Made {
  standing: Standing;
  /** of the products, see `CartServing.reading` */
  reading: number;
  readonly products: readonly string[];
  readonly until: number;
}

interface Remembered extends CartAnswer, Made {}

/** Without the cards, which lie in memory already: a kept one would keep all that lies around it. */
interface HeldPool extends Made, Pick<CartCandidates, 'list' | 'merchandising'> {
  readonly beside: readonly string[];
}

/**
 * Cart-aware suggestions for the storefront, answered from memory where the same cart was asked about within
 * the last minute and none of the products in the answer has changed since. Order and repeats of the products do not
 * matter. Simultaneous questions about an unknown cart are answered by one look-up. A visitor's own answer starts from
 * the cart's candidates, which are remembered in the same way. Each process remembers for itself: what a look-up needs
 * is in memory too, so that it costs no more than asking another.
 */
export function createCartAnswers(
  services: Pick<Services, 'db' | 'cache' | 'clock' | 'log' | 'platforms'>,
  serving: CartServing = createCartServing(services),
  visitors: VisitorReader = createVisitorReader(services, serving),
): CartAnswers {
  const boxes = createBoxAssembler(services, serving, visitors);
  const answers = createLru<Remembered>(ANSWERS);
  const pools = createLru<HeldPool>(POOLS);
  const making = new Map<string, Promise<Remembered>>();
  const reading = new Map<ShopId, Promise<Standing>>();
  const standings = new Map<ShopId, Standing>();

  /** How things stand in the shop or, where that is too old, asked anew; one reader a shop at a time. */
  function currentStanding(shopId: ShopId): Promise<Standing> {
    const known = standings.get(shopId);
    if (known && services.clock.now().getTime() < known.at + STANDING_MS) return Promise.resolve(known);
    const running = reading.get(shopId);
    if (running) return running;
    const read = readStanding(shopId).finally(() => reading.delete(shopId));
    reading.set(shopId, read);
    return read;
  }

  async function readStanding(shopId: ShopId): Promise<Standing> {
    const now = services.clock.now();
    const [version, { shop, experiments, capabilities, kept }] = await Promise.all([
      serving.stamp(shopId),
      services.db.inShop(shopId, async (scope) => {
        const shop = await readShop(scope);
        const capabilities = capabilitiesOfShop(services, shop);
        const kept = capabilities?.exclusiveProducts ? await readKept(scope, shop.timeZone, now) : nothingKept;
        return { shop, experiments: await readShopExperiments(scope), capabilities, kept };
      }),
    ]);
    const { currency } = shop;
    const productPath = capabilities?.productPath ?? '/';
    if (standings.size >= SHOPS) standings.clear();
    // What an experiment decided for everybody is another answer to the same cart, and so is what is kept from guests.
    const stamp = `${version} ${objectiveFor(experiments, null) ?? ''} ${stampOf(kept)}`;
    const standing = { stamp, currency, productPath, experiments, kept, at: now.getTime() };
    standings.set(shopId, standing);
    return standing;
  }

  /** What was made is still what would be made, but for what came for sale within the minute. */
  function holds(made: Made, shopId: ShopId, current: Standing, now: number): boolean {
    if (now >= made.until) return false;
    if (made.standing === current) return true;
    if (made.standing.stamp !== current.stamp || !serving.untouched(shopId, made.products, made.reading)) return false;
    made.standing = current;
    made.reading = serving.reading(shopId);
    return true;
  }

  /** Decided here and not by the page, which would be inert behind a panel that it hides after it was opened. */
  async function isKept(shopId: ShopId, { widget, visitorId }: CartAsk): Promise<boolean> {
    const test = appTestOf(widget ?? '');
    return test !== null && isHiddenFrom((await currentStanding(shopId)).experiments, visitorId, test);
  }

  async function make(shopId: ShopId, key: string | null, ask: CartAsk): Promise<Remembered> {
    const standing = await currentStanding(shopId);
    // Noted before the products are read: what changes while they are read has changed since.
    const reading = serving.reading(shopId);
    const objective = objectiveFor(standing.experiments, null);
    // Another objective than the merchant's may prefer any of them, and what is kept for others makes way.
    const shown = objective === undefined && standing.kept.size === 0 ? ask.limit : cartPool;
    const candidates = withoutKept(await serving.candidates(shopId, ask.products, cartPool, shown), standing.kept);
    const list = finishCart(aimed(candidates, objective), null, ask.limit);
    const text = renderCart(list, candidates.cards, standing);
    const until = services.clock.now().getTime() + ANSWER_MS;
    const products = list.map((one) => one.productId);
    const answer: Remembered = { text, size: text.length, standing, reading, products, until };
    if (key !== null) answers.set(key, answer);
    return answer;
  }

  async function makeForVisitor(shopId: ShopId, ask: CartAsk): Promise<CartAnswer> {
    const standing = await currentStanding(shopId);
    const found = poolOf(shopId, standing, ask).then((pool) => forCustomer(shopId, standing, ask, pool));
    const [candidates, visitor] = await Promise.all([found, visitors.read(shopId, ask, found, ask.place ?? 'cart')]);
    const objective = objectiveFor(standing.experiments, ask.visitorId);
    const list = finishCart(aimed(candidates, objective), visitor, ask.limit);
    const text = renderCart(list, candidates.cards, standing);
    return { text, size: text.length };
  }

  async function makeForBox(shopId: ShopId, ask: CartAsk & { readonly box: string }): Promise<CartAnswer> {
    const standing = await currentStanding(shopId);
    const objective = objectiveFor(standing.experiments, ask.visitorId);
    const made = await boxes.assemble(shopId, ask, async (found) =>
      aimed(await forCustomer(shopId, standing, ask, found), objective),
    );
    const text = renderCart(made.list, made.cards, standing);
    return { text, size: text.length };
  }

  /** The candidates without what is kept for others than this customer. */
  async function forCustomer(
    shopId: ShopId,
    { kept }: Standing,
    { customerId }: CartAsk,
    candidates: CartCandidates,
  ): Promise<CartCandidates> {
    const asks = customerId !== null && kept.size > 0;
    const held = asks ? await services.db.inShop(shopId, (scope) => readHeldKeys(scope, customerId)) : [];
    return withoutKept(candidates, kept, held);
  }

  /** A customer's own, where something is known of them, else everybody's. */
  async function poolOf(
    shopId: ShopId,
    standing: Standing,
    { products, customerId }: CartAsk,
  ): Promise<CartCandidates> {
    const own = customerId === null ? null : await serving.candidatesOf(shopId, customerId, products, cartPool);
    return own ?? poolFor(shopId, standing, products);
  }

  async function poolFor(shopId: ShopId, standing: Standing, products: readonly string[]): Promise<CartCandidates> {
    const key = `${shopId} ${products.join()}`;
    const now = services.clock.now().getTime();
    const held = pools.get(key);
    if (held && holds(held, shopId, standing, now)) return withCards(shopId, held);
    const reading = serving.reading(shopId);
    const candidates = await serving.candidates(shopId, products, cartPool);
    if (products.length > REMEMBERED_LINES) return candidates;
    const { list, merchandising } = candidates;
    const beside = candidates.beside.map((card) => card.id);
    const named = [...candidates.cards.keys()];
    pools.set(key, { list, merchandising, beside, standing, reading, products: named, until: now + ANSWER_MS });
    return candidates;
  }

  async function withCards(
    shopId: ShopId,
    { list, merchandising, beside, products }: HeldPool,
  ): Promise<CartCandidates> {
    const cards = await serving.cards(shopId, [...products, ...beside]);
    return { list, merchandising, cards, beside: beside.flatMap((id) => cards.get(id) ?? []) };
  }

  function makeOnce(shopId: ShopId, key: string, ask: CartAsk): Promise<Remembered> {
    const running = making.get(key);
    if (running) return running;
    const made = make(shopId, key, ask).finally(() => making.delete(key));
    making.set(key, made);
    return made;
  }

  function known(key: string, shopId: ShopId): Remembered | null {
    const now = services.clock.now().getTime();
    const answer = answers.get(key);
    const current = standings.get(shopId);
    if (!answer || !current || now >= current.at + OLDEST_STANDING_MS || !holds(answer, shopId, current, now))
      return null;
    // Asked in the background, so that no shopper waits for it.
    if (now >= current.at + STANDING_MS) {
      currentStanding(shopId).catch((error: unknown) => {
        services.log.warn({ err: error, shopId }, 'how things stand in a shop was not read');
      });
    }
    return answer;
  }

  return {
    known: (shopId, products, limit) => known(keyOf(shopId, limit, products), shopId),
    async answer(shopId, ask) {
      const products = distinct(ask.products);
      if (await isKept(shopId, ask)) return nothing;
      if (ask.box) return makeForBox(shopId, { ...ask, products, box: ask.box });
      if (ask.visitorId !== null || ask.customerId !== null) return makeForVisitor(shopId, { ...ask, products });
      if (ask.products.length > REMEMBERED_LINES) return make(shopId, null, { ...ask, products });
      const key = keyOf(shopId, String(ask.limit), products.join());
      const answer = known(key, shopId) ?? (await makeOnce(shopId, key, { ...ask, products }));
      // Asked again in these words it is known without being taken apart.
      answers.set(keyOf(shopId, String(ask.limit), ask.products.join()), answer);
      return answer;
    },
  };
}

/** A cart's products without repeats, in one order for all who ask. */
const distinct = (products: readonly string[]): string[] => [...new Set(products)].sort();
const keyOf = (shopId: ShopId, limit: string, products: string): string => `${shopId} ${limit} ${products}`;

const stampOf = (kept: KeptProducts): string =>
  kept.size === 0
    ? ''
    : createHash('sha256')
        .update(JSON.stringify([...kept]))
        .digest('base64url');
