import { randomUUID } from 'node:crypto';
import { standingsOf } from '#app/domains/loyalty/index.ts';
import { linkedBrowsers } from '#app/domains/signals/index.ts';
import { fitScores, type Rule, type RuleGroup, type ShopFacts } from '#app/domains/segments/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { insertShop, type TestServices } from '#tests/setup/services.ts';

export const now = new Date('2026-03-02T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

/**
 * Six customers: `anna` buys often and lately, `ben` bought much long ago, `cleo` once a returned thing, `dora` has an
 * account alone, `emil` is a guest's name in orders only, `fay` pays in another currency.
 */
const orders: readonly (readonly [
  customer: string,
  daysAgo: number,
  minor: number,
  product: string,
  country: string | null,
  more?: object,
])[] = [
  ['anna', 5, 4000, 'tea', 'DE', { region: 'DE-BE' }],
  ['anna', 40, 3000, 'cup', 'DE'],
  ['anna', 80, 2000, 'tea', 'AT', { region: 'AT-9' }],
  ['ben', 200, 90_000, 'pot', 'FR'],
  ['cleo', 10, 1000, 'tea', 'DE', { refundedMinor: 1000 }],
  ['emil', 30, 5000, 'cup', null],
  ['fay', 3, 70_000, 'pot', 'CH', { currency: 'CHF', region: 'CH-ZH' }],
];

export const factsOf = (id: ShopId): ShopFacts => ({
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  now,
  standings: standingsOf(id),
  browsers: (only) => linkedBrowsers(id, only),
});

/** A shop with the six and their orders, all scored. */
export async function insertCustomers(made: TestServices): Promise<ShopId> {
  const shopId = await insertShop(made.database, { currency: 'EUR', timeZone: 'Europe/Berlin' });
  await made.services.db.inShop(shopId, async (scope) => {
    const at = { platformCreatedAt: daysAgo(300), platformUpdatedAt: now };
    await scope.tx.customer.createMany({
      data: [
        { shopId, id: 'anna', tags: ['VIP', 'news'], ...at },
        { shopId, id: 'ben', tags: [], ...at },
        { shopId, id: 'cleo', tags: ['news'], ...at },
        { shopId, id: 'dora', tags: [], ...at, platformCreatedAt: daysAgo(2) },
        { shopId, id: 'fay', tags: [], ...at },
      ],
    });
    await scope.tx.product.createMany({
      data: ['tea', 'cup', 'pot'].map((id) => ({
        shopId,
        id,
        handle: id,
        title: id,
        vendor: id === 'tea' ? 'Leaf' : 'Clay',
        tags: id === 'pot' ? ['heavy'] : [],
        collectionIds: id === 'tea' ? ['drinks'] : ['ware'],
        status: 'active',
        published: true,
        platformUpdatedAt: now,
        platformCreatedAt: now,
      })),
    });
    for (const [nth, order] of orders.entries()) await addOrder(scope, `o${String(nth)}`, order);
    await scope.tx.loyaltyMember.createMany({
      data: [{ shopId, customerId: 'anna', joinedAt: now, source: 'order', tier: 'gold' }],
    });
    await scope.tx.visitorIdentity.createMany({
      data: ['anna', 'dora'].map((id) => ({
        shopId,
        visitorId: `v-${id}`,
        customerId: id,
        logins: 1,
        firstSeenAt: now,
        lastSeenAt: now,
      })),
    });
    const seen = { occurredAt: daysAgo(4), receivedAt: daysAgo(4) };
    await scope.tx.signal.createMany({
      data: [
        { shopId, id: randomUUID(), visitorId: 'v-anna', kind: 'view', productId: 'pot', ...seen },
        { shopId, id: randomUUID(), visitorId: 'v-dora', kind: 'search', query: 'Green TEA', ...seen },
      ],
    });
    await fitScores(scope, 'EUR', now);
  });
  return shopId;
}

/** An order of one product. */
export async function addOrder(
  { shopId, tx }: ShopScope,
  id: string,
  [customerId, days, totalMinor, productId, country, more = {}]: (typeof orders)[number],
): Promise<void> {
  await tx.order.create({
    data: {
      shopId,
      id,
      customerId,
      placedAt: daysAgo(days),
      platformUpdatedAt: now,
      currency: 'EUR',
      totalMinor,
      subtotalMinor: totalMinor,
      discountMinor: 0,
      country,
      ...more,
    },
  });
  await tx.orderLine.create({
    data: {
      shopId,
      orderId: id,
      id: '1',
      productId,
      quantity: 1,
      unitPriceMinor: totalMinor,
      sellingPlan: id === 'o5',
    },
  });
}

export const group = (match: RuleGroup['match'], ...of: Rule[]): RuleGroup => ({ kind: 'group', match, of });
export const rule = (kind: string, values: Record<string, unknown>): Rule => ({ kind, values });
