import { z } from 'zod';
import { orderSurfaces } from '#app/domains/order-offers/index.ts';
import type { createOrderOffers } from '#app/flows/order-offers.ts';
import type { Cache } from '#app/infra/cache.ts';
import { isUuid, type ShopId } from '#app/shared/ids.ts';
import { readJson } from './read-json.ts';

/** Questions a minute about one order: a page asks once each time it is loaded. */
const ORDER_LIMIT = 30;
/** Questions a minute from one shop's pages: far above what checkouts of the largest stores ask. */
const SHOP_LIMIT = 6_000;

const id = z.string().regex(/^\d{1,20}$/);
const question = z.object({
  orderId: id,
  surface: z.enum(orderSurfaces),
  bought: z.array(id).min(1).max(200),
  visitorId: z
    .string()
    .transform((text) => text.toLowerCase())
    .refine(isUuid)
    .nullish(),
});

const tooMany = {
  ok: false,
  status: 429,
  code: 'too-many-requests',
  message: 'Too many requests; try again in a minute.',
} as const;
const malformed = {
  ok: false,
  status: 400,
  code: 'malformed',
  message: 'The order, its products or the page are not readable.',
} as const;

export type OrderAnswer =
  | { readonly ok: true; readonly offer: Awaited<ReturnType<ReturnType<typeof createOrderOffers>>> }
  | typeof tooMany
  | typeof malformed;

/** Answers what the page of an order asks, whichever door it comes through. */
export function createOrderAnswerer(cache: Cache, show: ReturnType<typeof createOrderOffers>) {
  return {
    /** True while the shop's pages ask no more than they may. */
    mayAsk: async (shopId: ShopId): Promise<boolean> =>
      (await cache.increment(`order-offers:${shopId}`, 60)) <= SHOP_LIMIT,
    /** @param customerIdOf who is logged in, by what the door knows and by what it was sent */
    async answer(
      shopId: ShopId,
      bytes: Buffer,
      customerIdOf: (sent: unknown) => string | null | undefined,
    ): Promise<OrderAnswer> {
      const sent = readJson(bytes);
      const asked = question.safeParse(sent);
      const customerId = customerIdOf(sent);
      if (!asked.success || customerId === undefined) return malformed;
      const { visitorId = null, ...page } = asked.data;
      if ((await cache.increment(`order-offers:${shopId}:${page.orderId}`, 60)) > ORDER_LIMIT) return tooMany;
      return { ok: true, offer: await show(shopId, { ...page, visitorId, customerId }) };
    },
    tooMany,
  };
}

export type OrderAnswerer = ReturnType<typeof createOrderAnswerer>;
