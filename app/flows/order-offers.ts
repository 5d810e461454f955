import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isHiddenFrom, readShopExperiments, type ShopExperiments } from '#app/domains/experiments/index.ts';
import {
  endOf,
  findOfferCode,
  findOfferedOrder,
  mayHaveCode,
  type OrderOfferSettings,
  type OrderSurface,
  priceWith,
  readOrderOfferSettings,
} from '#app/domains/order-offers/index.ts';
import type { SignalBuffer } from '#app/domains/signals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { Money } from '#app/shared/money.ts';
import { offerCodeState, safeVariants } from './order-offer-code.ts';
import { tellOffer } from './order-offer-signals.ts';
import { sealTicket } from './order-offer-ticket.ts';
import type { CartAnswers } from './suggest-for-cart.ts';

/** Who stands before which order. What the page says of the order is a hint; the customer is signed by the platform. */
export interface OfferAsk {
  readonly orderId: string;
  readonly surface: OrderSurface;
  /** product ids that were bought, components of bundles included */
  readonly bought: readonly string[];
  /** the cart attribute of a browser that consented */
  readonly visitorId: string | null;
  readonly customerId: string | null;
}

export interface OfferedProduct {
  readonly productId: string;
  readonly title: string;
  readonly imageUrl: string | null;
  readonly price: Money;
  /** with the discount; null where this product is at its price */
  readonly offerPrice: Money | null;
  /** opens a new cart with it */
  readonly ticket: string;
}

export interface ShownOffer {
  readonly products: readonly OfferedProduct[];
  /** null where nothing is reduced */
  readonly discount: { readonly basisPoints: number; readonly until: string } | null;
}

const MOST = 3;
/** More than is shown, because what was bought or cannot be reduced falls away. */
const CANDIDATES = 10;
/** Stock and prices of an answer may be this old; the cart reads the live ones. */
const ANSWER_SECONDS = 60;
/** A page may stand open this long before its buttons are out of date. */
const PAGE_MS = 24 * 3_600_000;

const suggestions = z.object({
  suggestions: z.array(
    z.object({
      productId: z.string(),
      title: z.string(),
      imageUrl: z.string().nullable(),
      price: z.object({ minor: z.number(), currency: z.string() }),
      variantId: z.string(),
    }),
  ),
});
type Suggested = z.infer<typeof suggestions>['suggestions'][number];

interface Standing {
  readonly settings: OrderOfferSettings;
  readonly order: Awaited<ReturnType<typeof findOfferedOrder>>;
  readonly experiments: ShopExperiments;
}

/**
 * What a shopper is offered after a purchase, or null where that is nothing: switched off, held out, an order of
 * somebody else, or nothing goes with what was bought.
 */
export function createOrderOffers(
  services: Pick<Services, 'db' | 'cache' | 'clock' | 'log' | 'secrets' | 'platforms'>,
  cartAnswers: Pick<CartAnswers, 'answer'>,
  signals: Pick<SignalBuffer, 'add'>,
) {
  const { db, cache, clock } = services;

  async function standing(scope: ShopScope, ask: OfferAsk): Promise<Standing> {
    const [settings, order, experiments] = [
      await readOrderOfferSettings(scope),
      await findOfferedOrder(scope, ask.orderId),
      await readShopExperiments(scope),
    ];
    return { settings, order, experiments };
  }

  /** The discount that may be promised: how much, until when, and for which variants. */
  async function promise(shopId: ShopId, ask: OfferAsk, found: Standing, list: readonly Suggested[]) {
    const { settings, order } = found;
    const now = clock.now();
    if (settings.discountBps === 0) return null;
    // On the thank-you page the order may not have reached us yet: it was placed a moment ago.
    if (order ? mayHaveCode(order, asker(ask), settings, now) !== 'yes' : ask.surface !== 'thank-you') return null;
    const known = await db.inShop(shopId, (scope) => findOfferCode(scope, ask.orderId));
    if (known) {
      if (now >= known.endsAt || (await offerCodeState(services, shopId, known)) !== 'open') return null;
      return { basisPoints: known.discountBps, until: known.endsAt, variants: new Set(known.variantIds) };
    }
    const safe = await safeVariants(
      services,
      shopId,
      list.map((one) => one.productId),
      list.map((one) => one.variantId),
      settings.discountBps,
    );
    if (safe.size === 0) return null;
    return { basisPoints: settings.discountBps, until: endOf(order?.placedAt ?? now, settings), variants: safe };
  }

  async function make(shopId: ShopId, ask: OfferAsk, found: Standing): Promise<ShownOffer | null> {
    const { text } = await cartAnswers.answer(shopId, {
      products: ask.bought,
      limit: CANDIDATES,
      place: 'after-purchase',
      visitorId: ask.visitorId,
      customerId: ask.customerId,
    });
    const bought = new Set([...ask.bought, ...(found.order?.productIds ?? [])]);
    const list = suggestions
      .parse(JSON.parse(text))
      .suggestions.filter((one) => !bought.has(one.productId))
      .slice(0, MOST);
    if (list.length === 0) return null;
    const promised = await promise(shopId, ask, found, list);
    const reduced = promised?.variants ?? new Set<string>();
    const { orderId, surface, visitorId, customerId } = ask;
    const products = list.map(({ productId, title, imageUrl, price, variantId }): OfferedProduct => {
      const has = promised !== null && reduced.has(variantId);
      const until = clock.now().getTime() + PAGE_MS;
      return {
        productId,
        title,
        imageUrl,
        price,
        offerPrice: has ? { ...price, minor: priceWith(price.minor, promised.basisPoints) } : null,
        ticket: sealTicket(services.secrets, {
          ...{ shopId, orderId, surface, productId, variantId, visitorId, customerId, until },
          bought: [...ask.bought],
          offered: list.map((one) => one.productId),
          promised: has ? [...reduced] : [],
          discountBps: has ? promised.basisPoints : 0,
        }),
      };
    });
    const reduces = promised !== null && products.some((product) => product.offerPrice !== null);
    return {
      products,
      discount: reduces ? { basisPoints: promised.basisPoints, until: promised.until.toISOString() } : null,
    };
  }

  return async function showOrderOffer(shopId: ShopId, page: OfferAsk): Promise<ShownOffer | null> {
    const found = await db.inShop(shopId, (scope) => standing(scope, page));
    if (!found.settings.active) return null;
    // The order's own mark is what its measurement counts by.
    const ask = { ...page, visitorId: found.order?.visitorId ?? page.visitorId };
    if (isHiddenFrom(found.experiments, ask.visitorId, 'after-purchase')) return null;
    if (found.order && mayHaveCode(found.order, asker(ask), found.settings, clock.now()) === 'not-yours') return null;
    const said = JSON.stringify([ask, found.settings, found.order !== null]);
    const key = `order-offer:${shopId}:${createHash('sha256').update(said).digest('base64url')}`;
    const held = await cache.get(key);
    const offer = held === null ? await make(shopId, ask, found) : (JSON.parse(held) as ShownOffer | null);
    if (held === null) await cache.set(key, JSON.stringify(offer), ANSWER_SECONDS);
    if (offer) {
      const productIds = offer.products.map((product) => product.productId);
      tellOffer(services, signals, 'impression', { ...ask, shopId, productIds });
    }
    return offer;
  };
}

const asker = ({ customerId, bought }: OfferAsk) => ({ customerId, productIds: bought });
