import { randomUUID } from 'node:crypto';
import {
  createSplitTest,
  readingOf,
  recordSightings,
  type SplitTest,
  startSplitTest,
} from '#app/domains/experiments/index.ts';
import { armIn } from '#app/shared/assignment.ts';
import type { ShopId, VisitorId } from '#app/shared/ids.ts';
import { insertShop, type TestServices, createTestServices } from '#tests/setup/services.ts';

export const start = new Date('2026-10-01T00:00:00Z');
export const seen = new Date('2026-10-05T00:00:00Z');
export const later = new Date('2026-10-06T00:00:00Z');

export interface OrderPart {
  placedAt?: Date;
  customerId?: string;
  refundedMinor?: number;
  shippingOffMinor?: number;
  shippingGiftMinor?: number;
  gifts?: { line: string | null; minor: number; of: string[] }[];
  discountCodes?: { code: string; minor: number }[];
  totalMinor?: number;
  cancelledAt?: Date;
  test?: boolean;
  currency?: string;
  lines?: {
    variantId?: string | null;
    quantity?: number;
    unitPriceMinor?: number;
    discountMinor?: number;
    bundleId?: string;
    refundedQuantity?: number;
  }[];
}

/** The form of a test of a heading, as the page sends it. */
const form = (part: object = {}) => ({
  title: 'Heading of the block',
  subject: { type: 'widget', id: 'together' },
  arms: [
    { key: 'a', share: 5000, change: {} },
    { key: 'b', share: 5000, change: { title: 'Goes well with it' } },
  ],
  trafficBps: 10_000,
  layer: '',
  effectBps: 1_000,
  ...part,
});

export const people = (count: number) => Array.from({ length: count }, () => randomUUID() as VisitorId);

const splitOf = (one: SplitTest) => ({
  layer: `${one.shopId}/${one.id}`,
  from: one.bucketFrom,
  to: one.bucketTo,
  salt: one.salt,
  arms: one.arms,
});
export const inArm = (one: SplitTest, visitors: readonly VisitorId[], key: string) =>
  visitors.filter((visitor) => armIn(visitor, splitOf(one))?.key === key);

/** A database with a clock that the test sets, and what a shop with visitors does to it. */
export async function openLaboratory() {
  const clock = { at: new Date('2026-10-20T12:00:00Z') };
  const test: TestServices = await createTestServices({ clock: { now: () => clock.at } });
  const { db } = test.services;

  const begin = (shopId: ShopId, id: string, productIds: string[] | null = []) =>
    db.inShop(shopId, (scope) => startSplitTest(scope, id, { now: start, productIds, marginBps: 4_000 }));

  const draft = async (shopId: ShopId, part: object = {}): Promise<SplitTest> => {
    const made = await db.inShop(shopId, (scope) =>
      createSplitTest(scope, form(part), { id: randomUUID(), salt: randomUUID(), now: start }),
    );
    if (!made.ok) throw new Error(JSON.stringify(made));
    return made.value;
  };

  return {
    test,
    clock,
    begin,
    draft,
    inShop: db.inShop,
    async running(shopId: ShopId, part: object = {}, productIds: string[] = []): Promise<SplitTest> {
      const started = await begin(shopId, (await draft(shopId, part)).id, productIds);
      if (!started.ok) throw new Error(JSON.stringify(started));
      return started.value;
    },
    sight: (shopId: ShopId, visitors: readonly VisitorId[], at = seen, productId: string | null = '7') =>
      db.asSystem((scope) =>
        recordSightings(
          scope,
          visitors.map((visitorId) => ({ shopId, visitorId, productId, at })),
        ),
      ),
    async reading(shopId: ShopId, one: SplitTest) {
      const result = await db.inShop(shopId, (scope) => readingOf(scope, one, { now: clock.at, marginBps: 4_000 }));
      if (!result) throw new Error('the test has not started');
      return result;
    },
    async order(shopId: ShopId, visitorId: string | null, { lines = [{}], ...values }: OrderPart = {}) {
      const id = randomUUID();
      await db.inShop(shopId, async ({ tx }) => {
        await tx.order.create({
          data: {
            shopId,
            id,
            platformUpdatedAt: clock.at,
            currency: 'USD',
            subtotalMinor: 1_000,
            discountMinor: 0,
            totalMinor: 1_200,
            visitorId,
            placedAt: later,
            ...values,
          },
        });
        await tx.orderLine.createMany({
          data: lines.map((line, index) => ({
            shopId,
            orderId: id,
            id: String(index),
            productId: '7',
            variantId: '71',
            quantity: 1,
            unitPriceMinor: 1_000,
            ...line,
          })),
        });
      });
    },
    /** A shop that knows the cost of one variant: 71 costs 3.00. */
    async shopWithCosts(): Promise<ShopId> {
      const shopId = await insertShop(test.database);
      await db.inShop(shopId, ({ tx }) =>
        tx.variant.create({ data: { shopId, id: '71', productId: '7', title: '', priceMinor: 1_000, costMinor: 300 } }),
      );
      return shopId;
    },
    views: (shopId: ShopId, visitorId: string, count: number, at: Date) =>
      db.inShop(
        shopId,
        ({ tx }) => tx.$executeRaw`
          INSERT INTO signal (shop_id, id, visitor_id, kind, product_id, occurred_at, received_at)
          SELECT ${shopId}::uuid, gen_random_uuid(), ${visitorId}, 'view', '7', ${at}, ${at} FROM generate_series(1, ${count}::int)`,
      ),
  };
}

export type Laboratory = Awaited<ReturnType<typeof openLaboratory>>;
