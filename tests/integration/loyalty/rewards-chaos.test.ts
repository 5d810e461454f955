import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { joinCodes } from '#app/domains/codes/index.ts';
import { checkLedger, joinOwners, readBalances } from '#app/domains/ledger/index.ts';
import { adjustPoints, joinMembers, pointsOf } from '#app/domains/loyalty/index.ts';
import { settleCodes } from '#app/flows/codes/settle-codes.ts';
import { cancelReward, redeemReward } from '#app/flows/loyalty/shopper.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import { chaosSeed, seededRandom } from '#tests/factories/random.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { type LoyalShop, loyalShop, on, orderOf, saveOrders } from './loyal-shop.ts';

/** Calls in all, crashed and repeated ones included; `REWARDS_CHAOS=10000` for the long run. */
const calls = Number(process.env['REWARDS_CHAOS'] ?? 150);
const cost = 80;
const given = 1_000;

let made: TestServices;
let now = on(60);
beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

type Fate = 'well' | 'rolled-back' | 'connection-lost' | 'answer-lost';

/** Services whose database fails at the end of a transaction. */
function failing(fate: Fate): Services {
  const { db } = made.services;
  const inShop: typeof db.inShop = async (shopId, work, options) => {
    const done = await db.inShop(
      shopId,
      async (scope) => {
        const answer = await work(scope);
        if (fate === 'rolled-back') throw new Error('crashed');
        if (fate === 'connection-lost') await scope.tx.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`;
        return answer;
      },
      options,
    );
    if (fate === 'answer-lost') throw new Error('crashed after the end');
    return done;
  };
  return { ...made.services, db: { ...db, inShop } };
}

/** An order as the store has it, and the codes that its checkout has taken. */
interface StoreOrder {
  readonly id: string;
  readonly versions: PlatformOrder[];
}

it.each([
  ['never gives a use back', false],
  ['gives uses back', true],
])(
  `a store that %s: after ${String(calls)} crashes, repetitions and races everybody has the points or the reward (CHAOS_SEED=${String(chaosSeed)})`,
  async (_, returnsUses) => {
    const random = seededRandom(chaosSeed);
    const below = (limit: number) => Math.floor(random() * limit);
    const pick = <T>(list: readonly T[]): T | undefined => list[below(list.length)];
    const shop: LoyalShop = await loyalShop(made);
    const customers = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const customerId of customers)
      await shop.inShop((scope) =>
        adjustPoints(scope, { id: randomUUID(), customerId, points: given, reason: 'a test' }, now),
      );
    const into = new Map<string, string>();
    const now_ = (id: string): string => into.get(id) ?? id;
    const wishes: { id: string; customerId: string }[] = [];
    const orders = new Map<string, StoreOrder>();
    /** versions that the store has yet to tell of, any number of times */
    const untold: PlatformOrder[] = [];
    let sent = 0;

    const fateOf = (): Fate => {
      const dice = random();
      return dice < 0.7 ? 'well' : dice < 0.82 ? 'rolled-back' : dice < 0.9 ? 'connection-lost' : 'answer-lost';
    };
    /** Several times at once; who never hears sends again later, or not. */
    const some = async (call: (services: Services) => Promise<unknown>): Promise<void> => {
      const fates = Array.from({ length: 1 + below(3) }, fateOf);
      sent += fates.length;
      await Promise.all(fates.map((fate) => call(failing(fate)).catch(() => null)));
    };
    const tell = (services: Services, told: readonly PlatformOrder[]) =>
      services.db.inShop(shop.shopId, async (scope) => {
        await saveOrders(scope, told);
        const ids = told.map(({ id }) => id);
        await settleCodes(services, scope, { platform: { capabilities: { returnsCodeUses: returnsUses } } }, ids);
      });
    const codesOf = (scope: ShopScope, ids: readonly string[]) =>
      scope.tx.discountCode.findMany({
        where: { shopId: shop.shopId, sourceKind: 'loyalty-reward', sourceId: { in: [...ids] } },
        orderBy: { id: 'asc' },
      });
    const stands = ({ versions }: StoreOrder) => versions.at(-1)?.cancelledAt === null;
    const carries = (order: StoreOrder, code: string, which: 'ever' | 'now') =>
      (which === 'ever' ? order.versions : order.versions.slice(-1)).some((one) =>
        one.codes?.some((entered) => entered.code === code),
      );
    /** As the store counts: whether its checkout would take a code. */
    const taken = (code: string) =>
      [...orders.values()].some((order) =>
        returnsUses ? stands(order) && carries(order, code, 'now') : carries(order, code, 'ever'),
      );

    async function place(): Promise<void> {
      const wish = pick(wishes);
      if (!wish) return;
      const codes = await shop.inShop((scope) => codesOf(scope, [wish.id]));
      const code = pick(codes);
      // What was taken back is out of the store before long.
      if (!code || (code.state !== 'open' && code.state !== 'wanted' && random() < 0.6)) return;
      // Two checkouts at once may both be let through.
      if (taken(code.code) && random() < 0.9) return;
      const id = String(orders.size + 1);
      const entered = [{ code: code.code, discountMinor: 250 }];
      const order = orderOf(id, 5_000, { customerId: now_(wish.customerId), codes: entered, placedAt: now });
      orders.set(id, { id, versions: [{ ...order, updatedAt: now }] });
      untold.push({ ...order, updatedAt: now });
    }

    async function change(): Promise<void> {
      const order = pick([...orders.values()]);
      const last = order?.versions.at(-1);
      if (!order || !last) return;
      const dice = random();
      // That an order had a code once, nobody could know who hears of it only after.
      if (dice >= 0.8) await tell(made.services, [last]);
      const next: PlatformOrder = {
        ...last,
        // Stores of both platforms count changes by the second.
        updatedAt: new Date(Math.max(now.getTime(), last.updatedAt.getTime() + 1_000)),
        cancelledAt: dice < 0.8 ? (last.cancelledAt === null ? now : null) : last.cancelledAt,
        ...(dice < 0.8 ? {} : { codes: [] }),
      };
      order.versions.push(next);
      untold.push(next);
    }

    async function merge(): Promise<void> {
      const [from, to] = [pick(customers), pick(customers)];
      if (from === undefined || to === undefined || from === to || into.has(from) || into.has(to)) return;
      for (const [old, other] of into) if (other === from) into.set(old, to);
      into.set(from, to);
      const owner = (ownerId: string) => ({ ownerKind: 'customer', ownerId });
      const source = { kind: 'customer-merge', id: `${from}-${to}` };
      // Its event is tried until it is done.
      for (let done = false; !done;)
        await failing(fateOf())
          .db.inShop(shop.shopId, async (scope) => {
            await joinOwners(scope, { from: owner(from), into: owner(to), source, at: now });
            await joinMembers(scope, from, to, now);
            await joinCodes(scope, from, to, { now, random: randomBytes });
          })
          .then(
            () => (done = true),
            () => (sent += 1),
          );
    }

    while (sent < calls) {
      now = new Date(now.getTime() + 3_600_000 * (2 + below(3)));
      for (const customerId of customers) {
        const dice = random();
        if (dice < 0.3) {
          const wish = { id: randomUUID(), customerId };
          wishes.push(wish);
          await some((services) =>
            redeemReward(services, shop.shopId, {
              customerId: now_(customerId),
              rewardId: 'amount-1',
              requestId: wish.id,
            }),
          );
        } else if (dice < 0.6) await place();
        else if (dice < 0.8) await change();
        else if (dice < 0.82) await merge();
      }
      const back = Array.from({ length: 2 }, () => pick(wishes)).flatMap((wish) => wish ?? []);
      const told = Array.from({ length: 1 + below(3) }, () => pick(untold)).flatMap((version) => version ?? []);
      // The store tells in any order, some of it twice, while members give back.
      await Promise.all([
        ...back.map(({ id, customerId }) =>
          some((services) => cancelReward(services, shop.shopId, { customerId: now_(customerId), redemptionId: id })),
        ),
        ...told.map((version) => some((services) => tell(services, [version]))),
      ]);
      for (const version of told) if (random() < 0.5) untold.splice(untold.indexOf(version), 1);
      const { differences } = await shop.inShop((scope) => checkLedger(scope, now));
      expect(differences).toEqual([]);
    }
    // In the end the newest of each order is heard of, and then what it was before once more.
    for (const { versions } of orders.values())
      for (const version of versions.toReversed()) await tell(made.services, [version]);

    const redemptions = await shop.inShop((scope) =>
      scope.tx.loyaltyRedemption.findMany({ where: { shopId: shop.shopId } }),
    );
    const codes = await shop.inShop((scope) =>
      codesOf(
        scope,
        redemptions.map(({ id }) => id),
      ),
    );
    const spent = new Map<string, number>();
    for (const { id, customerId, cancelledAt } of redemptions) {
      const own = codes.filter(({ sourceId }) => sourceId === id);
      const uses = own.reduce(
        (sum, { code }) =>
          sum + [...orders.values()].filter((order) => stands(order) && carries(order, code, 'now')).length,
        0,
      );
      const usable = own.filter(({ state, code }) => (state === 'open' || state === 'wanted') && !taken(code));
      const promised = own.filter(({ state }) => state === 'open' || state === 'wanted');
      // Nobody holds a code that does not work, and nobody has a code beside an order or the points.
      expect({ id, promised: promised.length }).toEqual({ id, promised: usable.length });
      const times = uses > 0 ? uses : usable.length;
      expect({ id, uses, usable: usable.length, back: cancelledAt !== null }).toEqual({
        id,
        uses,
        usable: uses > 0 ? 0 : times,
        back: times === 0,
      });
      spent.set(customerId, (spent.get(customerId) ?? 0) + times * cost);
    }
    for (const customerId of customers.filter((id) => !into.has(id))) {
      const { available } = await shop.inShop((scope) => readBalances(scope, pointsOf(customerId)));
      const had = customers.filter((id) => now_(id) === customerId).length * given;
      expect({ customerId, available }).toEqual({ customerId, available: had - (spent.get(customerId) ?? 0) });
    }
    expect(orders.size).toBeGreaterThan(2);
  },
  Math.max(60_000, calls * 200),
);
