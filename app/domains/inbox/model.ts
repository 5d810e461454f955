import type { PlatformKind } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';

/** A verified delivery, as it came in. */
export interface Delivery {
  readonly platform: PlatformKind;
  readonly deliveryId: string;
  readonly shopDomain: string;
  readonly topic: string;
  readonly apiVersion: string;
  readonly triggeredAt: Date | null;
  readonly body: string;
}

export interface InboxRow {
  readonly id: string;
  readonly platform: PlatformKind;
  readonly deliveryId: string;
  readonly shopId: ShopId;
  readonly topic: string;
  readonly triggeredAt: Date | null;
  readonly body: string;
  readonly attempts: number;
}

/** As the merchant sees it: never the body. */
export interface DeliveryNote {
  readonly id: string;
  readonly topic: string;
  readonly status: 'pending' | 'done' | 'ignored' | 'failed';
  readonly attempts: number;
  readonly error: string | null;
  readonly receivedAt: Date;
  readonly processedAt: Date | null;
}

/** A delivery that failed this often waits for a person. Pauses: 15 s, 45 s, 1¾ min, … about an hour in all. */
export const maxAttempts = 9;
