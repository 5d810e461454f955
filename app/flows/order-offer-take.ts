import { randomBytes } from 'node:crypto';
import {
  claimOfferCode,
  codeFrom,
  endOf,
  findOfferCode,
  findOfferedOrder,
  isUndone,
  mayHaveCode,
  noteOfferCodeMade,
  type OfferedOrder,
  readOrderOfferSettings,
} from '#app/domains/order-offers/index.ts';
import { noOwnCodes } from '#app/domains/incentives/index.ts';
import type { SignalBuffer } from '#app/domains/signals/index.ts';
import type { Services } from '#app/infra/services.ts';
import { PlatformRefusal, PlatformUnavailable } from '#app/platforms/platform.ts';
import { toShopId } from '#app/shared/ids.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { isLeft } from './codes/own-codes.ts';
import { type ConnectedShop, findConnectedShop } from './connected-shop.ts';
import { offerCodeState, safeVariants } from './order-offer-code.ts';
import { tellOffer } from './order-offer-signals.ts';
import { type OfferTicket, openTicket } from './order-offer-ticket.ts';

type Needs = Pick<Services, 'db' | 'cache' | 'clock' | 'log' | 'secrets' | 'platforms'>;

/**
 * What a button of an offer does: makes the order's code where none was made yet, and says where the shopper gets a
 * new cart with the product. Where the promise no longer holds (over, used, or no margin left) the cart has no code
 * and shows the product's own price; whether there is still a piece to sell, the store says itself.
 */
export function createOrderOfferTaker(services: Needs, signals: Pick<SignalBuffer, 'add'>) {
  return async function takeOrderOffer(text: string): Promise<Result<string, 'out-of-date' | 'try-again'>> {
    const ticket = openTicket(services.secrets, text, services.clock.now());
    const shopId = ticket && toShopId(ticket.shopId);
    const connected = shopId && (await findConnectedShop(services, shopId));
    if (!ticket || !connected)
      return fail('out-of-date', 'This offer is out of date. Go back and load the page again.');
    const made = ticket.promised.length === 0 ? ok(null) : await codeOrTrouble(services, connected, ticket);
    if (!made.ok) return made;
    const code = made.value;
    tellOffer(services, signals, 'click', { ...ticket, shopId, productIds: [ticket.productId] });
    return ok(
      connected.platform.cartLink(connected.ref, { variantId: ticket.variantId, code, source: ticket.surface }),
    );
  };
}

/** The code, or that the store cannot be reached. */
async function codeOrTrouble(
  services: Needs,
  connected: ConnectedShop,
  ticket: OfferTicket,
): Promise<Result<string | null, 'try-again'>> {
  try {
    return ok(await codeFor(services, connected, ticket));
  } catch (error) {
    const { shopId } = connected.ref;
    if (error instanceof PlatformUnavailable) {
      services.log.warn({ shopId, err: error }, 'an order’s code has to wait: the store could not be reached');
      return fail('try-again', 'The store cannot make your discount right now. Go back and try again in a minute.');
    }
    if (!(error instanceof PlatformRefusal)) throw error;
    // A promised product has left the store, for example: trying again would not help, and the shopper may still buy.
    services.log.warn({ shopId, err: error }, 'the store refused an order’s code');
    return ok(null);
  }
}

/** The code that the shopper was promised, or null where the promise no longer holds. */
async function codeFor(services: Needs, connected: ConnectedShop, ticket: OfferTicket): Promise<string | null> {
  const { db, clock } = services;
  const { shopId } = connected.ref;
  const now = clock.now();
  const { settings, mirrored, known } = await db.inShop(shopId, async (scope) => ({
    settings: await readOrderOfferSettings(scope),
    mirrored: await findOfferedOrder(scope, ticket.orderId),
    known: await findOfferCode(scope, ticket.orderId),
  }));
  const order = mirrored ?? (await fetchOrder(connected, ticket.orderId));
  const asker = { customerId: ticket.customerId, productIds: ticket.bought };
  // Another discount than the one that the page showed would be another promise.
  const same = known !== null || settings.discountBps === ticket.discountBps;
  if (!settings.active || !same || !order || mayHaveCode(order, asker, settings, now) !== 'yes') return null;
  if (known) {
    const open = now < known.endsAt && (await offerCodeState(services, shopId, known)) === 'open';
    if (!open || !known.variantIds.includes(ticket.variantId)) return null;
    if (known.discountId !== null) return known.code;
  }
  // Costs and settings may have changed since the page was shown.
  const variantIds = known?.variantIds ?? [
    ...(await safeVariants(services, shopId, ticket.offered, ticket.promised, ticket.discountBps)),
  ];
  if (!variantIds.includes(ticket.variantId)) return null;
  const claim = {
    orderId: ticket.orderId,
    code: codeFrom(randomBytes(16)),
    discountBps: settings.discountBps,
    variantIds,
    endsAt: endOf(order.placedAt, settings),
  };
  // Kept before it is made: a repetition after a lost answer makes the same code.
  const kept = known ?? (await db.inShop(shopId, (scope) => claimOfferCode(scope, claim)));
  const { discountId } = await connected.platform.makeOfferCode(connected.ref, {
    code: kept.code,
    title: 'Trellis thank-you offer',
    discountBps: kept.discountBps,
    variantIds: kept.variantIds,
    startsAt: order.placedAt,
    endsAt: kept.endsAt,
    besideShipping: mayStandBesideShipping(connected, kept.discountBps),
  });
  await db.inShop(shopId, (scope) => noteOfferCodeMade(scope, ticket.orderId, discountId));
  return kept.variantIds.includes(ticket.variantId) ? kept.code : null;
}

/** By the merchant's matrix, and only where free shipping of a goal leaves what the code takes off. */
function mayStandBesideShipping({ shop, capabilities }: ConnectedShop, basisPoints: number): boolean {
  if (!shop.settings.combinesWith.product.shipping) return false;
  return capabilities.discountEngine !== 'function' || isLeft(shop.platformState, { ...noOwnCodes, basisPoints });
}

/** The order as the platform has it: a shopper may be faster than the message that an order was placed. */
async function fetchOrder({ platform, ref }: ConnectedShop, orderId: string): Promise<OfferedOrder | null> {
  const record = await platform.readOne(ref, 'orders', orderId);
  if (record?.resource !== 'orders') return null;
  const { placedAt, customerId, lines } = record.order;
  const productIds = lines.flatMap((line) => (line.productId === null ? [] : [line.productId]));
  return { placedAt, cancelled: isUndone(record.order), customerId, productIds };
}
