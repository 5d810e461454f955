import { beginProgramme, type ProgrammeSettings, switchProgramme } from '#app/domains/loyalty/index.ts';
import { upsertCustomers } from '#app/domains/customers/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { insertShop, type TestServices } from '#tests/setup/services.ts';
import { usualProgramme } from '#tests/setup/usual-programme.ts';

export const began = new Date('2026-03-01T00:00:00Z');
const day = 86_400_000;
/** Days after the programme began. */
export const on = (days: number): Date => new Date(began.getTime() + days * day);

/** One point for each euro, nothing else, no pending time. */
export const plainProgramme: ProgrammeSettings = {
  ...usualProgramme('EUR', (minor) => `${String(minor / 100)} €`),
  pendingDays: 0,
  expiry: { type: 'never' },
  rules: [{ id: 'money', kind: 'amount', on: true, points: 1, perMinor: 100 }],
  tiers: { measure: 'points', period: 'rolling', graceDays: 30, levels: [] },
  holdoutBps: 0,
};

export interface LoyalShop {
  readonly shopId: ShopId;
  inShop<T>(work: (scope: ShopScope) => Promise<T>): Promise<T>;
}

/** A shop whose programme went live on `began`. */
export async function loyalShop(made: TestServices, change: Partial<ProgrammeSettings> = {}): Promise<LoyalShop> {
  const shopId = await insertShop(made.database, { currency: 'EUR', timeZone: 'Europe/Berlin' });
  const inShop: LoyalShop['inShop'] = (work) => made.services.db.inShop(shopId, work);
  await inShop(async (scope) => {
    await beginProgramme(scope, { ...plainProgramme, ...change }, 'salt', began);
    await switchProgramme(scope, true, began);
  });
  return { shopId, inShop };
}

/** An order of one line. */
export function orderOf(id: string, minor: number, change: Partial<PlatformOrder> = {}): PlatformOrder {
  const placedAt = change.placedAt ?? on(1);
  return {
    id,
    name: `#${id}`,
    customerId: 'anna',
    placedAt,
    updatedAt: placedAt,
    cancelledAt: null,
    currency: 'EUR',
    subtotalMinor: minor,
    discountMinor: 0,
    totalMinor: minor,
    refundedMinor: 0,
    visitorId: null,
    test: false,
    lines: [
      {
        id: `${id}-1`,
        productId: 'p1',
        variantId: 'v1',
        title: 'Product',
        quantity: 1,
        unitPriceMinor: minor,
        discountMinor: 0,
        refundedQuantity: 0,
        bundleId: null,
        source: null,
      },
    ],
    ...change,
  };
}

export async function saveOrders(scope: ShopScope, orders: readonly PlatformOrder[]): Promise<void> {
  await upsertOrders(scope, orders);
}

export async function saveCustomer(made: TestServices, scope: ShopScope, id: string, createdAt: Date): Promise<void> {
  const customer = { id, email: `${id}@example.com`, locale: null, tags: [], createdAt, updatedAt: createdAt };
  await upsertCustomers(scope, made.services.secrets, [customer]);
}
