import { z } from 'zod';
import { findShop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';

/** `under-way`: the store is being cleared; `not-cleared`: that was given up, something of ours is left there. */
export interface Leave {
  readonly state: 'under-way' | 'cleared' | 'not-cleared';
  readonly domain: string;
  readonly since: Date;
}

const context = 'leave';
const ticketMs = 24 * 3_600_000;
const content = z.object({ shop: z.uuid(), at: z.number() });

/**
 * Lets whoever has just taken leave of a store, and is signed in no more, see what becomes of it, for a day. Sealed:
 * nobody can make one up.
 */
export function leaveTicket({ secrets, clock }: Pick<Services, 'secrets' | 'clock'>, shopId: ShopId): string {
  return secrets.seal(JSON.stringify({ shop: shopId, at: clock.now().getTime() }), context);
}

/** How far a leave is; null where the ticket is none, is too old, or the merchant came back. */
export async function readLeave(
  services: Pick<Services, 'db' | 'secrets' | 'clock'>,
  ticket: string,
): Promise<Leave | null> {
  const read = openTicket(services, ticket);
  if (!read || services.clock.now().getTime() - read.at > ticketMs) return null;
  const shop = await services.db.inShop(toShopId(read.shop), findShop);
  if (shop?.status !== 'uninstalled' || shop.uninstalledAt === null) return null;
  const { leftAt, leftCleared } = shop.platformState;
  const state = leftAt === undefined ? 'under-way' : leftCleared === false ? 'not-cleared' : 'cleared';
  return { state, domain: shop.domain, since: shop.uninstalledAt };
}

function openTicket({ secrets }: Pick<Services, 'secrets'>, ticket: string): z.output<typeof content> | null {
  try {
    return content.parse(JSON.parse(secrets.open(ticket, context)));
  } catch {
    // Somebody's own invention, or sealed with a key that is gone.
    return null;
  }
}
