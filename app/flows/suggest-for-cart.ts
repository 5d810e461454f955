import { createHash } from 'node:crypto';
import { canBuy, type CatalogProduct, readProducts } from '#app/domains/catalog/index.ts';
import { readActiveVersion, suggestForCart, type Suggestion } from '#app/domains/recommendations/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { Money } from '#app/shared/money.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { asciiJson } from '#app/shared/ascii-json.ts';

export interface CartAsk {
  /** product ids in the cart, in any order, repeats allowed */
  readonly products: readonly string[];
  readonly limit: number;
}

/** One product that the cart page offers, with everything it shows. */
export interface CartSuggestion {
  readonly productId: string;
  readonly handle: string;
  readonly title: string;
  readonly url: string;
  readonly imageUrl: string | null;
  readonly price: Money;
  /** the first variant that can be bought now, which `price` belongs to */
  readonly variantId: string;
  readonly reason: Suggestion['reason'] & { readonly source: Suggestion['source'] };
}

/** Where suggestions come from. `version` changes with every new training and makes older answers unreachable. */
export interface CartSuggester {
  version(shopId: ShopId): Promise<number>;
  suggest(shopId: ShopId, ask: CartAsk): Promise<readonly Suggestion[]>;
}

/** The shop's own recommendations. */
function ownSuggestions(services: Pick<Services, 'db' | 'clock'>): CartSuggester {
  return {
    version: async (shopId) => (await services.db.inShop(shopId, readActiveVersion))?.version ?? 0,
    suggest: (shopId, ask) => suggestForCart(services, shopId, ask.products, ask.limit),
  };
}

/** JSON in ASCII; as text, because Node sends head and body in one piece then. `size` is in bytes. */
export interface CartAnswer {
  readonly text: string;
  readonly size: number;
}

export interface CartAnswers {
  /** The answer where this very text of ids, joined by commas, was asked about and the answer is still good, else null. */
  known(shopId: ShopId, products: string, limit: string): CartAnswer | null;
  /** The answer, made where it is not known. */
  answer(shopId: ShopId, ask: CartAsk): Promise<CartAnswer>;
}

/** Stock and prices in an answer may be this old; checkout reads the live ones. */
const ANSWER_SECONDS = 60;
/** How often a busy shop's version is looked up; a new training is seen by the question after that. */
const VERSION_MS = 5000;
const ANSWERS = 20_000;
const SHOPS = 10_000;
/** More than is shown, because what is sold out or already in the cart falls away. */
const SPARE = 3;

interface Remembered extends CartAnswer {
  readonly version: number;
  readonly until: number;
}

/**
 * Cart-aware suggestions for the storefront, answered from memory where the same cart was asked about within
 * the last minute. Order and repeats of the products do not matter. Simultaneous questions about an unknown
 * cart are answered by one look-up.
 */
export function createCartAnswers(
  services: Pick<Services, 'db' | 'cache' | 'clock' | 'log'>,
  suggester: CartSuggester = ownSuggestions(services),
): CartAnswers {
  const answers = new Map<string, Remembered>();
  const making = new Map<string, Promise<Remembered>>();
  const reading = new Map<ShopId, Promise<number>>();
  const versions = new Map<ShopId, { version: number; until: number }>();

  /** The version known for the shop or, where it is too old, a fresh one; one reader a shop at a time. */
  function currentVersion(shopId: ShopId): Promise<number> {
    const known = versions.get(shopId);
    if (known && services.clock.now().getTime() < known.until) return Promise.resolve(known.version);
    const running = reading.get(shopId);
    if (running) return running;
    const read = suggester
      .version(shopId)
      .then((version) => {
        if (versions.size >= SHOPS) versions.clear();
        versions.set(shopId, { version, until: services.clock.now().getTime() + VERSION_MS });
        return version;
      })
      .finally(() => reading.delete(shopId));
    reading.set(shopId, read);
    return read;
  }

  function remember(key: string, answer: Remembered): void {
    answers.delete(key);
    answers.set(key, answer);
    if (answers.size <= ANSWERS) return;
    // A Map keeps insertion order, so the first key is the one remembered longest ago.
    const [oldest] = answers.keys();
    if (oldest !== undefined) answers.delete(oldest);
  }

  async function make(shopId: ShopId, key: string, ask: CartAsk): Promise<Remembered> {
    const version = await currentVersion(shopId);
    const shared = `cart-upsell:${createHash('sha256')
      .update(`${String(version)} ${key}`)
      .digest('base64url')}`;
    let text = await services.cache.get(shared);
    if (text === null) {
      const found = await suggester.suggest(shopId, { products: ask.products, limit: ask.limit * SPARE });
      const suggestions = await services.db.inShop(shopId, (scope) => showAll(scope, found, ask));
      text = asciiJson({ suggestions });
      await services.cache.set(shared, text, ANSWER_SECONDS);
    }
    const answer = {
      text,
      size: text.length,
      version,
      until: services.clock.now().getTime() + ANSWER_SECONDS * 1000,
    };
    remember(key, answer);
    return answer;
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
    const current = versions.get(shopId);
    if (!answer || !current || now >= answer.until || answer.version !== current.version) return null;
    // Asked in the background, so that no shopper waits for it; an answer never outlives its minute.
    if (now >= current.until) {
      currentVersion(shopId).catch((error: unknown) => {
        services.log.warn({ err: error, shopId }, 'version of recommendations not read');
      });
    }
    return answer;
  }

  return {
    known: (shopId, products, limit) => known(keyOf(shopId, limit, products), shopId),
    async answer(shopId, ask) {
      const products = distinct(ask.products);
      const key = keyOf(shopId, String(ask.limit), products.join());
      const answer = known(key, shopId) ?? (await makeOnce(shopId, key, { ...ask, products }));
      // Asked again in these words it is known without being taken apart.
      remember(keyOf(shopId, String(ask.limit), ask.products.join()), answer);
      return answer;
    },
  };
}

/** A cart's products without repeats, in one order for all who ask. */
const distinct = (products: readonly string[]): string[] => [...new Set(products)].sort();
const keyOf = (shopId: ShopId, limit: string, products: string): string => `${shopId} ${limit} ${products}`;

async function showAll(scope: ShopScope, found: readonly Suggestion[], ask: CartAsk): Promise<CartSuggestion[]> {
  const inCart = new Set(ask.products);
  const wanted = found.filter((one) => !inCart.has(one.productId));
  if (wanted.length === 0) return [];
  const { currency } = await readShop(scope);
  const products = new Map(
    (
      await readProducts(
        scope,
        wanted.map((one) => one.productId),
      )
    ).map((product) => [product.id, product]),
  );
  return wanted.flatMap((one) => show(one, products.get(one.productId), currency)).slice(0, ask.limit);
}

/** What the cart page shows of a suggestion, or nothing where it cannot be bought now. */
export function show(suggestion: Suggestion, product: CatalogProduct | undefined, currency: string): CartSuggestion[] {
  const variant = product?.available && !product.giftCard ? product.variants.find(canBuy) : undefined;
  if (!product || !variant) return [];
  return [
    {
      productId: product.id,
      handle: product.handle,
      title: product.title,
      url: `/products/${encodeURIComponent(product.handle)}`,
      imageUrl: variant.imageUrl ?? product.imageUrl,
      price: { minor: variant.priceMinor, currency },
      variantId: variant.id,
      reason: { ...suggestion.reason, source: suggestion.source },
    },
  ];
}
