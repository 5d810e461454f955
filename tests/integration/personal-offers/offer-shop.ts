import { randomUUID } from 'node:crypto';
import { upsertOrders } from '#app/domains/orders/index.ts';
import type { OfferTerms } from '#app/domains/personal-offers/index.ts';
import { settleCodes } from '#app/flows/codes/settle-codes.ts';
import giveOffers from '#app/flows/personal-offers/give-offers.ts';
import { saveOffer, switchOffer } from '#app/flows/personal-offers/merchant.ts';
import { offerForOrders } from '#app/flows/personal-offers/order-step.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { insertShop, type TestServices } from '#tests/setup/services.ts';

/** When all of it happens. */
export const now = new Date('2026-03-02T09:00:00Z');
const day = 86_400_000;

export const order = (id: string, customerId: string, change: Partial<Parameters<typeof platformOrder>[0]> = {}) =>
  platformOrder({ id, customerId, placedAt: now, currency: 'EUR', totalMinor: 5000, subtotalMinor: 5000, ...change });

/** Ten percent for whoever is lost, to everybody who is in the group now. */
export const winBack: OfferTerms = {
  trigger: { type: 'segment', segments: ['lost'], present: true },
  among: [],
  gift: { type: 'percentage', sizes: [500, 1000], on: 'everything', productIds: [] },
  minSubtotalMinor: null,
  validDays: 14,
  budget: { minor: null, count: null },
  cap: { times: 1, days: 30 },
  channels: { mail: true, store: true },
  note: '',
  holdoutBps: 1000,
  until: null,
};

/** A shop that sells one product with room for a discount. */
export async function offerShop(made: TestServices) {
  const { services } = made;
  const shopId = await insertShop(made.database, { currency: 'EUR' });
  await seedProducts(made.database, shopId, [
    { id: 'p1', variants: [{ id: 'v1', priceMinor: 5000, costMinor: 1000 }] },
  ]);
  const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => services.db.inShop(shopId, work);
  /** The steps that follow what the mirror has of orders. */
  const follow = async (scope: ShopScope, ids: readonly string[], returnsUses: boolean): Promise<void> => {
    await settleCodes(services, scope, { platform: { capabilities: { returnsCodeUses: returnsUses } } }, ids);
    await offerForOrders(services, scope, ids);
  };
  const grants = (where: { offerId?: string } = {}) =>
    inShop(({ tx }) => tx.personalOfferGrant.findMany({ where: { shopId, ...where }, orderBy: { customerId: 'asc' } }));
  return {
    shopId,
    inShop,
    /** An offer that is live. */
    async live(change: Partial<OfferTerms> = {}): Promise<string> {
      const terms = { ...winBack, ...change };
      const saved = await saveOffer(services, shopId, null, { title: 'Come back', terms, revision: 0 });
      if (!saved.ok) throw new Error(saved.message);
      await switchOffer(services, shopId, saved.value.id, { intent: 'start' });
      // The same lot in every run: nobody whom tests name by a name is among those who get nothing.
      await inShop(({ tx }) => tx.personalOffer.updateMany({ where: { shopId }, data: { salt: 'lot' } }));
      return saved.value.id;
    },
    /** Customers who are lost. */
    lose: (ids: readonly string[]) =>
      inShop(({ tx }) =>
        tx.customerScore.createMany({
          data: ids.map((customerId) => ({
            shopId,
            customerId,
            ...{ orders: 1, spentMinor: 5000, recency: 1, frequency: 1, money: 1, sure: 1, group: 'lost' },
            ...{ firstOrderAt: new Date(0), lastOrderAt: new Date(0), groupSince: new Date(0), scoredAt: new Date(0) },
          })),
        }),
      ),
    /** A segment of the merchant with these customers; `filled`: they were looked for since it was made. */
    async segment(name: string, customerIds: readonly string[], filled = true): Promise<string> {
      const id = randomUUID();
      const definition = { kind: 'group', match: 'all', of: [{ kind: 'points', values: { points: 1_000_000 } }] };
      await inShop(async ({ tx }) => {
        const at = services.clock.now();
        const row = { shopId, id, name, definition, filledRevision: filled ? 1 : 0, createdAt: at, updatedAt: at };
        await tx.segment.create({ data: row });
        await tx.segmentMember.createMany({
          data: customerIds.map((customerId) => ({ shopId, segmentId: id, customerId, since: at })),
        });
      });
      return id;
    },
    /** Orders arrive as the flow has them. */
    arrive: (orders: readonly ReturnType<typeof order>[], returnsUses = true) =>
      inShop(async (scope) => {
        await upsertOrders(scope, orders);
        await follow(
          scope,
          orders.map(({ id }) => id),
          returnsUses,
        );
      }),
    /** Orders are told of again, or are gone. */
    tell: (ids: readonly string[]) => inShop((scope) => follow(scope, ids, false)),
    /** What the job does. */
    give: () =>
      giveOffers({ shopId }, { services, attempt: 1, lastAttempt: true, signal: new AbortController().signal }),
    /** The store has made all codes. */
    open: () =>
      inShop(({ tx }) =>
        tx.discountCode.updateMany({ where: { shopId, state: 'wanted' }, data: { state: 'open', todo: null } }),
      ),
    grants,
    /** What became of each customer who met a trigger, the first who did before the others. */
    async became(): Promise<(readonly [string | null, string])[]> {
      const entered = (await grants()).toSorted((a, b) => a.enteredAt.getTime() - b.enteredAt.getTime());
      return entered.map(({ customerId, state, reason }) => [customerId, reason ?? state]);
    },
    codes: () => inShop(({ tx }) => tx.discountCode.findMany({ where: { shopId }, orderBy: { id: 'asc' } })),
    mails: () => inShop(({ tx }) => tx.mail.findMany({ where: { shopId, sourceKind: 'personal-offer' } })),
  };
}

export const daysAgo = (days: number): Date => new Date(now.getTime() - days * day);
export const people = (count: number): string[] => Array.from({ length: count }, (_, at) => `c${String(1000 + at)}`);
