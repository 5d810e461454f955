import { createHash } from 'node:crypto';
import type { SignalBuffer } from '#app/domains/signals/index.ts';
import type { OrderSurface } from '#app/domains/order-offers/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId, VisitorId } from '#app/shared/ids.ts';

interface Seen {
  readonly shopId: ShopId;
  /** null: no consent, so nothing is kept */
  readonly visitorId: string | null;
  readonly orderId: string;
  readonly surface: OrderSurface;
  readonly productIds: readonly string[];
}

/** A UUID that the same event gets again, so that a page that is loaded twice counts once. Source: RFC 9562, version 8. */
function eventId(words: readonly string[]): string {
  const hex = createHash('sha256').update(words.join(' ')).digest('hex');
  const variant = ((parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** Tells what of an offer was shown or chosen, in the same stream as the storefront's blocks. A full buffer drops it. */
export function tellOffer(
  services: Pick<Services, 'clock' | 'log'>,
  signals: Pick<SignalBuffer, 'add'>,
  kind: 'impression' | 'click',
  seen: Seen,
): void {
  const { shopId, visitorId, orderId, surface } = seen;
  if (visitorId === null) return;
  const now = services.clock.now();
  const taken = signals.add(
    seen.productIds.map((productId) => ({
      shopId,
      id: eventId([shopId, kind, surface, orderId, visitorId, productId]),
      visitorId: visitorId as VisitorId,
      kind,
      productId,
      query: null,
      quantity: null,
      surface,
      dwellMs: null,
      occurredAt: now,
      receivedAt: now,
    })),
  );
  if (taken === 'full')
    services.log.warn({ shopId, kind }, 'signals of an order offer were dropped: the buffer is full');
}
